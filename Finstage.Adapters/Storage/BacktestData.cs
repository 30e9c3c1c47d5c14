using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>A row of <c>backtest_stats</c> as its columns have it; what cannot be told is NULL there and NaN in memory.</summary>
internal sealed class BacktestData
{
    public string Symbol { get; init; } = string.Empty;

    public string Strategy { get; init; } = string.Empty;

    public long Horizon { get; init; }

    public long Direction { get; init; }

    public long Total { get; init; }

    public long Successes { get; init; }

    public long Trades { get; init; }

    public double? Average { get; init; }

    public double? Median { get; init; }

    public double? Best { get; init; }

    public double? Worst { get; init; }

    public double? StandardDeviation { get; init; }

    public double? ProfitFactor { get; init; }

    public double? Expectancy { get; init; }

    public double? Sharpe { get; init; }

    public double? Sortino { get; init; }

    public double? AverageAdverse { get; init; }

    public double? AverageFavourable { get; init; }

    public double? MaxAdverse { get; init; }

    public double? MaxFavourable { get; init; }

    public double? Drift { get; init; }

    public double? MaxDrawdown { get; init; }

    public double? TradeSharpe { get; init; }

    public double? TradeSkewness { get; init; }

    public double? TradeKurtosis { get; init; }

    public double? AverageLow { get; init; }

    public double? AverageHigh { get; init; }

    public double? RateLow { get; init; }

    public double? RateHigh { get; init; }

    public double? SharpeLow { get; init; }

    public double? SharpeHigh { get; init; }

    public double? FactorLow { get; init; }

    public double? FactorHigh { get; init; }

    public double? RandomP { get; init; }

    public double? DeflatedSharpe { get; init; }

    public LeaderboardRow ToRow(CandleInterval interval) => new(
        new BacktestRow(NameOf(Symbol), NameOf(Strategy), interval, (Horizon)Horizon, Direction == 0 ? null : (Direction)Direction, ToFigures()),
        new LuckFigures(
            Of(AverageLow, AverageHigh), Of(RateLow, RateHigh), Of(SharpeLow, SharpeHigh), Of(FactorLow, FactorHigh), Known(RandomP)),
        Known(DeflatedSharpe));

    private OutcomeStatistics ToFigures() => new()
    {
        Total = (int)Total,
        Successes = (int)Successes,
        Trades = (int)Trades,
        Average = Known(Average),
        Median = Known(Median),
        Best = Known(Best),
        Worst = Known(Worst),
        StandardDeviation = Known(StandardDeviation),
        ProfitFactor = Known(ProfitFactor),
        Expectancy = Known(Expectancy),
        Sharpe = Known(Sharpe),
        Sortino = Known(Sortino),
        AverageAdverse = Known(AverageAdverse),
        AverageFavourable = Known(AverageFavourable),
        MaxAdverse = Known(MaxAdverse),
        MaxFavourable = Known(MaxFavourable),
        Drift = Known(Drift),
        MaxDrawdown = Known(MaxDrawdown),
        TradeSharpe = Known(TradeSharpe),
        TradeSkewness = Known(TradeSkewness),
        TradeKurtosis = Known(TradeKurtosis),
    };

    private static string? NameOf(string stored) => stored == BacktestQuery.Together ? null : stored;

    private static Interval95 Of(double? low, double? high) => new(Known(low), Known(high));

    private static double Known(double? value) => value ?? double.NaN;
}
