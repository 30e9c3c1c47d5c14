using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Backtesting;

/// <summary>What became of one signal by a horizon's end, close to close. Shares have the signal's sign: a SELL gains where the price falls.</summary>
/// <param name="ExitTime">Open time of the candle at whose close the horizon ended, Unix seconds.</param>
/// <param name="ExitClose">That close.</param>
/// <param name="Return">The return.</param>
/// <param name="Adverse">The furthest move against the signal on the way, at most 0.</param>
/// <param name="Favourable">The furthest move in its favour, at least 0.</param>
public sealed record SignalOutcome(long ExitTime, double ExitClose, double Return, double Adverse, double Favourable);

/// <summary>Whether an outcome is known.</summary>
public enum OutcomeState
{
    /// <summary>The horizon has not passed, as far as the candles go.</summary>
    Waiting = 0,

    /// <summary>It is known.</summary>
    Known = 1,

    /// <summary>It never will be: there is no such candle, or its close is not above zero.</summary>
    Never = 2,
}

/// <summary>
/// Looks up what became of single signals, by the same columns as backtests. Not thread-safe.
/// </summary>
/// <param name="context">The interval and the calendar.</param>
/// <param name="candles">Closed candles, strictly ascending, from the first signal asked for on to the newest.</param>
public sealed class OutcomeBook(SeriesContext context, Candle[] candles)
{
    private readonly long[] times = [.. candles.Select(c => c.Time)];
    private readonly Dictionary<Horizon, ForwardColumns?> columns = [];

    /// <summary>Looks a signal up.</summary>
    /// <param name="time">Open time of its candle.</param>
    /// <param name="direction">Its direction.</param>
    /// <param name="horizon">The horizon.</param>
    /// <returns>Whether it is known, and the outcome where it is.</returns>
    public (OutcomeState State, SignalOutcome? Outcome) Find(long time, Direction direction, Horizon horizon)
    {
        var row = Array.BinarySearch(times, time);
        if (row < 0 || Of(horizon) is not { } forward)
        {
            return (OutcomeState.Never, null);
        }

        var exit = forward.Exit(row);
        if (exit < 0)
        {
            return (OutcomeState.Waiting, null);
        }

        var (sign, r) = ((int)direction, forward.Returns[row]);
        var (up, down) = (forward.Rises[row], forward.Falls[row]);
        return double.IsNaN(r)
            ? (OutcomeState.Never, null)
            : (OutcomeState.Known, new SignalOutcome(
                times[exit], candles[exit].Close, sign * r, sign > 0 ? down : 0 - up, sign > 0 ? up : 0 - down));
    }

    private ForwardColumns? Of(Horizon horizon)
    {
        if (!columns.TryGetValue(horizon, out var known))
        {
            known = ForwardColumns.Of(horizon, context, candles);
            columns.Add(horizon, known);
        }

        return known;
    }
}
