using Finstage.Adapters.Storage;
using Finstage.Adapters.Symbols;
using Finstage.Analysis;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Grains.Jobs;
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
