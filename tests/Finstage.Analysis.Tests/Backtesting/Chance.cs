using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>Series of pure chance, and signals on them that know nothing, or a little.</summary>
internal static class Chance
{
    /// <summary>Daily volatility of the series.</summary>
    public const double Deviation = 0.01;

    public static readonly SeriesContext Daily = new(CandleInterval.OneDay, TradingCalendar.Nyse);

    /// <summary>A series without drift, and BUY signals of one strategy on random candles.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="count">Candles.</param>
    /// <param name="signals">Signals.</param>
    /// <param name="edge">What the candle after a signal brings on average, in daily deviations.</param>
    public static (SeriesHistory Series, Signal[] Signals) Series(int seed, int count, int signals, double edge = 0)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, count - 1).ToArray();
        random.Shuffle(rows);
        rows = [.. rows.Take(signals).Order()];
        var follows = rows.Select(r => r + 1).ToHashSet();
        var candles = new Candle[count];
        var close = 100.0;
        for (var i = 0; i < count; i++)
        {
            var r = Deviation * (Normal(random) + (follows.Contains(i) ? edge : 0));
            var open = close;
            close = open * (1 + r);
            candles[i] = new Candle(i * 86_400L, open, Math.Max(open, close), Math.Min(open, close), close, 1);
        }

        return (
            new SeriesHistory("NOISE", Daily, candles),
            [.. rows.Select(r => new Signal("X", candles[r].Time, Direction.Buy, 50, candles[r].Close, "x", default))]);
    }

    /// <summary>The 1d row of such a series with what luck says of it.</summary>
    public static (OutcomeStatistics Figures, LuckFigures Luck) Test(int seed, double edge)
    {
        var (series, signals) = Series(seed, 1_200, 200, edge);
        var set = OutcomeSet.Of([series], [signals], ["X"], new BacktestOptions { Horizons = [Horizon.OneDay], Parallelism = 1 });
        var table = BacktestTable.Of(set, 1);
        var luck = LuckTable.Of(table, new LuckOptions { Seed = seed, Resamples = 400, Draws = 1_000, Parallelism = 1 });
        return (table.Find("NOISE", "X", Horizon.OneDay)!.Figures, luck.Find("NOISE", "X", Horizon.OneDay));
    }

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
