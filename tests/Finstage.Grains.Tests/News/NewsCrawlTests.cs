using Finstage.Grains.Ports;
using Finstage.Grains.Tests.Hosts;
using Finstage.Testing;
using Microsoft.AspNetCore.Http;

namespace Finstage.Grains.Tests.News;

/// <summary>Whole crawls over HTTP, from a server on the loopback interface to the messages.</summary>
public sealed class NewsCrawlTests
{
    private const int Seed = 20_260_302;

    /// <summary>
    /// A day and a half of crawls of 57 sources, every tenth answer a fault, the process ended and begun again between: what came out while each
    /// source was known is stored once and told once.
    /// </summary>
    [Fact]
    public async Task Crawl_EveryTenthAnswerAFault_StoresEachOnceAndTellsEachOnce()
    {
        await using var server = await NewsServer.StartAsync();
        var symbols = Enumerable.Range(0, 55).Select(i => $"S{i:00}").ToArray();
        await using var test = await NewsWorld.StartAsync(server.Url, symbols);
        var feed = server.Connect(test.World.Time);
        var (random, faults, number) = (new Random(Seed), 0, 0);

        // Hourly items of each symbol, every fifth of them shared by all; the 12 newest are in the feed.
        server.Body = target => target.Contains("?s=", StringComparison.Ordinal)
            ? NewsServer.Rss(Hours(test.World.Time.GetUtcNow()).Select(h => h % 5 == 0 ? ($"All {h}", $"all-{h}", At(h)) : ($"{target[^3..]} {h}", $"{target[^3..]}-{h}", At(h))))
            : NewsServer.Rss([]);
        server.Fault = async (context, body) =>
        {
            if (Interlocked.Increment(ref number) % 10 != 0 || !context.Request.Query.ContainsKey("s"))
            {
                return false;
            }

            Interlocked.Increment(ref faults);
            await SpoilAsync(context, body, random.Next(4));
            return true;
        };

        var summaries = new List<string>();
        for (var crawl = 0; crawl < 24; crawl++)
        {
            summaries.Add(await server.AwaitAsync(test.CrawlAsync(feed), test.World.Time));
            if (crawl % 8 == 3)
            {
                await test.World.Cluster.PutAllAwayAsync();
            }

            test.World.Time.Jump(TimeSpan.FromMinutes(90));
        }

        Assert.InRange(faults, 100, 200);
        Assert.All(summaries, s => Assert.Matches(@"^\d+/57 sources answered", s));
        var titles = await test.StoredAsync();
        Assert.Equal(titles.Count, titles.Distinct().Count());
        var last = Hours(World.Start.AddMinutes(90 * 23)).Last();
        var first = Hours(World.Start).Last();
        for (var hour = first + 1; hour < last - 6; hour++)
        {
            Assert.All(symbols, s => Assert.Contains(hour % 5 == 0 ? $"All {hour}" : $"{s} {hour}", titles));
        }

        var digests = await test.DigestsAsync();
        var told = (await test.World.Store.News.ReadNewsAsync(new NewsQuery(Limit: 10_000), World.Stop)).Count(n => n.IsTold);
        Assert.Equal(told, digests.Sum(d => d.Items.Count + d.More));
        Assert.InRange(digests.Count, 20, 23);
        Assert.All(digests, d => Assert.InRange(d.Items.Count, 1, 10));
        Assert.Equal(digests.Sum(d => d.Items.Count), digests.SelectMany(d => d.Items).Select(i => i.Title).Distinct().Count());
    }

    [Fact]
    public async Task Crawl_RecordedFeeds_AreStoredWithTheirTimesOnce()
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        await using var server = await NewsServer.StartAsync();
        await using var test = await NewsWorld.StartAsync(server.Url, "AAPL", "NONE");
        server.Body = target => File.ReadAllBytes(Path.Combine(Repository.Data, "feeds", "rss", target switch
        {
            "/rss/headline?s=AAPL" => "yahoo-aapl-excerpt-2026-09-10.xml",
            "/rss/headline?s=NONE" => "yahoo-not-found.xml",
            "/rss/forex.rss" => "investing-forex-2025-09-26.xml",
            _ => "investing-forex-2025-09-26.mojibake.xml",
        }));
        test.World.Time.Jump(new DateTimeOffset(2026, 9, 11, 0, 0, 0, TimeSpan.Zero) - test.World.Time.GetUtcNow());

        var summary = await test.CrawlAsync(server.Connect(test.World.Time));

        // The wrongly decoded copy has other titles and the same addresses.
        Assert.StartsWith("3/4 sources answered, 11 new headlines, 0 of them told, 10 known; 1 items could not be read; 1 failed", summary, StringComparison.Ordinal);
        var forex = await test.World.Store.News.ReadNewsAsync(new NewsQuery(Feed: "INVESTING:FOREX"), World.Stop);
        Assert.Equal(10, forex.Count);
        Assert.All(forex, n => Assert.Equal(["INVESTING:FOREX", "INVESTING:US"], n.Feeds));
        Assert.Contains(forex, n => n.Title == "Korea’s wobbles over US trade talks awaken the won bears");
        Assert.Equal(new DateTimeOffset(2025, 9, 26, 10, 17, 15, TimeSpan.Zero), forex.Max(n => n.Published));
        Assert.Equal("AAPL", Assert.Single(await test.World.Store.News.ReadNewsAsync(new NewsQuery(Symbol: "AAPL"), World.Stop)).Symbols.Single());
    }

    private static async Task SpoilAsync(HttpContext context, byte[] body, int kind)
    {
        switch (kind)
        {
            case 0:
                context.Response.StatusCode = 429;
                await context.Response.WriteAsync("Too Many Requests");
                break;
            case 1:
                context.Response.StatusCode = 500;
                break;
            case 2:
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<!doctype html><html><body>Will be right back</body></html>");
                break;
            default:
                context.Response.ContentType = "text/xml";
                await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
                break;
        }
    }

    private static IEnumerable<long> Hours(DateTimeOffset now)
    {
        var hour = now.ToUnixTimeSeconds() / 3_600;
        return Enumerable.Range(0, 12).Select(i => hour - 11 + i);
    }

    private static DateTimeOffset At(long hour) => DateTimeOffset.FromUnixTimeSeconds(hour * 3_600);
}
