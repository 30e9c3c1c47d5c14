namespace Finstage.Adapters.Http;

/// <summary>What signals were worth, close to close and without costs. All returns and rates are shares.</summary>
/// <param name="Interval">The candles' interval.</param>
/// <param name="RanAt">When it was counted, UTC; null when it never was, and then there is nothing else.</param>
/// <param name="Series">Series looked at.</param>
/// <param name="Candles">Their candles.</param>
/// <param name="First">Open time of the first candle, UTC.</param>
/// <param name="Last">Open time of the last candle, UTC.</param>
/// <param name="MinSamples">Groups with fewer outcomes are left out of the items.</param>
/// <param name="Overall">All strategies together, by horizon.</param>
/// <param name="Items">The groups.</param>
/// <param name="Next">Null: there is one part.</param>
public sealed record BacktestsDto(
    string Interval, DateTime? RanAt, int Series, long Candles, DateTime? First, DateTime? Last, int MinSamples,
    IReadOnlyList<BacktestDto> Overall, IReadOnlyList<BacktestDto> Items, string? Next);

/// <summary>A group of signals, what it was worth, and what chance says of it. What cannot be told is null.</summary>
/// <param name="Symbol">The symbol; null for all together.</param>
/// <param name="Strategy">The strategy; null for all together.</param>
/// <param name="Horizon">The horizon's code.</param>
/// <param name="Direction"><c>BUY</c> or <c>SELL</c>; null for both together.</param>
/// <param name="Total">Outcomes.</param>
/// <param name="Successes">How many gained.</param>
/// <param name="SuccessRate">The share that gained.</param>
/// <param name="Grade"><c>A</c> to <c>F</c> by success rate; null with fewer outcomes than are asked for.</param>
/// <param name="Average">The mean return.</param>
/// <param name="Median">The median return.</param>
/// <param name="Best">The highest return.</param>
/// <param name="Worst">The lowest return.</param>
/// <param name="StandardDeviation">The sample's standard deviation.</param>
/// <param name="ProfitFactor">Gains over losses.</param>
/// <param name="Expectancy">What one signal brings on average.</param>
/// <param name="Sharpe">The Sharpe ratio a year.</param>
/// <param name="Sortino">The Sortino ratio a year.</param>
/// <param name="AverageAdverse">The mean move against the signal on the way, at most 0.</param>
/// <param name="AverageFavourable">The mean move in its favour, at least 0.</param>
/// <param name="MaxAdverse">The furthest move against a signal.</param>
/// <param name="MaxFavourable">The furthest move in a signal's favour.</param>
/// <param name="Drift">What the market did over the same horizon on average.</param>
/// <param name="Trades">Outcomes that do not overlap.</param>
/// <param name="MaxDrawdown">The deepest fall of the money that went through these, 0 to 1.</param>
/// <param name="Luck">What chance says of it; null with too few outcomes, or where it was not asked.</param>
/// <param name="Source">The stored row.</param>
public sealed record BacktestDto(
    string? Symbol, string? Strategy, string Horizon, string? Direction, int Total, int Successes, double SuccessRate, string? Grade,
    double Average, double Median, double Best, double Worst, double? StandardDeviation, double? ProfitFactor, double Expectancy,
    double? Sharpe, double? Sortino, double AverageAdverse, double AverageFavourable, double MaxAdverse, double MaxFavourable, double? Drift,
    int Trades, double MaxDrawdown, LuckDto? Luck, string Source);

/// <summary>What chance says of a group. What cannot be told is null.</summary>
/// <param name="Average">Where the true average lies in 95 of 100 cases.</param>
/// <param name="SuccessRate">Where the true success rate lies.</param>
/// <param name="Sharpe">Where the true Sharpe ratio a year lies.</param>
/// <param name="ProfitFactor">Where the true profit factor lies.</param>
/// <param name="RandomEntryP">The share of random entries that did as well.</param>
/// <param name="ProbabilisticSharpe">How likely the true Sharpe ratio is above zero.</param>
/// <param name="DeflatedSharpe">How likely it is above what the best of so many trials shows by luck alone; null for what is no trial.</param>
/// <param name="Passed">How many of the three tests it passes.</param>
/// <param name="Survives">Whether it passes all three.</param>
public sealed record LuckDto(
    RangeDto? Average, RangeDto? SuccessRate, RangeDto? Sharpe, RangeDto? ProfitFactor, double? RandomEntryP, double? ProbabilisticSharpe,
    double? DeflatedSharpe, int Passed, bool Survives);

/// <summary>From a low end to a high one.</summary>
/// <param name="Low">The low end.</param>
/// <param name="High">The high end.</param>
public sealed record RangeDto(double Low, double High);

/// <summary>Strategies by what survives the tests for luck.</summary>
/// <param name="Interval">The candles' interval.</param>
/// <param name="RanAt">When it was counted, UTC; null when it never was, and then there is nothing else.</param>
/// <param name="MinSamples">Fewer outcomes make no trial.</param>
/// <param name="Trials">N: how many were tried.</param>
/// <param name="EffectiveTrials">How many independent trials these amount to.</param>
/// <param name="MeanCorrelation">The mean correlation of two of them.</param>
/// <param name="Survivors">How many of them pass every test; where it is 0, nothing is better than luck.</param>
/// <param name="Items">The best of those asked for, best first.</param>
/// <param name="Next">Null: there is one part.</param>
public sealed record LeaderboardDto(
    string Interval, DateTime? RanAt, int MinSamples, int Trials, double EffectiveTrials, double? MeanCorrelation, int Survivors,
    IReadOnlyList<BacktestDto> Items, string? Next);

/// <summary>What picking by the past would have brought, over one horizon.</summary>
/// <param name="Horizon">The horizon's code.</param>
/// <param name="Total">Outcomes that were scored.</param>
/// <param name="SuccessRate">The share of them that gained.</param>
/// <param name="Average">Their mean return.</param>
/// <param name="TrainAverage">The mean return that the picks had shown when they were picked.</param>
/// <param name="Drift">What the market did meanwhile.</param>
/// <param name="Folds">The steps, in order of time.</param>
public sealed record WalkForwardDto(
    string Horizon, int Total, double? SuccessRate, double? Average, double? TrainAverage, double? Drift, IReadOnlyList<WalkForwardFoldDto> Folds);

/// <summary>One step of a walk forward.</summary>
/// <param name="TrainFrom">First date of the window that picked.</param>
/// <param name="TestFrom">First date of the window that was scored.</param>
/// <param name="TestTo">Its last date.</param>
/// <param name="Strategy">What was picked.</param>
/// <param name="TrainTotal">Its outcomes in the window that picked.</param>
/// <param name="TrainAverage">Their mean return.</param>
/// <param name="Total">Its outcomes in the window that was scored.</param>
/// <param name="Successes">How many gained.</param>
/// <param name="Average">Their mean return; null where there are none.</param>
/// <param name="Drift">What the market did in that window.</param>
public sealed record WalkForwardFoldDto(
    DateOnly TrainFrom, DateOnly TestFrom, DateOnly TestTo, string Strategy, int TrainTotal, double TrainAverage, int Total, int Successes,
    double? Average, double? Drift);

/// <summary>What became of a live signal.</summary>
/// <param name="Horizon">The horizon's code.</param>
/// <param name="SettledAt">When it was looked up, UTC; null while it is not known.</param>
/// <param name="Return">The return in the signal's direction, as a share; null where it is not known, or never will be.</param>
/// <param name="ExitTime">Open time of the candle at whose close the horizon ended, UTC.</param>
/// <param name="ExitClose">That close.</param>
/// <param name="Adverse">The furthest move against the signal on the way, at most 0.</param>
/// <param name="Favourable">The furthest move in its favour, at least 0.</param>
public sealed record OutcomeDto(
    string Horizon, DateTime? SettledAt, double? Return, DateTime? ExitTime, double? ExitClose, double? Adverse, double? Favourable);
