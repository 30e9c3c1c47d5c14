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
    public static bool IsDoji(in Candle candle) => new Shape(candle).IsDoji;

    /// <summary>The bullish patterns that end with the newest of three candles.</summary>
    /// <param name="second">The candle two before.</param>
    /// <param name="first">The candle before.</param>
    /// <param name="newest">The newest candle.</param>
    public static CandlestickPatterns Bullish(in Candle second, in Candle first, in Candle newest) =>
        Find(new Shape(second), new Shape(first), new Shape(newest));

    /// <summary>The bearish patterns: the bullish ones of the candles turned upside down.</summary>
    /// <param name="second">The candle two before.</param>
    /// <param name="first">The candle before.</param>
    /// <param name="newest">The newest candle.</param>
    public static CandlestickPatterns Bearish(in Candle second, in Candle first, in Candle newest) =>
        Bullish(Mirror(second), Mirror(first), Mirror(newest));

    private static Candle Mirror(in Candle c) => c with { Open = -c.Open, High = -c.Low, Low = -c.High, Close = -c.Close };

    private static CandlestickPatterns Find(in Shape second, in Shape first, in Shape newest)
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

    private readonly struct Shape(in Candle candle)
    {
        private readonly double open = candle.Open;
        private readonly double close = candle.Close;
        private readonly double high = candle.High;
        private readonly double low = candle.Low;

        public double Body => Math.Abs(close - open);

        public double Top => Math.Max(open, close);

        public double Middle => (open + close) / 2;

        public bool IsUp => Compare.Above(close, open);

        public bool IsDown => Compare.Below(close, open);

        public bool IsDoji => Compare.AtMost(Body, 0.1 * Range);

        public bool IsLong => Compare.AtLeast(Body, 0.5 * Range);

        public bool IsHammer => !IsDoji && Compare.AtLeast(Lower, 2 * Body) && Compare.AtMost(Upper, 0.1 * Range);

        public bool IsInvertedHammer => Compare.AtLeast(Upper, 2 * Body) && Compare.AtMost(Lower, 0.1 * Range);

        private double Bottom => Math.Min(open, close);

        private double Range => high - low;

        private double Upper => high - Top;

        private double Lower => Bottom - low;

        public bool Contains(in Shape other) => Compare.AtLeast(Top, other.Top) && Compare.AtMost(Bottom, other.Bottom);

        /// <summary>Whether it opens within the body of a rising candle before it and closes higher.</summary>
        public bool GoesOnFrom(in Shape before) =>
            Compare.AtLeast(open, before.Bottom) && Compare.AtMost(open, before.Top) && Compare.Above(close, before.close);
    }
}
