using Finstage.Analysis.Candles;
using Finstage.Analysis.Strategies;

namespace Finstage.Analysis.Patterns;

/// <summary>
/// Recognises candlestick patterns by their shape alone; whether one means anything where it stands is for the caller to say. Nearly
/// equal prices are equal, as in every rule. Pure and thread-safe.
/// </summary>
public static class Candlesticks
{
    /// <summary>The patterns, strongest first; of equal strength the one that counts first.</summary>
    public static IReadOnlyList<CandlestickInfo> All { get; } =
    [
        new(CandlestickPatterns.Three, "three", 3, 70),
        new(CandlestickPatterns.Star, "star", 3, 70),
        new(CandlestickPatterns.Engulfing, "engulfing", 2, 65),
        new(CandlestickPatterns.Hammer, "hammer", 1, 60),
        new(CandlestickPatterns.Inverted, "inverted", 1, 55),
        new(CandlestickPatterns.Harami, "harami", 2, 55),
    ];

    /// <summary>Whether a candle is a doji: its body is at most a tenth of its range. Neutral: it is only counted.</summary>
    public static bool IsDoji(in Candle candle) => CandlestickShape.Of(candle).IsDoji;

    /// <summary>The bullish patterns that end with the newest of three candles.</summary>
    /// <param name="second">The candle two before.</param>
    /// <param name="first">The candle before.</param>
    /// <param name="newest">The newest candle.</param>
    public static CandlestickPatterns Bullish(in Candle second, in Candle first, in Candle newest) =>
        Find(CandlestickShape.Of(second), CandlestickShape.Of(first), CandlestickShape.Of(newest));

    /// <summary>The bearish patterns: the bullish ones of the candles turned upside down.</summary>
    /// <param name="second">The candle two before.</param>
    /// <param name="first">The candle before.</param>
    /// <param name="newest">The newest candle.</param>
    public static CandlestickPatterns Bearish(in Candle second, in Candle first, in Candle newest) =>
        Find(CandlestickShape.UpsideDown(second), CandlestickShape.UpsideDown(first), CandlestickShape.UpsideDown(newest));

    /// <summary>The bullish patterns that end with the newest of three shapes.</summary>
    internal static CandlestickPatterns Find(in CandlestickShape second, in CandlestickShape first, in CandlestickShape newest)
    {
        var found = CandlestickPatterns.None;
        if (newest.IsHammer)
        {
            found |= CandlestickPatterns.Hammer;
        }

        if (newest.IsInvertedHammer)
        {
            found |= CandlestickPatterns.Inverted;
        }

        if (newest.IsUp)
        {
            if (first.IsDown && newest.Contains(first) && Compare.Above(newest.Body, first.Body))
            {
                found |= CandlestickPatterns.Engulfing;
            }

            if (first.IsDown && first.IsLong && first.Contains(newest) && Compare.AtMost(newest.Body, 0.5 * first.Body))
            {
                found |= CandlestickPatterns.Harami;
            }

            if (second.IsDown && second.IsLong && Compare.AtMost(first.Body, 0.3 * second.Body)
                && Compare.AtMost(first.Top, second.Middle) && Compare.Above(newest.Top, second.Middle))
            {
                found |= CandlestickPatterns.Star;
            }

            if (second.IsUp && first.IsUp && second.IsLong && first.IsLong && newest.IsLong
                && first.GoesOnFrom(second) && newest.GoesOnFrom(first))
            {
                found |= CandlestickPatterns.Three;
            }
        }

        return found;
    }
}
