namespace Finstage.Analysis.Indicators;

/// <summary>A series has fewer candles than an indicator needs before it has values; the message says how many are missing.</summary>
public sealed class SeriesTooShortException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="count">The number of candles there are.</param>
    public SeriesTooShortException(Indicator indicator, int count)
        : base(Message(indicator, count))
    {
        Indicator = indicator.Key;
        Missing = indicator.WarmUp - count;
    }

    /// <summary>The indicator.</summary>
    public IndicatorKey Indicator { get; }

    /// <summary>How many more candles it needs.</summary>
    public int Missing { get; }

    private static new string Message(Indicator indicator, int count)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        return FormattableString.Invariant(
            $"{indicator.Key} needs {indicator.WarmUp} candles and the series has {count}: {indicator.WarmUp - count} more are needed.");
    }
}
