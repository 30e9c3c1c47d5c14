using System.Globalization;
using Finstage.Adapters.Storage;
using Finstage.Adapters.Symbols;
using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using Finstage.Simulation;
using Finstage.Testing;

namespace Finstage.Silo.Tests;

/// <summary>
/// The same feeds, and a program that is killed in the middle of its work as <c>kill -9</c> does it, and started again. The long one,
/// killed in the backfill and twice in two days, runs where FINSTAGE_LONG is set, as <see cref="SimulationTests"/> does.
/// </summary>
public sealed class KilledSimulationTests(ITestOutputHelper output) : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 3, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder temp = new();

    public static bool IsLong => SimulationTests.IsLong;

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task Silo_KilledInTheBackfill_GoesOnWhereItStoodAndHasAllOfIt()
    {
        string[] codes = ["AAPL", "MSFT", "^GSPC", "ES=F", "CL=F", "^VIX", "XLF", "VOO", "LQD", "ZC=F"];
        await using var feed = await FeedStandIn.StartAsync(new StandInMarket(), faultRate: 0.1, seed: 7);
        await WithoutSamplesAsync();
        using (var first = StartSilo(feed, codes))
        {
            await UntilAsync(() => feed.Questions.Count >= 8);
            await first.KillAsync();
        }

        var before = await CountAsync();
        Assert.InRange(before, 1, codes.Length - 1);

        var again = TimeProvider.System.GetUtcNow();
        using (var second = StartSilo(feed, codes))
        {
            var address = (await second.SeeAsync("Serving on")).Split("Serving on ")[1].Split(' ')[0];
            using var http = new HttpClient { BaseAddress = new Uri(address) };
            await UntilAsync(async () => (await http.GetStringAsync(new Uri("/api/jobs", UriKind.Relative))).Contains("10/10 series up to date", StringComparison.Ordinal));
            await second.KillAsync();
        }

        output.WriteLine($"{before} of {codes.Length} series were there when it was killed, {feed.Questions.Count} questions in all");
        await using var store = await OpenAsync();
        await SimulationChecks.IsWholeAsync(store, feed.Market, codes, again, again, output.WriteLine);
        await SimulationChecks.SignalsFollowAsync(store, codes);
        Assert.All((await store.ReadSeriesAsync(null, CancellationToken.None)).Where(s => s.Source == "yahoo"), s => Assert.Equal(1, s.Version));
    }

    [Fact(Skip = SimulationTests.Long, SkipUnless = nameof(IsLong))]
    public async Task Simulation_KilledThreeTimesInTwoDays_MissesNothingAndDoublesNothing()
    {
        var codes = SymbolList.Load(SymbolList.DefaultPath).All.Select(s => s.Code).ToArray();
        await using var feed = await FeedStandIn.StartAsync(new StandInMarket(), faultRate: 0.1, seed: 11);
        var (end, away) = (Start.AddDays(2), Start);
        using (var run = StartSimulation(feed, Start, end))
        {
            await UntilAsync(() => feed.Questions.Count >= 60);
            await run.KillAsync();
            output.WriteLine($"killed in the backfill after {feed.Questions.Count} questions, {await CountAsync()} series stored");
        }

        // Each time it is away for an hour or two.
        foreach (var (from, until) in new[] { (Start.AddHours(1), Start.AddHours(15)), (Start.AddHours(18), Start.AddHours(27)) })
        {
            using var run = StartSimulation(feed, from, end, away);
            away = until;
            await run.SeeAsync($"at {until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}", TimeSpan.FromMinutes(30));
            await Task.Delay(700);
            await run.KillAsync();
            output.WriteLine(run.Output.Split('\n')[^1] + ", killed then");
            Assert.DoesNotContain(run.Output.Split('\n'), line => line.StartsWith("fault:", StringComparison.Ordinal));
        }

        using (var run = StartSimulation(feed, Start.AddHours(30), end, away))
        {
            output.WriteLine(await run.SeeAsync("done", TimeSpan.FromMinutes(30)));
            Assert.DoesNotContain(run.Output.Split('\n'), line => line.StartsWith("fault:", StringComparison.Ordinal));
        }

        await using var store = await OpenAsync();
        await SimulationChecks.IsWholeAsync(store, feed.Market, codes, Start, end, output.WriteLine);
        await SimulationChecks.SignalsFollowAsync(store, codes);
        await SimulationChecks.NothingIsDoubledAsync(store, output.WriteLine);
        await SimulationChecks.NewsAreWholeAsync(store, codes, Start, end, output.WriteLine);
        SimulationChecks.RateIsKept(feed, output.WriteLine);
        output.WriteLine($"{feed.Questions.Count} questions, {feed.Questions.Count(q => q.Fault != FaultPlan.Kind.None)} faults");
    }

    private ProgramProcess StartSimulation(FeedStandIn feed, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? away = null) => ProgramProcess.Start(
        typeof(SimulatedSilo).Assembly.Location, temp.Path, Feeds,
        [temp.File("data"), feed.Url, Iso(from), Iso(to), .. away is { } since ? (string[])[Iso(since)] : []]);

    private ProgramProcess StartSilo(FeedStandIn feed, IReadOnlyCollection<string> codes)
    {
        var list = temp.Write("watched.csv", string.Join('\n', File.ReadLines(SymbolList.DefaultPath)
            .Where((line, i) => i == 0 || codes.Contains(line.Split(',')[0]))) + "\n");
        var settings = new Dictionary<string, string>(Feeds)
        {
            ["FINSTAGE__Silo__Symbols"] = list, ["FINSTAGE__Feeds__Yahoo__BaseAddress"] = feed.Url, ["FINSTAGE__History__Intraday__0"] = "none",
            ["FINSTAGE__Feeds__Http__Spacing"] = "00:00:00.05", ["FINSTAGE__Feeds__Http__Timeout"] = "00:00:02",
            ["FINSTAGE__Feeds__Http__DefaultPause"] = "00:00:00.2", ["FINSTAGE__Feeds__Http__RetryDelay"] = "00:00:00.1",
        };
        return ProgramProcess.Start(
            typeof(SiloApp).Assembly.Location, temp.Path, settings, "--data", temp.File("data"), "--urls", "http://127.0.0.1:0");
    }

    private static Dictionary<string, string> Feeds => new() { ["FINSTAGE__Feeds__Enabled"] = "true" };

    // A store with something of one's own in it gets no samples.
    private async Task WithoutSamplesAsync()
    {
        Directory.CreateDirectory(temp.File("data"));
        await using var store = await OpenAsync();
        await store.CommitAsync(
            new SeriesCommit("OWN", CandleInterval.OneDay, "csv", 1, 0, "none", [new Candle(0, 1, 1, 1, 1, 1)], [], [], [], Audience.EveryChat, Start),
            CancellationToken.None);
    }

    private async Task<int> CountAsync()
    {
        await using var store = await OpenAsync();
        return (await store.ReadSeriesAsync(null, CancellationToken.None)).Count(s => s.Source == "yahoo");
    }

    private Task<SqlStore> OpenAsync() => SqlStore.OpenAsync(temp.File("data/finstage.db"), TimeProvider.System);

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await holds())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
