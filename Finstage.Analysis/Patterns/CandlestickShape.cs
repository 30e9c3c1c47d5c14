using Finstage.Analysis.Candles;
using Finstage.Analysis.Strategies;

namespace Finstage.Analysis.Patterns;

/// <summary>What of a candle makes patterns: its body and its shadows.</summary>
internal readonly struct CandlestickShape(double open, double high, double low, double close)
{
    private readonly double open = open;
    private readonly double close = close;
    private readonly double high = high;
    private readonly double low = low;

    /// <summary>The shape of a candle.</summary>
    public static CandlestickShape Of(in Candle candle) => new(candle.Open, candle.High, candle.Low, candle.Close);

    /// <summary>The shape of a candle turned upside down.</summary>
    public static CandlestickShape UpsideDown(in Candle candle) => new(-candle.Open, -candle.Low, -candle.High, -candle.Close);

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

    public bool Contains(in CandlestickShape other) => Compare.AtLeast(Top, other.Top) && Compare.AtMost(Bottom, other.Bottom);

    /// <summary>Whether it opens within the body of a rising candle before it and closes higher.</summary>
    public bool GoesOnFrom(in CandlestickShape before) =>
        Compare.AtLeast(open, before.Bottom) && Compare.AtMost(open, before.Top) && Compare.Above(close, before.close);
}
