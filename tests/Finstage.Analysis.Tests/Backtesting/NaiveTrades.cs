using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>Trading on daily candles of a market that closes, as one would first write it: signal by signal, each followed to its end.</summary>
internal static class NaiveTrades
{
    public static (List<(long Entry, long Exit, TradeExit Why, double Return)> Trades, double Money) Walk(
        Candle[] candles, List<Signal> signals, TradeOptions options)
    {
        var trades = new List<(long, long, TradeExit, double)>();
        var (money, free) = (1.0, 0);
        var hold = options.Horizon == Horizon.OneDay ? 1 : options.Horizon == Horizon.OneWeek ? 5 : 21;
        foreach (var candle in signals.GroupBy(s => s.Time))
        {
            var sum = candle.Sum(s => (int)s.Direction);
            var entry = Array.FindIndex(candles, c => c.Time == candle.Key) + 1;
            if (sum == 0 || entry >= candles.Length || entry < free || money <= 0 || candles[entry].Open <= 0)
            {
                continue;
            }

            var sign = Math.Sign(sum);
            var paid = candles[entry].Open * (1 + (sign * options.Slippage));
            var (at, price, why) = Follow(candles, entry, sign, paid, hold, options);
            var got = price * (1 - (sign * options.Slippage));
            var result = (sign * (got - paid) / paid) - options.Commission - (options.Commission * Math.Abs(got) / paid);
            trades.Add((candles[entry].Time, candles[at].Time, why, result));
            money = Math.Max(0, money * (1 + result));

            // Closed at an open, the next may begin there; closed within a candle, at the open after it.
            free = why == TradeExit.Time ? at : at + 1;
        }

        return (trades, money);
    }

    private static (int At, double Price, TradeExit Why) Follow(Candle[] candles, int entry, int sign, double paid, int hold, TradeOptions options)
    {
        var stop = options.Stop is { } s ? paid * (1 - (sign * s)) : (double?)null;
        var target = options.Target is { } t ? paid * (1 + (sign * t)) : (double?)null;
        for (var i = entry; i < candles.Length; i++)
        {
            var c = candles[i];
            if (i == entry + hold)
            {
                return (i, c.Open, TradeExit.Time);
            }

            if (stop is { } level)
            {
                if (i > entry && (sign > 0 ? c.Open <= level : c.Open >= level))
                {
                    return (i, c.Open, TradeExit.Stop);
                }

                if (sign > 0 ? c.Low <= level : c.High >= level)
                {
                    return (i, level, TradeExit.Stop);
                }
            }

            if (target is { } goal && (sign > 0 ? c.High >= goal : c.Low <= goal))
            {
                return (i, goal, TradeExit.Target);
            }
        }

        return (candles.Length - 1, candles[^1].Close, TradeExit.EndOfData);
    }
}
