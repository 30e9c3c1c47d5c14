using Finstage.Analysis.Candles;
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
        if (IsExtreme(low, row, Longest, -1))
        {
            var found = Candlesticks.Bullish(CandleAt(row - 2), CandleAt(row - 1), CandleAt(row));
            foreach (var (pattern, reason, _) in Patterns)
            {
                var preceding = row - pattern.Length;
                if ((found & pattern.Pattern) != 0 && Compare.Below(close[preceding], average[preceding]) && IsExtreme(low, row, pattern.Length, -1))
                {
                    say.Buy(pattern.Confidence, reason, low[row], range / before);
                    break;
                }
            }
        }

        if (IsExtreme(high, row, Longest, 1))
        {
            var found = Candlesticks.Bearish(CandleAt(row - 2), CandleAt(row - 1), CandleAt(row));
            foreach (var (pattern, _, reason) in Patterns)
            {
                var preceding = row - pattern.Length;
                if ((found & pattern.Pattern) != 0 && Compare.Above(close[preceding], average[preceding]) && IsExtreme(high, row, pattern.Length, 1))
                {
                    say.Sell(pattern.Confidence, reason, high[row], range / before);
                    break;
                }
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

    private readonly Candle CandleAt(int row) => new(0, open[row], high[row], low[row], close[row], 0);
}
