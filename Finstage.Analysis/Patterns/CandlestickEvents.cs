using Finstage.Analysis.Candles;
using Finstage.Analysis.Strategies;

namespace Finstage.Analysis.Patterns;

/// <summary>Where candlestick patterns stand in a series. Pure and thread-safe.</summary>
internal static class CandlestickEvents
{
    private const int Average = 20;

    /// <summary>
    /// Every pattern whose preceding candle closed under the mean of its last 20 closes when bullish, above it when bearish: a pattern
    /// that turns a move needs one. Types are the index in <see cref="Candlesticks.All"/>, bearish ones after all bullish.
    /// </summary>
    /// <param name="candles">The candles, ascending.</param>
    public static IEnumerable<(int Row, short Type)> Of(Candle[] candles)
    {
        for (var row = 2; row < candles.Length; row++)
        {
            var bullish = Candlesticks.Bullish(candles[row - 2], candles[row - 1], candles[row]);
            var bearish = Candlesticks.Bearish(candles[row - 2], candles[row - 1], candles[row]);
            if (bullish == CandlestickPatterns.None && bearish == CandlestickPatterns.None)
            {
                continue;
            }

            for (short i = 0; i < Candlesticks.All.Count; i++)
            {
                var info = Candlesticks.All[i];
                var side = Side(candles, row - info.Length);
                if (side < 0 && bullish.HasFlag(info.Pattern))
                {
                    yield return (row, i);
                }

                if (side > 0 && bearish.HasFlag(info.Pattern))
                {
                    yield return (row, (short)(Candlesticks.All.Count + i));
                }
            }
        }
    }

    // Under its mean −1, above it 1, else or before there is one 0.
    private static int Side(Candle[] candles, int row)
    {
        if (row < Average - 1)
        {
            return 0;
        }

        var sum = 0.0;
        for (var i = row - Average + 1; i <= row; i++)
        {
            sum += candles[i].Close;
        }

        var mean = sum / Average;
        return Compare.Below(candles[row].Close, mean) ? -1 : Compare.Above(candles[row].Close, mean) ? 1 : 0;
    }
}
