using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Finstage.Analysis.Strategies;

/// <summary>
/// One column of numbers a rule looks at, by row: a price, the volume, or an indicator's output. Row <c>row − k</c> is k candles
/// earlier, for k up to <see cref="Inputs.History"/>; before the series' first candle, and where there is no value, it is NaN.
/// </summary>
public readonly record struct Series
{
    private readonly double[] rows;
    private readonly int offset;

    internal Series(double[] rows, int offset)
    {
        this.rows = rows;
        this.offset = offset;
    }

    /// <summary>The number at a row.</summary>
    public double this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => rows[offset + row];
    }

    /// <summary>The same numbers as they were some candles earlier: its row r is row r − <paramref name="candles"/> of this.</summary>
    /// <param name="candles">How many candles, from 0; what is looked at must stay within <see cref="Inputs.History"/>.</param>
    public Series Before(int candles) => new(rows, offset - candles);

    /// <summary>The number at a row that is known to exist, without a look whether it does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double Known(int row) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows), offset + row);

    internal void Set(int row, double value) => rows[offset + row] = value;

    /// <summary>The numbers from a row on.</summary>
    internal Span<double> From(int row, int count) => rows.AsSpan(offset + row, count);
}
