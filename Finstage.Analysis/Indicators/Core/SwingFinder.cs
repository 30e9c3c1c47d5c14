namespace Finstage.Analysis.Indicators.Core;

/// <summary>Finds values strictly above their neighbours on both sides. For lows, add the values with their sign changed.</summary>
/// <param name="left">How many values before it must be smaller, at least 1.</param>
/// <param name="right">How many values after it must be smaller, at least 1.</param>
internal struct SwingFinder(int left, int right)
{
    private readonly double lag = right;
    private RollingMax before = new(left);
    private RollingMax after = new(right);
    private Delay values = new(right);
    private double highestBefore = double.NaN;

    /// <summary>The newest swing known; NaN before the first.</summary>
    public double Last { get; private set; } = double.NaN;

    /// <summary>How many values ago the newest swing came; NaN before the first.</summary>
    public double Age { get; private set; } = double.NaN;

    /// <summary>Adds a value and returns the swing that it makes known, the value <c>right</c> values ago; NaN when it is none.</summary>
    public double Add(double value)
    {
        var candidate = values.Add(value);
        var highestAfter = after.Add(value);
        var isSwing = candidate > highestBefore && candidate > highestAfter;
        if (!double.IsNaN(candidate))
        {
            highestBefore = before.Add(candidate);
        }

        Age = isSwing ? lag : Age + 1;
        Last = isSwing ? candidate : Last;
        return isSwing ? candidate : double.NaN;
    }
}
