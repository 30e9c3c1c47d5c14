using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Reports;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Insights;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Interfaces.Reports;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Grains.Reports;
using Finstage.Grains.Tests.Hosts;
using Finstage.Grains.Tests.Jobs;

namespace Finstage.Grains.Tests.Reports;

/// <summary>The tests begin on a Tuesday at 00:00 in Seoul: the newest report due is Monday's.</summary>
public sealed class ReportGrainTests
{
    private static readonly Chat Korean = new("1", "ko", true);
    private static readonly Chat English = new("2", "en", true);

    [Fact]
    public async Task Send_TwoChats_GoesToEachInItsLanguageAndInOrder()
    {
        await using var world = await World.StartAsync([Korean, English]);

        var sent = await Report(world).SendAsync(fullGlossary: false);

        Assert.Equal(("2026-03-02", true, 2), (sent.Day, sent.IsNew, sent.Chats));
        await world.AdvanceUntilAsync(() => world.Messenger.Messages.Count == sent.Messages, TimeSpan.FromSeconds(1));
        foreach (var (chat, start, end) in (IEnumerable<(string, string, string)>)[("1", "🌅 <b>일일", "⏰ 다음 업데이트: 오늘 오전 8시"), ("2", "🌅 <b>Daily", "⏰ Next update: today")])
        {
            var texts = world.Messenger.Messages.Where(m => m.Chat == chat).Select(m => m.Text).ToList();
            Assert.StartsWith(start, texts[0], StringComparison.Ordinal);
            Assert.Contains(end, texts[^1], StringComparison.Ordinal);
            Assert.All(texts, text => Assert.Matches(@"\n#\d+$", text));
        }
    }

    [Fact]
    public async Task Send_TheSameDayAgainAndAfterARestart_WritesOnce()
    {
        await using var world = await World.StartAsync([Korean]);
        var first = await Report(world).SendAsync(fullGlossary: false);

        var again = await Task.WhenAll(Report(world).SendAsync(false), Report(world).SendAsync(true));
        await world.Cluster.PutAllAwayAsync();
        var later = await Report(world).SendAsync(fullGlossary: false);

        Assert.All([.. again, later], s => Assert.Equal(("2026-03-02", false, 0), (s.Day, s.IsNew, s.Messages)));
        Assert.Equal(first.Messages, (await world.Store.ReadNewestAsync(null, 100, World.Stop)).Count);
    }

    [Fact]
    public async Task Send_ManyMessages_NoneIsHeldBackByTheCap()
    {
        await using var world = await World.StartAsync([Korean]);
        await WriteAsync(world, [.. Enumerable.Range(0, 9).Select(i => new string((char)('a' + i), 50))]);

        await world.Grains.Get<INotifierGrain>("1").WakeAsync(0);
        await world.AdvanceUntilAsync(() => world.Messenger.Messages.Count == 9, TimeSpan.FromSeconds(1));

        Assert.Equal("abcdefghi", string.Concat(world.Messenger.Messages.Select(m => m.Text[0])));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public async Task Send_OneMessageMustWait_TheOthersStayBehindIt(int seconds)
    {
        await using var world = await World.StartAsync([Korean]);
        var refusals = 0;
        world.Messenger.Answer = message => message.Text[0] == 'b' && refusals++ < 2
            ? new SendResult(SendOutcome.RetryLater, RetryAfter: TimeSpan.FromSeconds(seconds), Error: "too many")
            : new SendResult(SendOutcome.Sent, 1);
        await WriteAsync(world, "aaaa", "bbbb", "cccc");

        await world.Grains.Get<INotifierGrain>("1").WakeAsync(0);
        await world.AdvanceUntilAsync(() => world.Messenger.Messages.Count == 5, TimeSpan.FromSeconds(1));

        Assert.Equal("abbbc", string.Concat(world.Messenger.Messages.Select(m => m.Text[0])));
    }

    [Fact]
    public async Task Preview_Anything_StoresAndSendsNothing()
    {
        await using var world = await World.StartAsync([Korean]);

        var view = await Report(world).PreviewAsync("en", fullGlossary: false);

        Assert.Equal(("2026-03-02", false), (view.Day, view.IsSent));
        Assert.StartsWith("🌅 <b>Daily quant report", view.Messages[0], StringComparison.Ordinal);
        Assert.Empty(await world.Store.ReadNewestAsync(null, 10, World.Stop));
        Assert.Null(await world.Store.Reports.FindAsync("daily", new DateOnly(2026, 3, 2), World.Stop));
        await Report(world).SendAsync(fullGlossary: false);
        Assert.True((await Report(world).PreviewAsync("ko", false)).IsSent);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Report(world).PreviewAsync("fr", false));
    }

    [Fact]
    public async Task Preview_OfEachDay_HasTheGlossaryOnMondaysAndOnRequest()
    {
        await using var world = await World.StartAsync();

        // Monday's report, then Tuesday's from 08:00 on.
        Assert.Equal(8, await WordsAsync(world, onRequest: false));
        world.Time.Jump(TimeSpan.FromHours(8));
        Assert.Equal(0, await WordsAsync(world, onRequest: false));
        Assert.Equal(8, await WordsAsync(world, onRequest: true));
        Assert.Contains("샤프비율", Assert.Single(await Report(world).GlossaryAsync("ko")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_StoredSeries_TellsOfItsLastSession()
    {
        await using var world = await World.StartAsync();
        await world.Grains.Get<IMarketGrain>(IMarketGrain.Main).PutAsync(new SymbolInfo("^IXIC", "나스닥 지수", "Nasdaq", SymbolCategory.Index, "NASDAQ", string.Empty, true));
        var candles = TestSeries.Walk(3, 300, CandleInterval.OneDay);
        await world.Grains.Get<ISymbolGrain>("^IXIC").ApplyAsync(TestSeries.Batch(candles, symbol: "^IXIC", interval: CandleInterval.OneDay));

        var view = await Report(world).PreviewAsync("ko", fullGlossary: false);

        var close = view.Lines.Single(l => l.Key == "index.close");
        Assert.Contains(AlertFormatter.Price(candles[^1].Close, string.Empty), close.Text, StringComparison.Ordinal);
        Assert.Equal([$"candles|^IXIC|1d|{candles[^1].Time}"], close.Sources);
        Assert.Contains(view.Lines, l => l.Text == "┌─ 나스닥 지수 (^IXIC)");
    }

    [Fact]
    public async Task Preview_StoredBacktest_IsToldWithItsRows()
    {
        await using var world = await World.StartAsync();
        await world.Grains.Get<IMarketGrain>(IMarketGrain.Main).PutAsync(new SymbolInfo("^IXIC", "나스닥 지수", "Nasdaq", SymbolCategory.Index, "NASDAQ", string.Empty, true));
        await world.Grains.Get<ISymbolGrain>("^IXIC").ApplyAsync(TestSeries.Batch(TestSeries.Walk(3, 900, CandleInterval.OneDay), symbol: "^IXIC", interval: CandleInterval.OneDay));
        await new BacktestJob(world.Store, world.Store.Backtests, world.Time).RunAsync(world.Grains, World.Stop);

        var view = await Report(world).PreviewAsync("en", fullGlossary: false);

        // Each figure is that of the stored row that the line names.
        var rows = (await world.Store.Backtests.ReadRowsAsync(new BacktestQuery(CandleInterval.OneDay, Horizon: Horizon.OneDay), World.Stop))
            .ToDictionary(r => $"backtest_stats|1d|{r.Row.Symbol ?? "*"}|{r.Row.Strategy ?? "*"}|1d", r => r.Row.Figures);
        foreach (var key in (string[])["index.best", "index.rate", "index.accuracy", "summary.accuracy"])
        {
            var line = view.Lines.Single(l => l.Key == key);
            var row = rows[line.Sources.Single()];
            Assert.Equal(row.Total, line.Samples);
            Assert.Contains($"n={row.Total}", line.Text.Replace(",", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.True(key == "index.best" || line.Text.Contains((100 * row.SuccessRate).ToString("F1", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), line.Text);
        }
    }

    [Theory]
    [InlineData(8, true, "S&amp;P 500")]
    [InlineData(7, true, "VIX")]
    [InlineData(8, false, "no current close")]
    public async Task Preview_VixThatHasDriedUp_TellsNoRisk(int days, bool hasIndex, string expected)
    {
        await using var world = await World.StartAsync();
        var candles = TestSeries.Walk(3, 60, CandleInterval.OneDay);
        await StoreAsync("^VIX", SymbolCategory.Volatility, candles[..^days]);
        await StoreAsync("AAPL", SymbolCategory.Stock, candles);
        if (hasIndex)
        {
            await StoreAsync("^GSPC", SymbolCategory.Index, candles);
        }

        var view = await Report(world).PreviewAsync("en", fullGlossary: false);

        Assert.Contains(expected, view.Lines.Single(l => l.Key.StartsWith("summary.risk", StringComparison.Ordinal)).Text, StringComparison.Ordinal);

        async Task StoreAsync(string symbol, SymbolCategory category, Candle[] own)
        {
            await world.Grains.Get<IMarketGrain>(IMarketGrain.Main).PutAsync(new SymbolInfo(symbol, symbol, symbol, category, string.Empty, string.Empty, true));
            await world.Grains.Get<ISymbolGrain>(symbol).ApplyAsync(TestSeries.Batch(own, symbol: symbol, interval: CandleInterval.OneDay));
        }
    }

    [Fact]
    public async Task Preview_AlertsOfYesterday_SayWhatBecameOfThem()
    {
        await using var world = await World.StartAsync([Korean]);
        var candles = TestSeries.EndingWith(AlertPriority.High);
        await world.Aapl().ApplyAsync(TestSeries.Batch(candles[..^1]));
        await world.Aapl().ApplyAsync(TestSeries.Batch(candles[^1..], BatchOrigin.Live));
        foreach (var row in await world.Store.ReadNewestAsync("1", 10, World.Stop))
        {
            await world.Store.MarkSentAsync(row.Id, 1, World.Start, World.Stop);
        }

        // The next two hours close; it is Wednesday morning in Seoul, and the alerts were Tuesday's.
        var last = candles[^1];
        Candle[] next = [.. ((double[])[1.02, 1.03]).Select((rise, i) => last with { Time = last.Time + (3_600 * (i + 1)), High = 2 * last.Close, Low = 0.5 * last.Close, Close = rise * last.Close })];
        await world.Aapl().ApplyAsync(TestSeries.Batch(next));
        world.Time.Jump(TimeSpan.FromHours(33));
        var before = await Report(world).PreviewAsync("en", fullGlossary: false);
        await new OutcomeJob(world.Store, world.Store.Outcomes, world.Time).RunAsync(world.Grains, World.Stop);
        var view = await Report(world).PreviewAsync("en", fullGlossary: false);

        Assert.Contains(before.Lines, l => l.Key == "told.waiting");
        var told = view.Lines.Where(l => l.Key == "told.line").ToList();
        Assert.NotEmpty(told);
        foreach (var line in told)
        {
            var id = long.Parse(line.Sources[0].Split('|')[1], System.Globalization.CultureInfo.InvariantCulture);
            var stored = (await world.Store.Outcomes.ReadAsync([id], World.Stop)).Single(o => line.Sources[0] == $"outcomes|{id}|{o.Horizon.Code()}");
            Assert.Equal((Horizon.OneHour, next[0].Close), (stored.Horizon, stored.Outcome!.ExitClose));
            Assert.Equal((int)stored.Signal.Direction * 0.02, stored.Outcome.Return, 1e-9);
            Assert.Contains(stored.Outcome.Return > 0 ? "+2.00% after 1 hour" : "-2.00% after 1 hour", line.Text.Replace('−', '-'), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Job_EveryMorningAndAfterDowntime_SendsOnceForADay()
    {
        FakeWork[] before = [.. ((string[])["outcomes", "backtests", "patterns", "clusters"]).Select(name => new FakeWork(name, JobScheduleOf(7)) { EndsAtOnce = true })];
        World? world = null;
        await using var started = world = await World.StartAsync([Korean], [.. before, new LateJob(() => world!.Time)]);
        var job = world.Grains.Get<IJobGrain>(ReportJob.JobName);
        await job.StartAsync();

        world.Time.Jump(TimeSpan.FromHours(8));
        await world.Cluster.BeatAsync<IJobGrain>(ReportJob.JobName, "heartbeat").OrHangAsync();
        await SettleAsync(world, 1);
        Assert.NotNull(await world.Store.Reports.FindAsync("daily", new DateOnly(2026, 3, 3), World.Stop));

        // Three days without beats: one report is made up, that of the newest due day.
        world.Time.Jump(TimeSpan.FromDays(3));
        await world.Cluster.BeatAsync<IJobGrain>(ReportJob.JobName, "heartbeat").OrHangAsync();
        await SettleAsync(world, 2);
        await world.Cluster.BeatAsync<IJobGrain>(ReportJob.JobName, "heartbeat").OrHangAsync();
        await SettleAsync(world, 2);
        Assert.NotNull(await world.Store.Reports.FindAsync("daily", new DateOnly(2026, 3, 6), World.Stop));
        Assert.Null(await world.Store.Reports.FindAsync("daily", new DateOnly(2026, 3, 5), World.Stop));
        Assert.Equal(2, (await job.DescribeAsync()).Count);
    }

    private static Grains.Jobs.JobSchedule JobScheduleOf(int hour) => Grains.Jobs.JobSchedule.Daily(new TimeOnly(hour, 0), ReportCalendar.Zone);

    private static async Task SettleAsync(World world, long runs)
    {
        var job = world.Grains.Get<IJobGrain>(ReportJob.JobName);
        await Waiting.UntilAsync(async () => (await job.DescribeAsync()) is { RunId: null } view && view.Count >= runs);
        Assert.Null((await job.DescribeAsync()).LastError);
    }

    private static IReportGrain Report(World world) => world.Grains.Get<IReportGrain>(IReportGrain.Daily);

    private static async Task<int> WordsAsync(World world, bool onRequest) =>
        (await Report(world).PreviewAsync("ko", onRequest)).Lines.Count(l => l.Section == "glossary" && l.Key is not ("glossary.heading" or "glossary.short"));

    private static Task<ReportWritten> WriteAsync(World world, params string[] pages) => world.Store.Reports.WriteAsync(
        new ReportMessages("daily", new DateOnly(2026, 3, 2), World.Start, new Dictionary<string, IReadOnlyList<string>> { ["ko"] = pages }), World.Stop);

    /// <summary>The report's job on the world's clock, which exists only once the world does.</summary>
    private sealed class LateJob(Func<TimeProvider> clock) : Grains.Jobs.IJobWork
    {
        public string Name => ReportJob.JobName;

        public Grains.Jobs.JobSchedule Schedule { get; } = new ReportJob(new ReportOptions(), TimeProvider.System).Schedule;

        public Task<string> RunAsync(Hosting.IGrains grains, CancellationToken cancellation) =>
            new ReportJob(new ReportOptions(), clock()).RunAsync(grains, cancellation);
    }
}
