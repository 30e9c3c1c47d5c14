using System.Runtime.CompilerServices;

namespace Finstage.Analysis.Strategies;

/// <summary>
/// Numbers a rule looks at, one for each candle: a price, the volume, or an indicator's output. Before the series' first candle, and
/// where there is no value, it is NaN.
/// </summary>
/// <param name="Slot">Its place in every row.</param>
public readonly record struct Series(int Slot)
{
    /// <summary>The number at a row.</summary>
    public double this[Row row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => row.At(Slot);
    }
}
