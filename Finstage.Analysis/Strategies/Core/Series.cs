namespace Finstage.Analysis.Strategies;

/// <summary>
/// One column of numbers a rule looks at, by row: a price, the volume, or an indicator's output. Row <c>row − k</c> is k candles
/// earlier, for k up to <see cref="Inputs.History"/>; before the series' first candle, and where there is no value, it is NaN.
/// </summary>
public readonly struct Series
{
    private readonly double[] rows;

    internal Series(double[] rows) => this.rows = rows;

    /// <summary>The number at a row.</summary>
    public double this[int row] => rows[row];

    /// <summary>The numbers from a row on.</summary>
    internal ReadOnlySpan<double> From(int row, int count) => rows.AsSpan(row, count);
}
