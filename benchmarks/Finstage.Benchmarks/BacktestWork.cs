using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Strategies;

namespace Finstage.Benchmarks;

/// <summary>All windows as symbols of their own, on every processor: all strategies, all horizons, every group's figures.</summary>
internal sealed class BacktestWork(Candle[][] windows)
{
    private readonly SeriesHistory[] series =
        [.. windows.Select((candles, i) => new SeriesHistory($"W{i}", new SeriesContext(CandleInterval.OneDay, TradingCalendar.Nyse), candles))];

    private BacktestTable? table;

    /// <summary>Candles to signals and outcomes.</summary>
    public double Outcomes() => OutcomeSet.Replay(series, StrategyCatalog.All).Series.Sum(s => s.Rows.Length);

    /// <summary>Candles to the table, each figure of which is read.</summary>
    public double Table() => BacktestTable.Of(OutcomeSet.Replay(series, StrategyCatalog.All)).Rows.Sum(r => r.Figures.Average);

    /// <summary>What luck says of every group: the bootstrap and the random entries.</summary>
    public double Luck()
    {
        table ??= BacktestTable.Of(OutcomeSet.Replay(series, StrategyCatalog.All));
        return LuckTable.Of(table).Find(null, null, Horizon.OneDay).RandomEntryP;
    }
}
