using System.Globalization;
using Finstage.Analysis.Symbols;

namespace Finstage.Analysis.PriceAlerts;

/// <summary>In what a change is measured. The numbers are stored.</summary>
public enum ChangeUnit
{
    /// <summary>Percent of a base above zero.</summary>
    Percent = 0,

    /// <summary>Hundredths of a percentage point: for yields, whose prices are percent themselves.</summary>
    BasisPoints = 1,
}

/// <summary>How far a price moves before it is told of.</summary>
/// <param name="Rise">Against the previous close; above zero.</param>
/// <param name="Drop">Against the previous close; below zero.</param>
/// <param name="FromHigh">Against the 52-week high; below zero.</param>
/// <param name="Unit">In what they are measured.</param>
public sealed record PriceThresholds(double Rise, double Drop, double FromHigh, ChangeUnit Unit)
{
    /// <summary>The smallest size of a threshold, in its unit.</summary>
    public const double MinSize = 0.01;

    /// <summary>The largest size of a threshold, in its unit.</summary>
    public const double MaxSize = 10_000;

    /// <summary>The thresholds of a category.</summary>
    public static PriceThresholds For(SymbolCategory category) => category switch
    {
        SymbolCategory.Index => new(1, -1, -2, ChangeUnit.Percent),
        SymbolCategory.Futures => new(5, -5, -10, ChangeUnit.Percent),
        SymbolCategory.Volatility => new(15, -15, -30, ChangeUnit.Percent),
        SymbolCategory.Commodity => new(3, -3, -10, ChangeUnit.Percent),
        SymbolCategory.SectorEtf or SymbolCategory.GlobalEtf => new(2, -2, -5, ChangeUnit.Percent),
        SymbolCategory.Credit or SymbolCategory.Dollar => new(1, -1, -3, ChangeUnit.Percent),
        SymbolCategory.Yield => new(10, -10, -30, ChangeUnit.BasisPoints),
        _ => new(3, -3, -5, ChangeUnit.Percent),
    };

    /// <summary>The same with a symbol's own values in place of those it names.</summary>
    /// <exception cref="ArgumentException">A value has the wrong sign or is outside the limits.</exception>
    public PriceThresholds With(PriceThresholdOverride? own)
    {
        if (own is null)
        {
            return this;
        }

        return own.Fault() is { } fault
            ? throw new ArgumentException(fault, nameof(own))
            : this with { Rise = own.Rise ?? Rise, Drop = own.Drop ?? Drop, FromHigh = own.FromHigh ?? FromHigh };
    }
}

/// <summary>A symbol's own thresholds, in the unit of its category; null keeps the category's.</summary>
/// <param name="Rise">Above zero.</param>
/// <param name="Drop">Below zero.</param>
/// <param name="FromHigh">Below zero.</param>
public sealed record PriceThresholdOverride(double? Rise = null, double? Drop = null, double? FromHigh = null)
{
    /// <summary>What is wrong with the values and how to mend it; null when nothing is.</summary>
    public string? Fault() =>
        Fault(nameof(Rise), Rise, isBelowZero: false)
        ?? Fault(nameof(Drop), Drop, isBelowZero: true)
        ?? Fault(nameof(FromHigh), FromHigh, isBelowZero: true);

    private static string? Fault(string name, double? value, bool isBelowZero)
    {
        var size = isBelowZero ? -value : value;
        if (size is null or (>= PriceThresholds.MinSize and <= PriceThresholds.MaxSize))
        {
            return null;
        }

        var (low, high) = isBelowZero ? (-PriceThresholds.MaxSize, -PriceThresholds.MinSize) : (PriceThresholds.MinSize, PriceThresholds.MaxSize);
        return string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, but it must be from {low} to {high}.");
    }
}
