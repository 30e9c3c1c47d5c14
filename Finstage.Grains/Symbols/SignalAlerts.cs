using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Symbols;

/// <summary>Which of a batch's signals are told, and when. Pure and thread-safe.</summary>
public static class SignalAlerts
{
    private const long Hour = 3_600;

    /// <summary>
    /// The alerts of a batch: none of history; live and replayed signals of medium and high priority whose candle closed within two
    /// intervals, at least an hour, of the batch's "now". In a replay each of the batch's candles has its close as its own "now", and
    /// candles outside the batch, whose signals a correction changed, are history.
    /// </summary>
    public static IReadOnlyList<Alert> Of(SymbolInfo symbol, CandleBatch batch, IEnumerable<Signal> signals)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Origin == BatchOrigin.Backfill)
        {
            return [];
        }

        var reach = Reach(batch.Interval);
        var alerts = new List<Alert>();
        foreach (var signal in signals)
        {
            var closed = batch.Interval.CloseTime(signal.Time);
            var asOf = batch.Origin == BatchOrigin.Replay ? closed : batch.AsOf;
            var isNow = batch.Origin == BatchOrigin.Replay ? Array.BinarySearch(batch.Time, signal.Time) >= 0 : asOf - closed <= reach;
            if (signal.Priority != AlertPriority.Low && isNow)
            {
                alerts.Add(Make(symbol, batch, signal, asOf));
            }
        }

        return alerts;
    }

    /// <summary>How long after its close a candle counts as closed just now, in seconds: two intervals, at least an hour.</summary>
    public static long Reach(CandleInterval interval) => Math.Max(2 * interval.Seconds(), Hour);

    private static Alert Make(SymbolInfo symbol, CandleBatch batch, Signal signal, long asOf)
    {
        var isHigh = signal.Priority == AlertPriority.High;
        return new Alert(
            $"signal|{symbol.Code}|{batch.Interval.Code()}|{signal.Strategy}|{signal.Time}|{signal.Direction}",
            AlertKind.Signal,
            symbol.Code,
            signal.Priority,
            batch.Origin == BatchOrigin.Replay ? AlertStream.Replay : AlertStream.Live,
            asOf,
            isHigh ? asOf : AlertBatches.EndOf(asOf),
            isHigh ? AlertDelivery.Undecided : AlertDelivery.Batch,
            SignalPayload.Of(symbol, batch.Interval, signal, asOf).ToJson());
    }
}
