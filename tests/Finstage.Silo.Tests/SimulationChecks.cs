using Finstage.Adapters.Storage;
using Finstage.Adapters.Symbols;
using Finstage.Analysis;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Grains.Jobs;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Simulation;

namespace Finstage.Silo.Tests;

/// <summary>What must hold after a simulation, however it went.</summary>
internal static class SimulationChecks
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Every series is what the market has: whole sessions to the last that has closed, and no hole in the one that is on.</summary>
    public static async Task IsWholeAsync(
        SqlStore store, StandInMarket market, IEnumerable<string> codes, DateTimeOffset start, DateTimeOffset now, Action<string> say)
    {
        var list = SymbolList.Load(SymbolList.DefaultPath);
        var (candles, absent) = (0, 0);
        foreach (var symbol in codes.Select(code => list.Find(code)!))
        {
            var calendar = TradingCalendar.For(symbol.Exchange);
            foreach (var row in await store.ReadSeriesAsync(symbol.Code, Stop))
            {
                var stored = await store.ReadCandlesAsync(symbol.Code, row.Interval, long.MinValue, long.MaxValue, int.MaxValue, Stop);
                var closed = SessionGaps.LastClosed(calendar, now.ToUnixTimeSeconds(), JobSchedule.DefaultDelay);
                var expected = market.Closed(symbol, row.Interval, stored[0].Time, now.ToUnixTimeSeconds())
                    .Where(c => c.Time <= stored[^1].Time || SessionGaps.DateOf(calendar, row.Interval, c.Time) <= closed).ToArray();
                var (lacking, strange) = (expected.Except(stored).ToArray(), stored.Except(expected).ToArray());
                Assert.True(
                    lacking.Length == 0 && strange.Length == 0,
                    $"{symbol.Code} {row.Interval.Code()}: {lacking.Length} candles missing, the first {lacking.FirstOrDefault()}; {strange.Length} too many, the first {strange.FirstOrDefault()}");
                Assert.Equal(expected, stored);
                Assert.Equal(stored.Length, row.Candles);
                Assert.Equal("yahoo", row.Source);
                var wanted = row.Interval == CandleInterval.OneDay ? TimeSpan.FromDays(300) : TimeSpan.FromDays(50);
                Assert.True(stored[0].OpenTime <= start - wanted, $"{symbol.Code} {row.Interval.Code()} begins at {stored[0].OpenTime:u}.");
                candles += stored.Length;
                absent += (await store.History.ReadHolesAsync(symbol.Code, row.Interval, Stop)).Count(h => h.Value >= 2);
            }
        }

        say($"{candles:N0} candles are stored and exactly those that the market has; {absent} sessions are kept as absent");
    }

    /// <summary>The stored signals are those of a plain run over the stored candles.</summary>
    public static async Task SignalsFollowAsync(SqlStore store, IEnumerable<string> codes)
    {
        var list = SymbolList.Load(SymbolList.DefaultPath);
        foreach (var symbol in codes.Select(code => list.Find(code)!))
        {
            foreach (var row in await store.ReadSeriesAsync(symbol.Code, Stop))
            {
                var candles = await store.ReadCandlesAsync(symbol.Code, row.Interval, long.MinValue, long.MaxValue, int.MaxValue, Stop);
                var plain = new List<Signal>();
                new SymbolEngine(new SeriesContext(row.Interval, TradingCalendar.For(symbol.Exchange)), StrategyCatalog.All).Commit(candles, plain);
                var stored = await store.ReadSignalsAsync(new SignalQuery(symbol.Code, row.Interval, Limit: 100_000), Stop);
                Assert.Equal(plain.Count, stored.Count);
                Assert.Empty(plain.Except(stored.Select(s => s.Signal)));
            }
        }
    }

    /// <summary>No alert is in the outbox twice, and every price alert is there once.</summary>
    public static async Task NothingIsDoubledAsync(SqlStore store, Action<string> say)
    {
        const int all = 10_000_000;
        var rows = (await store.ReadNewestAsync(null, all, Stop)).Where(r => r.Alert.Kind != AlertKind.Batch).ToList();
        Assert.Equal(rows.Count, rows.Select(r => (r.Chat, r.Alert.Key)).Distinct().Count());
        var prices = await store.Prices.ReadAlertsAsync(null, all, Stop);
        var told = rows.Where(r => r.Alert.Kind == AlertKind.Price).Select(r => r.Alert.Key).Order().ToList();
        Assert.Equal(prices.Where(p => p.Alert.Priority != AlertPriority.Low).Select(p => p.Alert.Key(p.Symbol)).Order(), told);
        say($"{rows.Count} alerts, {told.Count} of them of prices; {prices.Count} price alerts in all; none twice");
    }

    /// <summary>
    /// Every article that came out while its source was in reach is stored once, and told once where it came out after its source's first
    /// answer; nothing else is there.
    /// </summary>
    public static async Task NewsAreWholeAsync(SqlStore store, IEnumerable<string> codes, DateTimeOffset start, DateTimeOffset end, Action<string> say)
    {
        const int all = 10_000_000;
        var (stored, feeds) = (await store.News.ReadNewsAsync(new NewsQuery(Limit: all), Stop), await store.News.ReadFeedsAsync(Stop));
        var byTitle = stored.ToLookup(n => n.Title);
        Assert.Equal(stored.Count, byTitle.Count);
        var (expected, possible) = (0, new HashSet<string>());
        foreach (var (source, id) in Sources(codes))
        {
            var feed = feeds.Single(f => f.Feed == id);
            foreach (var article in StandInNews.Published(source, At(start.AddHours(-30)), At(end)))
            {
                possible.Add(article.Title);
                if (article.Time < At(start.AddHours(-18)) || article.Time > At(end.AddHours(-4)))
                {
                    continue;
                }

                expected++;
                var item = Assert.Single(byTitle[article.Title]);
                Assert.Contains(id, item.Feeds);
                if (item.Feeds.Count == 1)
                {
                    Assert.Equal(article.Time >= At(feed.FirstAnswer!.Value), item.IsTold);
                }
            }
        }

        Assert.All(stored, n => Assert.Contains(n.Title, possible));
        var digests = (await store.ReadNewestAsync(null, all, Stop)).Where(r => r.Alert.Kind == AlertKind.News).ToList();
        foreach (var chat in digests.GroupBy(d => d.Chat))
        {
            var payloads = chat.Select(d => NewsPayload.Parse(d.Alert.Payload)).ToList();
            Assert.Equal(stored.Count(n => n.IsTold), payloads.Sum(p => p.Items.Count + p.More));
            var told = payloads.SelectMany(p => p.Items).Select(i => i.Title).ToList();
            Assert.Equal(told.Count, told.Distinct().Count());
        }

        Assert.NotEmpty(digests);
        Assert.All(digests, d => Assert.Equal(OutboxState.Sent, d.State));
        say($"{stored.Count} articles stored, each once; {expected} of source and article expected and there; {stored.Count(n => n.IsTold)} told in {digests.Count} digests, none twice");
    }

    private static IEnumerable<(string Source, string Id)> Sources(IEnumerable<string> codes) =>
    [
        .. codes.Select(code => (code, $"YAHOO:{code}")), ("/rss/news.rss", "INVESTING:ECONOMY"), ("/rss/news_25.rss", "INVESTING:US"),
        ("/rss/market_overview.rss", "INVESTING:MARKET"), ("/rss/commodities.rss", "INVESTING:COMMODITY"), ("/rss/forex.rss", "INVESTING:FOREX"),
    ];

    private static long At(DateTimeOffset moment) => moment.ToUnixTimeSeconds();

    /// <summary>
    /// The feed was asked no faster than it may be: half a second apart, five at once. The clock goes in steps of half a second, so a
    /// question's time is known no better than that.
    /// </summary>
    public static void RateIsKept(FeedStandIn feed, Action<string> say)
    {
        var times = feed.Questions.Select(q => q.At).Order().ToArray();
        var (second, minute) = (Most(times, 1_000), Most(times, 60_000));
        say($"at most {second} questions within a second, {minute} within a minute, {feed.MostAtOnce} at once");
        Assert.InRange(second, 1, 4);
        Assert.InRange(minute, 1, 122);
        Assert.InRange(feed.MostAtOnce, 1, 5);
    }

    private static int Most(long[] times, long span)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < times.Length; last++)
        {
            while (times[last] - times[first] >= span)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
