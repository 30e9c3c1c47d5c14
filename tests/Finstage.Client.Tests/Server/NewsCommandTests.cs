using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Finstage.Testing;

namespace Finstage.Client.Tests.Server;

/// <summary>A silo as a process of its own, whose news come from a server of the test's own.</summary>
public sealed partial class SiloWithNews : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly TcpListener feed = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private ProgramProcess? silo;
    private Task serving = Task.CompletedTask;

    public string Address { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        feed.Start();
        serving = ServeAsync();
        var url = $"http://127.0.0.1:{((IPEndPoint)feed.LocalEndpoint).Port}";
        var settings = new Dictionary<string, string>
        {
            ["FINSTAGE__Feeds__Enabled"] = "true", ["FINSTAGE__Feeds__Yahoo__BaseAddress"] = url, ["FINSTAGE__Feeds__Http__Spacing"] = "00:00:00",
            ["FINSTAGE__Silo__FirstInsights"] = "false",
            ["FINSTAGE__Silo__Symbols"] = folder.Write(
                "watched.csv", "symbol,name_ko,name_en,category,exchange,currency\nAAPL,애플,Apple,stock,NASDAQ,USD\nMSFT,마이크로소프트,Microsoft,stock,NASDAQ,USD\n"),
            ["FINSTAGE__News__Feeds__0__Url"] = url + "/rss?s={symbol}",
        };
        for (var topic = 1; topic <= 5; topic++)
        {
            settings[$"FINSTAGE__News__Feeds__{topic}__Url"] = $"{url}/rss?s=topic{topic}";
        }

        var assembly = AppContext.BaseDirectory.Replace("Finstage.Client.Tests", "Finstage.Silo", StringComparison.Ordinal) + "Finstage.Silo.dll";
        silo = ProgramProcess.Start(assembly, folder.Path, settings, "--urls", "http://127.0.0.1:0");
        Address = ServingOn().Match(await silo.SeeAsync("Serving on")).Groups[1].Value;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await Run.Of("news", "--server", Address)).Output.Contains("There are no news yet", StringComparison.Ordinal))
        {
            await Task.Delay(50, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        silo?.Dispose();
        await stop.CancelAsync();
        feed.Stop();
        await serving;
        feed.Dispose();
        stop.Dispose();
        folder.Dispose();
    }

    private async Task ServeAsync()
    {
        var answers = new List<Task>();
        try
        {
            while (!stop.IsCancellationRequested)
            {
                // A client may open a connection that it does not use, which must not hold up the others.
                answers.Add(AnswerAsync(await feed.AcceptTcpClientAsync(stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
        }

        await Task.WhenAll(answers);
    }

    // Prices it has none; a source's articles are named after it, and all sources share one.
    private async Task AnswerAsync(TcpClient connection)
    {
        using var client = connection;
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII, leaveOpen: true);
            var asked = await reader.ReadLineAsync(stop.Token) ?? string.Empty;
            while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 })
            {
            }

            var source = Source().Match(asked).Groups[1].Value;
            var body = Encoding.UTF8.GetBytes(source.Length == 0 ? "{}" : Rss(source));
            var head = string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/1.1 {(source.Length == 0 ? "404 Not Found" : "200 OK")}\r\nContent-Type: text/xml\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
            await client.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body], stop.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The silo went away, or the test ended.
        }
    }

    private static string Rss(string source) =>
        "<rss version=\"2.0\"><channel>"
        + $"<item><title>Of {source}: a &lt;b&gt;bold&lt;/b&gt; \"headline\", 삼성</title><link>https://example.com/{source}</link><pubDate>Mon, 02 Mar 2026 14:30:00 GMT</pubDate></item>"
        + "<item><title>Of everybody</title><link>https://example.com/all</link><pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate></item></channel></rss>";

    [GeneratedRegex(@"Serving on (\S+)")]
    private static partial Regex ServingOn();

    [GeneratedRegex(@"^GET /rss\?s=(\w+)")]
    private static partial Regex Source();
}

public sealed class NewsCommandTests(SiloWithNews silo) : IClassFixture<SiloWithNews>
{
    [Fact]
    public async Task News_OfASymbol_ShowsThoseOfItsSourcesNewestFirst()
    {
        var run = await NewsAsync("AAPL");

        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Contains("2026-03-02 14:30", run.Output);
        Assert.Contains("Of AAPL: a bold \"headline\", 삼성", run.Output);
        Assert.True(run.Output.IndexOf("Of AAPL", StringComparison.Ordinal) < run.Output.IndexOf("Of everybody", StringComparison.Ordinal));
        Assert.DoesNotContain("Of MSFT", run.Output);
        Assert.DoesNotContain("topic", run.Output.Replace("Of everybody", string.Empty, StringComparison.Ordinal));
    }

    [Fact]
    public async Task News_OfATopic_ShowsThoseOfThatSource()
    {
        var run = await NewsAsync("--feed", "INVESTING:FOREX");

        Assert.Contains("Of topic5", run.Output);
        Assert.DoesNotContain("Of topic4", run.Output);
    }

    [Fact]
    public async Task News_AsCsv_HasOneLineForEachWithItsQuotes()
    {
        var run = await NewsAsync("AAPL", "--csv", "--limit", "1");

        Assert.Equal("time,symbols,feeds,title,link", run.Lines[0]);
        Assert.Equal("2026-03-02T14:30:00Z,AAPL,YAHOO:AAPL,\"Of AAPL: a bold \"\"headline\"\", 삼성\",https://example.com/AAPL", Assert.Single(run.Lines[1..]));
    }

    [Fact]
    public async Task News_AsJson_NamesSymbolsAndSourcesOfWhatAllShare()
    {
        var run = await NewsAsync("--json", "--limit", "100");

        using var json = JsonDocument.Parse(run.Output);
        var shared = json.RootElement.EnumerateArray().Single(n => n.GetProperty("title").GetString() == "Of everybody");
        Assert.Equal(["AAPL", "MSFT"], shared.GetProperty("symbols").EnumerateArray().Select(s => s.GetString()).Order());
        Assert.Equal(7, shared.GetProperty("feeds").GetArrayLength());
        Assert.Equal(8, json.RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("--limit 2", 2)]
    [InlineData("--from 2026-03-02T10:00:00Z --limit 100", 7)]
    public async Task News_WithLimits_KeepsThem(string words, int count)
    {
        var run = await NewsAsync([.. words.Split(' '), "--csv"]);

        Assert.Equal(count, run.Lines.Length - 1);
    }

    [Fact]
    public async Task News_NothingMatches_SaysSoInsteadOfThatThereAreNone()
    {
        var run = await NewsAsync("AAPL", "--from", "2026-03-03");

        Assert.Equal((0, "No news match; ask for another symbol, source or time."), (run.Code, run.Output.Trim()));
    }

    [Theory]
    [InlineData(1, "AAPLE", "Did you mean AAPL")]
    [InlineData(2, "--feed INVESTING:FROEX", "Did you mean INVESTING:FOREX")]
    [InlineData(2, "--from yesterday", "from: 'yesterday' is no time")]
    [InlineData(2, "--limit 0", "limit: 0 is not from 1 to 1000")]
    public async Task News_WithAFault_SaysWhatToWrite(int code, string words, string expected)
    {
        var run = await NewsAsync(words.Split(' '));

        Assert.Equal((code, string.Empty), (run.Code, run.Output));
        Assert.Contains(expected, run.Error);
    }

    private Task<Run> NewsAsync(params string[] words) => Run.Of(["news", .. words, "--server", silo.Address]);
}
