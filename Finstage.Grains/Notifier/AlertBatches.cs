using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Notifier;

/// <summary>When alerts go out together. Pure and thread-safe.</summary>
public static class AlertBatches
{
    /// <summary>The length of a batch's collecting time, in seconds.</summary>
    public const long PeriodSeconds = 15 * 60;

    /// <summary>The most alerts an hour that one symbol may send alone to one chat; what is over joins the batch.</summary>
    public const int MaxAlonePerHour = 3;

    /// <summary>The end of the quarter of an hour that a moment belongs to, Unix seconds.</summary>
    public static long EndOf(long time) => (long)(Math.Floor(time / (double)PeriodSeconds) + 1) * PeriodSeconds;

    /// <summary>The rows of batches that are complete, batch by batch, each in the order they were written.</summary>
    /// <param name="waiting">The chat's waiting rows.</param>
    /// <param name="liveNow">The clock, Unix seconds.</param>
    /// <param name="replayedTo">How far the replay has come, Unix seconds.</param>
    public static IEnumerable<IReadOnlyList<OutboxRow>> Complete(IEnumerable<OutboxRow> waiting, long liveNow, long replayedTo) =>
        waiting
            .Where(row => row.Alert.Delivery == AlertDelivery.Batch
                && row.Alert.DueAt <= (row.Alert.Stream == AlertStream.Replay ? replayedTo : liveNow))
            .GroupBy(row => (row.Alert.Stream, row.Alert.DueAt))
            .OrderBy(group => group.Key.DueAt)
            .Select(group => (IReadOnlyList<OutboxRow>)[.. group.OrderBy(row => row.Id)]);

    /// <summary>The rows to send next, in order: the most urgent, then the oldest, of those that go in a message of their own.</summary>
    public static IEnumerable<OutboxRow> Next(IEnumerable<OutboxRow> waiting) => waiting
        .Where(row => row.Alert.Delivery == AlertDelivery.Alone)
        .OrderByDescending(row => row.Alert.Priority)
        .ThenBy(row => row.Id);

    /// <summary>High alerts that are not decided yet, in the order in which they happened.</summary>
    public static IEnumerable<OutboxRow> Undecided(IEnumerable<OutboxRow> waiting) => waiting
        .Where(row => row.Alert.Delivery == AlertDelivery.Undecided && row.Alert.Priority == AlertPriority.High)
        .OrderBy(row => row.Alert.AsOf)
        .ThenBy(row => row.Id);
}
