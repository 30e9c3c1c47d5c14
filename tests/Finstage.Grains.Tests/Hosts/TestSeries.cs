using Finstage.Analysis;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Tests.Hosts;

/// <summary>Seeded random candles, and what a plain engine says of them.</summary>
internal static class TestSeries
{
    public const string Symbol = "AAPL";

    /// <summary>Candles whose last one closes at <see cref="World.Start"/>, or at its day's midnight.</summary>
    public static Candle[] Walk(int seed, int count, CandleInterval interval = CandleInterval.OneHour)
    {
        var random = new Random(seed);
        var seconds = interval.Seconds();
        var end = World.Start.ToUnixTimeSeconds() / seconds * seconds;
        var candles = new Candle[count];
        var close = 100.0;
        for (var i = 0; i < count; i++)
        {
            var open = close * (1 + (0.004 * (random.NextDouble() - 0.5)));
            close = open * (1 + (0.04 * (random.NextDouble() - 0.495)));
            var high = Math.Max(open, close) * (1 + (0.01 * random.NextDouble()));
            var low = Math.Min(open, close) * (1 - (0.01 * random.NextDouble()));
            var volume = Math.Round(1_000 * (1 + (random.NextDouble() < 0.06 ? 4 * random.NextDouble() : random.NextDouble())));
            candles[i] = new Candle(end - ((count - i) * seconds), open, high, low, close, volume);
        }

        return candles;
    }

    /// <summary>What one engine that sees the candles once, in order, says.</summary>
    public static Signal[] Signals(Candle[] candles, CandleInterval interval = CandleInterval.OneHour)
    {
        var signals = new List<Signal>();
        new SymbolEngine(new SeriesContext(interval, TradingCalendar.Utc), StrategyCatalog.All).Commit(candles, signals);
        return Sorted(signals);
    }

    /// <summary>The last candle on which a signal of the priority fires, and nothing more urgent.</summary>
    public static int LastWith(Candle[] candles, AlertPriority priority)
    {
        var highest = Signals(candles).GroupBy(s => s.Time).Where(g => g.Max(s => s.Priority) == priority).Max(g => g.Key);
        return Array.FindIndex(candles, c => c.Time == highest);
    }

    /// <summary>A walk that ends with a candle on which a signal of the priority fires, and nothing more urgent.</summary>
    public static Candle[] EndingWith(AlertPriority priority, int seed = 1)
    {
        var candles = Walk(seed, 700)[..];
        var last = LastWith(candles, priority);
        Assert.True(last > 300, "The walk has too few signals: take another seed.");

        // Moved so that the last candle closes at the start again.
        var late = (candles.Length - 1 - last) * CandleInterval.OneHour.Seconds();
        return [.. candles.Take(last + 1).Select(c => c with { Time = c.Time + late })];
    }

    public static Signal[] Sorted(IEnumerable<Signal> signals) =>
        [.. signals.OrderBy(s => s.Time).ThenBy(s => s.Strategy, StringComparer.Ordinal).ThenBy(s => s.Direction)];

    public static CandleBatch Batch(
        Candle[] candles, BatchOrigin origin = BatchOrigin.Backfill, string source = "csv", CandleInterval interval = CandleInterval.OneHour,
        long? asOf = null, Audience audience = Audience.EveryChat, bool replace = false, string symbol = Symbol) =>
        CandleBatch.Of(symbol, interval, source, origin, asOf ?? World.Start.ToUnixTimeSeconds(), candles, audience, replace);

    public static ISymbolGrain Aapl(this World world) => world.Grains.Get<ISymbolGrain>(Symbol);

    public static Task<Candle[]> CandlesAsync(this World world, CandleInterval interval = CandleInterval.OneHour, string symbol = Symbol) =>
        world.Store.ReadCandlesAsync(symbol, interval, long.MinValue, long.MaxValue, int.MaxValue, World.Stop);

    /// <summary>The stored signals that follow from the series.</summary>
    public static async Task<Signal[]> SignalsAsync(this World world, CandleInterval interval = CandleInterval.OneHour, string symbol = Symbol) =>
        Sorted((await world.RowsAsync(interval, symbol)).Where(r => r.SupersededAt is null).Select(r => r.Signal));

    /// <summary>Every stored signal, superseded or not.</summary>
    public static Task<IReadOnlyList<SignalRow>> RowsAsync(
        this World world, CandleInterval interval = CandleInterval.OneHour, string symbol = Symbol) =>
        world.Store.ReadSignalsAsync(new SignalQuery(symbol, interval, Limit: 100_000, IncludeSuperseded: true), World.Stop);

    /// <summary>Every row of the outbox that tells of a signal, in the order they were written.</summary>
    public static async Task<OutboxRow[]> OutboxAsync(this World world) =>
        [.. (await world.Store.ReadNewestAsync(null, 100_000, World.Stop)).Reverse().Where(r => r.Alert.Kind == AlertKind.Signal)];

    /// <summary>The stored series is these candles with the signals of a plain run, and nothing else.</summary>
    public static async Task AssertIsPlainRunOfAsync(
        this World world, Candle[] candles, CandleInterval interval = CandleInterval.OneHour, string symbol = Symbol)
    {
        Assert.Equal(candles, await world.CandlesAsync(interval, symbol));
        Assert.Equal(Signals(candles, interval), await world.SignalsAsync(interval, symbol));
        var row = Assert.Single(await world.Store.ReadSeriesAsync(symbol, World.Stop), s => s.Interval == interval);
        Assert.Equal((candles.Length, candles[0].Time, candles[^1].Time), (row.Candles, row.FirstTime, row.LastTime));
    }
}
