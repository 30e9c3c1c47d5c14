using Finstage.Analysis.Patterns;

namespace Finstage.Analysis.Strategies.Patterns;

/// <summary>CANDLE_PATTERN: a candlestick pattern where it may mean something: at the end of a move, on a candle of usual size.</summary>
internal readonly struct CandlePattern(Inputs inputs, Series average) : IStrategyRule<CandlePattern>
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

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("CANDLE_PATTERN", "Patterns", [new StrategyParameter("average", 20, 2, 1_000)]),
    ];

    public static CandlePattern Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs) =>
        new(inputs, inputs.Use($"sma:{parameters[0]}"));

    public void Judge(int row, ref Verdict say)
    {
        // The shapes are looked at only where a move may be ending on a candle of usual size, which most are not.
        var mayBuy = MayPrecede(row, -1) && IsExtreme(low, row, Longest, -1);
        var maySell = MayPrecede(row, 1) && IsExtreme(high, row, Longest, 1);
        if (!(mayBuy || maySell))
        {
            return;
        }

        var (range, usual) = (high[row] - low[row], UsualRange(row));
        if (!Compare.AtLeast(range, usual))
        {
            return;
        }

        if (mayBuy)
        {
            var found = Candlesticks.Find(ShapeAt(row - 2), ShapeAt(row - 1), ShapeAt(row));
            if (found != CandlestickPatterns.None && Strongest(found, low, row, -1) is { } pattern)
            {
                say.Buy(pattern.Info.Confidence, pattern.Buy, low[row], range / usual);
            }
        }

        if (maySell)
        {
            var found = Candlesticks.Find(UpsideDownAt(row - 2), UpsideDownAt(row - 1), UpsideDownAt(row));
            if (found != CandlestickPatterns.None && Strongest(found, high, row, 1) is { } pattern)
            {
                say.Sell(pattern.Info.Confidence, pattern.Sell, high[row], range / usual);
            }
        }
    }

    // Whether any of the candles that may precede a pattern closed on the side of the average that it needs.
    private bool MayPrecede(int row, int sign) =>
        sign * (close[row - 1] - average[row - 1]) > 0
        || sign * (close[row - 2] - average[row - 2]) > 0
        || sign * (close[row - 3] - average[row - 3]) > 0;

    // Whether the last candles hold the extreme of the reach: no earlier one is beyond it.
    private static bool IsExtreme(in Series prices, int row, int length, int sign)
    {
        var reach = prices.From(row - Reach + 1, Reach);
        var extreme = sign * reach[^1];
        for (var i = 2; i <= length; i++)
        {
            extreme = double.MaxNative(extreme, sign * reach[^i]);
        }

        var earlier = double.NegativeInfinity;
        foreach (var price in reach[..^length])
        {
            earlier = double.MaxNative(earlier, sign * price);
        }

        return !Compare.Above(earlier, extreme);
    }

    // The mean range of the candles before; two sums, since each addition waits for the one before.
    private double UsualRange(int row)
    {
        var (odd, even) = (0d, 0d);
        for (var i = 1; i < Usual; i += 2)
        {
            odd += high[row - i] - low[row - i];
            even += high[row - i - 1] - low[row - i - 1];
        }

        return (odd + even) / Usual;
    }

    private (CandlestickInfo Info, string Buy, string Sell)? Strongest(CandlestickPatterns found, in Series prices, int row, int sign)
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

    private CandlestickShape ShapeAt(int row) => new(open[row], high[row], low[row], close[row]);

    private CandlestickShape UpsideDownAt(int row) => new(-open[row], -low[row], -high[row], -close[row]);
}
