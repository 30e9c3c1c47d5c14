using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Finstage.Adapters.Prices;
using Finstage.Adapters.Storage;
using Finstage.Adapters.Symbols;
using Finstage.Analysis;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Grains.Prices;
using Finstage.Simulation;
using Finstage.Testing;

namespace Finstage.Silo.Tests;

/// <summary>
/// The program against feeds of which every tenth answer is a fault: the backfill, then days under a clock that is moved by hand. The
/// small one is part of every run; the whole one, 55 symbols and ten years, runs where FINSTAGE_LONG is set:
/// <c>FINSTAGE_LONG=1 dotnet test tests/Finstage.Silo.Tests --filter FullyQualifiedName~SimulationTests --logger "console;verbosity=detailed"</c>.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output) : IDisposable
{
    internal const string Long = "The long simulation takes minutes: set FINSTAGE_LONG=1 to run it.";

    // A Tuesday: at midnight in UTC the futures trade, at 14:30 New York opens, at 21:00 it closes.
    private static readonly DateTimeOffset Tuesday = new(2026, 3, 3, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder temp = new();

    public static bool IsLong => Environment.GetEnvironmentVariable("FINSTAGE_LONG") is "1";

    public void Dispose() => temp.Dispose();

    [Fact]
    public Task Simulation_SixExchangesForASession_MissesNothingAndDoublesNothing() => RunAsync(
        ["AAPL", "^GSPC", "ES=F", "ZC=F", "DX-Y.NYB", "^VIX"], Tuesday.AddHours(14), TimeSpan.FromHours(7.75), ("History:Years", "1"),
        ("History:Intraday:0", "1h"));

    [Fact]
    public async Task Simulation_WithoutANetworkAtFirst_ServesAndCatchesUpByItself()
    {
        await using var feed = await FeedStandIn.StartAsync(new StandInMarket(), faultRate: 0, seed: 5);
        feed.IsOut = true;
        var start = Tuesday.AddHours(15);
        await using var silo = await SimulatedSilo.StartAsync(
            temp.File("data"), feed.Url, start, ("Silo:Symbols", WriteSymbols(["AAPL", "ES=F"])), ("History:Years", "1"), ("History:Intraday:0", "none"));
        using var http = new HttpClient { BaseAddress = silo.Address };
        await silo.AdvanceToAsync(start.AddMinutes(40));
        var health = await http.GetFromJsonAsync<JsonElement>("/health");
        Assert.Equal(("degraded", "failing"), (health.GetProperty("status").GetString(), health.GetProperty("feeds").GetProperty("status").GetString()));
        Assert.True((await http.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode);
        Assert.Equal("sample", Assert.Single(await silo.Store.ReadSeriesAsync("AAPL", CancellationToken.None)).Source);

        feed.IsOut = false;
        await silo.AdvanceToAsync(start.AddMinutes(65));

        // The next crawl is due at 16:30, and the next look at the highs at 19:00; what failed is tried again sooner.
        health = await http.GetFromJsonAsync<JsonElement>("/health");
        Assert.Equal("ok", health.GetProperty("feeds").GetProperty("status").GetString());
        Assert.Equal(("ok", "ok"), (health.GetProperty("status").GetString(), health.GetProperty("news").GetProperty("status").GetString()));
        await SimulationChecks.IsWholeAsync(silo.Store, feed.Market, ["AAPL", "ES=F"], start, silo.Time.GetUtcNow(), Say);
    }

    [Fact(Skip = Long, SkipUnless = nameof(IsLong))]
    public Task Simulation_WholeWatchlistForTwoDays_MissesNothingAndDoublesNothing() =>
        RunAsync([.. SymbolList.Load(SymbolList.DefaultPath).All.Select(s => s.Code)], Tuesday, TimeSpan.FromDays(2));

    private async Task RunAsync(string[] codes, DateTimeOffset start, TimeSpan length, params (string, string)[] settings)
    {
        var market = Market();
        await using var feed = await FeedStandIn.StartAsync(market, faultRate: 0.1, seed: 5);
        var list = WriteSymbols(codes);
        Say($"memory at the start {Memory()}");
        await using var silo = await SimulatedSilo.StartAsync(temp.File("data"), feed.Url, start, [("Silo:Symbols", list), .. settings]);
        await silo.AdvanceUntilEndedAsync(HistoryJob.JobName);
        var series = await silo.Store.ReadSeriesAsync(null, CancellationToken.None);
        Say($"backfill: {series.Where(s => s.Interval == CandleInterval.OneDay).Sum(s => s.Candles):N0} daily candles of {series.Sum(s => s.Candles):N0} in "
            + $"{series.Count} series, {feed.Questions.Count} questions, {(silo.Time.GetUtcNow() - start).TotalMinutes:0.0} simulated minutes, memory {Memory()}");
        Say(silo.Runs.First(r => r.Job == HistoryJob.JobName).Summary ?? "failed");

        await silo.AdvanceToAsync(start + length);

        Say($"{length.TotalHours:0.#} hours: {feed.Questions.Count} questions, {feed.Questions.Count(q => q.Fault != FaultPlan.Kind.None)} faults, at most {feed.MostAtOnce} at once, memory {Memory()}");
        foreach (var run in silo.Runs.Where(r => r.Milliseconds > 200_000))
        {
            Say($"long: {run.Job} begun {run.BegunAt:u} took {run.Milliseconds / 1000} s: {run.Summary} {run.Error}");
        }

        foreach (var job in silo.Runs.GroupBy(r => r.Job).OrderBy(g => g.Key))
        {
            Say($"  {job.Key,-9} {job.Count(),5} runs, {job.Count(r => r.Error is not null)} failed, longest {job.Max(r => r.Milliseconds) / 1000.0:0.0} simulated s");
        }

        await SimulationChecks.IsWholeAsync(silo.Store, market, codes, start, silo.Time.GetUtcNow(), Say);
        await SimulationChecks.SignalsFollowAsync(silo.Store, codes);
        await SimulationChecks.NothingIsDoubledAsync(silo.Store, Say);
        SimulationChecks.RateIsKept(feed, Say);
        await SimulationChecks.NewsAreWholeAsync(silo.Store, codes, start, silo.Time.GetUtcNow(), Say);
        await SplitWasFollowedAsync(silo);
        RunsWereOnTime(silo, start + length);
    }

    // Four new Apples for an old one from Tuesday on, known five minutes before the session.
    private static StandInMarket Market()
    {
        var market = new StandInMarket();
        market.Splits["AAPL"] = new StandInMarket.Split(new DateOnly(2026, 3, 3), 4, Tuesday.AddHours(14).AddMinutes(25).ToUnixTimeSeconds());
        return market;
    }

    private static async Task SplitWasFollowedAsync(SimulatedSilo silo)
    {
        foreach (var row in await silo.Store.ReadSeriesAsync("AAPL", CancellationToken.None))
        {
            Assert.True(row.Version > 1, $"AAPL {row.Interval.Code()} still has version {row.Version}.");
        }

        // A split is no crash.
        var alerts = await silo.Store.Prices.ReadAlertsAsync("AAPL", 100, CancellationToken.None);
        Assert.DoesNotContain(alerts, a => Math.Abs(a.Alert.Change ?? 0) > 30);
    }

    private void RunsWereOnTime(SimulatedSilo silo, DateTimeOffset end)
    {
        Assert.Empty(JobsOnTime.Faults(silo, awaySince: null, end));
        Say($"every job ran when it should: {string.Join(", ", JobsOnTime.Due(silo, end).Select(d => $"{d.Key} {d.Value}"))}; none twice");
    }

    private string WriteSymbols(IReadOnlyCollection<string> codes) => temp.Write("watched.csv", string.Join('\n', File.ReadLines(SymbolList.DefaultPath)
        .Where((line, i) => i == 0 || codes.Contains(line.Split(',')[0]))) + "\n");

    private static string Memory()
    {
        GC.Collect();
        return $"{GC.GetTotalMemory(forceFullCollection: true) / 1048576.0:0} MB held, {Environment.WorkingSet / 1048576.0:0} MB of the process";
    }

    private void Say(string line) => output.WriteLine(line);
}
