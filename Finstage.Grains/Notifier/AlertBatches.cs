using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Notifier;

/// <summary>When alerts go out together. Pure and thread-safe.</summary>
public static class AlertBatches
{
    /// <summary>The length of a batch's collecting time, in seconds.</summary>
    public const long PeriodSeconds = 15 * 60;

    /// <summary>The end of the quarter of an hour that a moment belongs to, Unix seconds.</summary>
    public static long EndOf(long time) => (long)(Math.Floor(time / (double)PeriodSeconds) + 1) * PeriodSeconds;

    /// <summary>
    /// The rows of batches that are complete, batch by batch, each in the order they were written. What should have gone out long ago,
    /// before quiet hours or an outage, is one batch: a digest.
    /// </summary>
    /// <param name="waiting">The chat's waiting rows.</param>
    /// <param name="liveNow">The clock, Unix seconds.</param>
    /// <param name="replayedTo">How far the replay has come, Unix seconds.</param>
    /// <param name="lateAfter">How long ago is long ago, in seconds.</param>
    public static IEnumerable<IReadOnlyList<OutboxRow>> Complete(
        IEnumerable<OutboxRow> waiting, long liveNow, long replayedTo, long lateAfter) =>
        waiting
            .Where(row => row.Alert.Delivery == AlertDelivery.Batch
                && row.Alert.DueAt <= (row.Alert.Stream == AlertStream.Replay ? replayedTo : liveNow))
            .GroupBy(row => (row.Alert.Stream, DueAt: IsLate(row, liveNow - lateAfter) ? long.MinValue : row.Alert.DueAt))
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

    /// <summary>High alerts that have waited too long for a message of their own.</summary>
    /// <param name="waiting">The chat's waiting rows.</param>
    /// <param name="before">Rows written before this moment waited too long.</param>
    public static IEnumerable<OutboxRow> Overdue(IEnumerable<OutboxRow> waiting, DateTimeOffset before) => waiting
        .Where(row => row.Alert is { Priority: AlertPriority.High, Kind: not (AlertKind.Batch or AlertKind.Report), Delivery: not AlertDelivery.Batch }
            && row.CreatedAt < before);

    private static bool IsLate(OutboxRow row, long before) => row.Alert.Stream == AlertStream.Live
        && (row.Alert.DueAt < before || (row.Alert.Priority == AlertPriority.High && row.CreatedAt.ToUnixTimeSeconds() < before));
}
