using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// Trades signals on one series. A signal is known at its candle's close, so it is filled at the next open; so is the end of the time
/// that a position is held. While a position is open, further signals are passed over; signals of one candle that contradict one another
/// cancel out. Stop and target are watched from the candle of the entry on. A candle that reaches both counts as stopped, a gap beyond
/// the stop is filled at the open, and one beyond the target at the target only: what the candle does not tell is taken for the worse.
/// Pure and thread-safe.
/// </summary>
public static class TradeSimulation
{
    /// <summary>Trades signals.</summary>
    /// <param name="series">The candles.</param>
    /// <param name="signals">The signals to follow, in order of time: those of one strategy as a rule.</param>
    /// <param name="options">Costs, time, stop and target.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">Candles of this interval cannot tell the horizon.</exception>
    public static TradeReport Run(SeriesHistory series, IReadOnlyList<Signal> signals, TradeOptions options)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var columns = ForwardColumns.Of(options.Horizon, series.Context, series.Candles)
            ?? throw new ArgumentException($"{series.Context.Interval.Code()} candles cannot tell {options.Horizon.Code()}.", nameof(options));
        return new Account(series, options, columns).Follow(signals);
    }

    /// <summary>The money and the position while candle follows candle.</summary>
    private sealed class Account(SeriesHistory series, TradeOptions options, ForwardColumns columns)
    {
        private readonly List<Trade> trades = [];
        private readonly List<EquityPoint> equity = new(series.Candles.Length);
        private double money = 1;
        private Position? position;

        public TradeReport Follow(IReadOnlyList<Signal> signals)
        {
            var candles = series.Candles;
            var (next, wanted) = (0, (Signal?)null);
            for (var row = 0; row < candles.Length; row++)
            {
                if (position is { } held && held.LastRow < row)
                {
                    Close(row, candles[row].Open, TradeExit.Time, isEarly: true);
                }

                if (wanted is { } signal && position is null && money > 0 && candles[row].Open > 0)
                {
                    Open(signal, row);
                }

                Watch(row);
                wanted = Decide(signals, ref next, candles[row].Time);
                equity.Add(new EquityPoint(candles[row].Time, position is null ? money : Worth(candles[row].Close)));
            }

            if (position is not null)
            {
                Close(candles.Length - 1, candles[^1].Close, TradeExit.EndOfData, isEarly: false);
                equity[^1] = new EquityPoint(candles[^1].Time, money);
            }

            var hold = candles.Length > 0 && candles[0].Close > 0 ? (candles[^1].Close / candles[0].Close) - 1 : double.NaN;
            return new TradeReport(series.Symbol, trades, equity, hold);
        }

        // What the signals of a candle say together.
        private static Signal? Decide(IReadOnlyList<Signal> signals, ref int next, long time)
        {
            var (sum, first) = (0, -1);
            for (; next < signals.Count && signals[next].Time <= time; next++)
            {
                if (signals[next].Time == time)
                {
                    sum += (int)signals[next].Direction;
                    first = first < 0 ? next : first;
                }
            }

            for (var i = Math.Max(first, 0); i < next && sum != 0; i++)
            {
                if (Math.Sign(sum) == (int)signals[i].Direction)
                {
                    return signals[i];
                }
            }

            return null;
        }

        private void Open(Signal signal, int row)
        {
            var sign = (int)signal.Direction;
            var price = series.Candles[row].Open * (1 + (sign * options.Slippage));

            // The last candle of the time: closed at the open after it. −1 where the series ends before.
            var last = columns.Exit(row - 1);
            position = new Position(signal, sign, row, last < 0 ? int.MaxValue : last, price);
        }

        private void Watch(int row)
        {
            if (position is not { } p)
            {
                return;
            }

            ref readonly var candle = ref series.Candles[row];
            var (against, with) = p.Sign > 0 ? (candle.Low, candle.High) : (candle.High, candle.Low);
            if (options.Stop is { } stop)
            {
                var level = p.Price * (1 - (p.Sign * stop));
                if (p.Sign * (candle.Open - level) <= 0 && row > p.Row)
                {
                    Close(row, candle.Open, TradeExit.Stop, isEarly: false);
                    return;
                }

                if (p.Sign * (against - level) <= 0)
                {
                    Close(row, level, TradeExit.Stop, isEarly: false);
                    return;
                }
            }

            if (options.Target is { } target && p.Price * (1 + (p.Sign * target)) is var goal && p.Sign * (with - goal) >= 0)
            {
                Close(row, goal, TradeExit.Target, isEarly: false);
            }
        }

        // Early: at the open, so that the candle of the exit is none in which the position was open.
        private void Close(int row, double price, TradeExit why, bool isEarly)
        {
            var p = position!;
            var fill = price * (1 - (p.Sign * options.Slippage));
            var result = Result(p, fill);
            trades.Add(new Trade(
                series.Symbol, p.Signal.Strategy, p.Signal.Direction, p.Signal.Time, series.Candles[p.Row].Time, p.Price, series.Candles[row].Time,
                fill, why, result, row - p.Row + (isEarly ? 0 : 1)));
            money = Math.Max(0, money * (1 + result));
            position = null;
        }

        private double Result(Position p, double fill) =>
            (p.Sign * ((fill / p.Price) - 1)) - (options.Commission * (1 + Math.Abs(fill / p.Price)));

        // As if it were sold at the close, at no more cost than the entry had.
        private double Worth(double close) =>
            Math.Max(0, money * (1 + (position!.Sign * ((close / position.Price) - 1)) - options.Commission));
    }

    private sealed record Position(Signal Signal, int Sign, int Row, int LastRow, double Price);
}
