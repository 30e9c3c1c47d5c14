using System.Runtime.CompilerServices;

namespace Finstage.Analysis.Strategies;

/// <summary>
/// One candle's numbers, and behind it those of the candles before: <c>row − 1</c> is one candle earlier, up to
/// <see cref="Inputs.History"/>. Valid while its candle is judged.
/// </summary>
public readonly struct Row
{
    /// <summary>Where the open time, the candle's number, a 1 and the prices lie in every row; the indicators' outputs follow.</summary>
    internal const int TimeSlot = 0, NumberSlot = 1, OneSlot = 2, OpenSlot = 3, HighSlot = 4, LowSlot = 5, CloseSlot = 6, VolumeSlot = 7, FreeSlot = 8;

    private readonly double[] numbers;
    private readonly int start;
    private readonly int width;

    internal Row(double[] numbers, int start, int width)
    {
        this.numbers = numbers;
        this.start = start;
        this.width = width;
    }

    /// <summary>The candle's open time, Unix seconds (UTC).</summary>
    public long Time => (long)numbers[start + TimeSlot];

    /// <summary>The candle's number, the series' first being 0: how many candles lie between two, however long ago.</summary>
    public long Number => (long)numbers[start + NumberSlot];

    /// <summary>The row some candles earlier.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row operator -(Row row, int candles) => new(row.numbers, row.start - (candles * row.width), row.width);

    /// <summary>The row some candles later; only what was taken already has numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Row After(int candles) => new(numbers, start + (candles * width), width);

    /// <summary>The number in a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double At(int slot) => numbers[start + slot];

    /// <summary>The numbers from a slot on, in this row and all that follow.</summary>
    internal Span<double> From(int slot) => numbers.AsSpan(start + slot);
}
