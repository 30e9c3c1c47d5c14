namespace Finstage.Analysis.Patterns;

/// <summary>
/// The candlestick patterns, in the bullish form; each has its bearish mirror image. The values are bits, so that a candle can end
/// several. The numbers are stored: they are never changed or used again.
/// </summary>
[Flags]
public enum CandlestickPatterns
{
    /// <summary>No pattern.</summary>
    None = 0,

    /// <summary>Three white soldiers; bearish: three black crows.</summary>
    Three = 1,

    /// <summary>Morning star; bearish: evening star.</summary>
    Star = 2,

    /// <summary>Engulfing.</summary>
    Engulfing = 4,

    /// <summary>Hammer; bearish, mirrored: shooting star.</summary>
    Hammer = 8,

    /// <summary>Inverted hammer; bearish, mirrored: hanging man.</summary>
    Inverted = 16,

    /// <summary>Harami.</summary>
    Harami = 32,
}

/// <summary>What is known of one pattern.</summary>
/// <param name="Pattern">The pattern.</param>
/// <param name="Name">Its stable name, such as <c>hammer</c>.</param>
/// <param name="Length">The number of candles it is made of, 1 to 3.</param>
/// <param name="Confidence">How sure a signal of it is, 0 to 100.</param>
public sealed record CandlestickInfo(CandlestickPatterns Pattern, string Name, int Length, int Confidence);
