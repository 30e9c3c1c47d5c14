namespace Finstage.Analysis.Strategies;

/// <summary>
/// One column of numbers a rule looks at, by row: a price, the volume, or an indicator's output. Row <c>row − k</c> is k candles
/// earlier, for k up to <see cref="Inputs.History"/>; before the series' first candle, and where there is no value, it is NaN.
/// </summary>
public readonly struct Series
{
    private readonly double[] rows;
    private readonly int width;
    private readonly int offset;

    internal Series(double[] rows, int width, int offset)
    {
        this.rows = rows;
        this.width = width;
        this.offset = offset;
    }

    /// <summary>The number at a row.</summary>
    public double this[int row] => rows[(row * width) + offset];
}
