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
    private RollingRange reach = new(Reach);
    private RollingMean ranges = new(Usual);
    private double usual = double.NaN;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("CANDLE_PATTERN", "Patterns", [new StrategyParameter("average", 20, 2, 1_000)]),
    ];

    public static CandlePattern Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs, inputs.Use($"sma:{parameters[0]}"));

    public void Judge(Row row, ref Verdict say)
    {
        var highest = reach.Add(high[row], low[row], out var lowest);
        var range = high[row] - low[row];
        var before = usual;
        usual = ranges.Add(range);

        // The shapes are looked at only where a move may be ending on a candle of usual size, which most are not.
        var mayBuy = MayPrecede(row, -1) && Holds(low, row, Longest, lowest, -1);
        var maySell = MayPrecede(row, 1) && Holds(high, row, Longest, highest, 1);
        if (!(mayBuy || maySell) || !Compare.AtLeast(range, before))
        {
            return;
        }

        if (mayBuy)
        {
            var found = Candlesticks.Find(ShapeAt(row - 2), ShapeAt(row - 1), ShapeAt(row));
            if (found != CandlestickPatterns.None && Strongest(found, low, row, lowest, -1) is { } pattern)
            {
                say.Buy(pattern.Info.Confidence, pattern.Buy, low[row], range / before);
            }
        }

        if (maySell)
        {
            var found = Candlesticks.Find(UpsideDownAt(row - 2), UpsideDownAt(row - 1), UpsideDownAt(row));
            if (found != CandlestickPatterns.None && Strongest(found, high, row, highest, 1) is { } pattern)
            {
                say.Sell(pattern.Info.Confidence, pattern.Sell, high[row], range / before);
            }
        }
    }

    // Whether the last candles hold the extreme of the reach: no earlier one is beyond it.
    private static bool Holds(in Series prices, Row row, int length, double extreme, int sign)
    {
        var held = sign * prices[row];
        for (var i = 1; i < length; i++)
        {
            held = double.MaxNative(held, sign * prices[row - i]);
        }

        return !Compare.Above(sign * extreme, held);
    }

    // Whether any of the candles that may precede a pattern closed on the side of the average that it needs.
    private readonly bool MayPrecede(Row row, int sign) =>
        sign * (close[row - 1] - average[row - 1]) > 0
        || sign * (close[row - 2] - average[row - 2]) > 0
        || sign * (close[row - 3] - average[row - 3]) > 0;

    private readonly (CandlestickInfo Info, string Buy, string Sell)? Strongest(
        CandlestickPatterns found, in Series prices, Row row, double extreme, int sign)
    {
        foreach (var pattern in Patterns)
        {
            var preceding = row - pattern.Info.Length;
            if ((found & pattern.Info.Pattern) != 0
                && Compare.Above(sign * close[preceding], sign * average[preceding])
                && Holds(prices, row, pattern.Info.Length, extreme, sign))
            {
                return pattern;
            }
        }

        return null;
    }

    private readonly CandlestickShape ShapeAt(Row row) => new(open[row], high[row], low[row], close[row]);

    private readonly CandlestickShape UpsideDownAt(Row row) => new(-open[row], -low[row], -high[row], -close[row]);
}
