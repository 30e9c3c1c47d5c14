using Finstage.Analysis.Indicators.Core;
using Finstage.Analysis.Patterns;

namespace Finstage.Analysis.Strategies.Patterns;

/// <summary>CANDLE_PATTERN: a candlestick pattern where it may mean something: at the end of a move, on a candle of usual size.</summary>
internal struct CandlePattern(Inputs inputs, Series average) : IStrategyRule<CandlePattern>
{
    private const int Reach = 10;
    private const int Usual = 14;
    private const int Longest = 3;

    private static readonly (CandlestickInfo Info, string Buy, string Sell)[] Patterns =
        [.. Candlesticks.All.Select(p => (p, $"candle-{p.Name}.buy", $"candle-{p.Name}.sell"))];

    private readonly Series open = inputs.Open;
    private readonly Series high = inputs.High;
    private readonly Series low = inputs.Low;
    private readonly Series close = inputs.Close;
    private RollingMean ranges = new(Usual);
    private double usual = double.NaN;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("CANDLE_PATTERN", "Patterns", [new StrategyParameter("average", 20, 2, 1_000)]),
    ];

    public static CandlePattern Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs, inputs.Use($"sma:{parameters[0]}"));

    public void Judge(int row, ref Verdict say)
    {
        var range = high[row] - low[row];
        var before = usual;
        usual = ranges.Add(range);
        if (!Compare.AtLeast(range, before))
        {
            return;
        }

        // The shapes are looked at only where a move may be ending: most candles are neither the low nor the high of the last ten.
        if (IsExtreme(low, row, Longest, -1) && MayPrecede(row, -1))
        {
            var found = Candlesticks.Find(ShapeAt(row - 2), ShapeAt(row - 1), ShapeAt(row));
            if (found != CandlestickPatterns.None && Strongest(found, low, row, -1) is { } pattern)
            {
                say.Buy(pattern.Info.Confidence, pattern.Buy, low[row], range / before);
            }
        }

        if (IsExtreme(high, row, Longest, 1) && MayPrecede(row, 1))
        {
            var found = Candlesticks.Find(UpsideDownAt(row - 2), UpsideDownAt(row - 1), UpsideDownAt(row));
            if (found != CandlestickPatterns.None && Strongest(found, high, row, 1) is { } pattern)
            {
                say.Sell(pattern.Info.Confidence, pattern.Sell, high[row], range / before);
            }
        }
    }

    // Whether the last candles hold the extreme of the reach: no earlier one is beyond it.
    private static bool IsExtreme(in Series prices, int row, int length, int sign)
    {
        var extreme = sign * prices[row];
        for (var i = 1; i < length; i++)
        {
            extreme = Math.Max(extreme, sign * prices[row - i]);
        }

        for (var i = length; i < Reach; i++)
        {
            if (Compare.Above(sign * prices[row - i], extreme))
            {
                return false;
            }
        }

        return true;
    }

    // Whether any of the candles that may precede a pattern closed on the side of the average that it needs.
    private readonly bool MayPrecede(int row, int sign)
    {
        for (var i = 1; i <= Longest; i++)
        {
            if (sign * (close[row - i] - average[row - i]) > 0)
            {
                return true;
            }
        }

        return false;
    }

    private readonly (CandlestickInfo Info, string Buy, string Sell)? Strongest(CandlestickPatterns found, in Series prices, int row, int sign)
    {
        foreach (var pattern in Patterns)
        {
            var preceding = row - pattern.Info.Length;
            if ((found & pattern.Info.Pattern) != 0
                && Compare.Above(sign * close[preceding], sign * average[preceding])
                && IsExtreme(prices, row, pattern.Info.Length, sign))
            {
                return pattern;
            }
        }

        return null;
    }

    private readonly CandlestickShape ShapeAt(int row) => new(open[row], high[row], low[row], close[row]);

    private readonly CandlestickShape UpsideDownAt(int row) => new(-open[row], -low[row], -high[row], -close[row]);
}
