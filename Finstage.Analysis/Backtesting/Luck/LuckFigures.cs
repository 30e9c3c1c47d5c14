namespace Finstage.Analysis.Backtesting;

/// <summary>An interval that covers the true figure in 95 of 100 cases; NaN where it cannot be told.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct Interval95(double Low, double High)
{
    /// <summary>It cannot be told.</summary>
    public static Interval95 Unknown { get; } = new(double.NaN, double.NaN);
}

/// <summary>What chance says of a group's figures.</summary>
/// <param name="Average">Where the true average return lies.</param>
/// <param name="SuccessRate">Where the true success rate lies.</param>
/// <param name="Sharpe">Where the true annual Sharpe ratio lies.</param>
/// <param name="ProfitFactor">Where the true profit factor lies.</param>
/// <param name="RandomEntryP">
/// The share of random entries that did at least as well, 0 to 1: how easily chance alone does what the group did.
/// </param>
public readonly record struct LuckFigures(
    Interval95 Average, Interval95 SuccessRate, Interval95 Sharpe, Interval95 ProfitFactor, double RandomEntryP)
{
    /// <summary>Not tested: too few outcomes.</summary>
    public static LuckFigures Unknown { get; } = new(
        Interval95.Unknown, Interval95.Unknown, Interval95.Unknown, Interval95.Unknown, double.NaN);
}
