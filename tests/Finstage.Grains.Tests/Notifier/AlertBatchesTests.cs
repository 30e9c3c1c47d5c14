using Finstage.Analysis.Signals;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using static Finstage.Grains.Tests.Notifier.TestAlerts;

namespace Finstage.Grains.Tests.Notifier;

public sealed class AlertBatchesTests
{
    [Theory]
    [InlineData(0, 900)]
    [InlineData(899, 900)]
    [InlineData(900, 1_800)]
    [InlineData(-1, 0)]
    [InlineData(-900, 0)]
    [InlineData(-901, -900)]
    public void EndOf_AnyMoment_IsTheQuartersEnd(long time, long expected) => Assert.Equal(expected, AlertBatches.EndOf(time));

    [Fact]
    public void Complete_RowsOfBothStreams_FollowTheirOwnTime()
    {
        OutboxRow[] rows =
        [
            Row(4, AlertStream.Live, 900), Row(3, AlertStream.Live, 1_800), Row(2, AlertStream.Replay, 900), Row(1, AlertStream.Live, 900),
            Row(5, AlertStream.Replay, 5_400), Row(6, AlertStream.Live, 900) with { Alert = Row(6, AlertStream.Live, 900).Alert with { Delivery = AlertDelivery.Alone } },
        ];

        Assert.Equal([[1, 4]], Ids(AlertBatches.Complete(rows, 900, 899, 1_800)));
        Assert.Equal([[1, 4], [3]], Ids(AlertBatches.Complete(rows, 1_800, 0, 1_800)));
        Assert.Equal([[2], [5]], Ids(AlertBatches.Complete(rows, 0, long.MaxValue, 1_800)));
        Assert.Empty(AlertBatches.Complete(rows, 0, 0, 1_800));
    }

    [Fact]
    public void Complete_LiveRowsOfLongAgo_AreOneDigest()
    {
        OutboxRow[] rows =
        [
            Row(1, AlertStream.Live, 900), Row(2, AlertStream.Live, 1_800), Row(3, AlertStream.Live, 2_700), Row(4, AlertStream.Live, 3_600),
            Row(5, AlertStream.Replay, 900), Row(6, AlertStream.Replay, 1_800),
        ];

        Assert.Equal([[1, 2], [5], [6], [3], [4]], Ids(AlertBatches.Complete(rows, 4_500, 9_000, 1_800)));
    }

    [Fact]
    public void Next_RowsThatGoAlone_IsTheMostUrgentThenTheOldest()
    {
        OutboxRow[] rows = [Alone(9, AlertPriority.Medium), Alone(5, AlertPriority.High), Alone(4, AlertPriority.High), Row(1, AlertStream.Live, 0)];

        Assert.Equal(4, AlertBatches.Next(rows).First().Id);
        Assert.Equal(9, AlertBatches.Next(rows[..1]).First().Id);
        Assert.Empty(AlertBatches.Next(rows[3..]));
    }

    [Fact]
    public void Undecided_HighRows_AreInTheOrderOfTheirTime()
    {
        OutboxRow[] rows =
        [
            Of(3, High("a", 10)), Of(2, High("b", 20)), Of(4, High("c", 10)), Of(1, Medium("d")), Of(5, High("e") with { Delivery = AlertDelivery.Alone }),
        ];

        Assert.Equal([3, 4, 2], AlertBatches.Undecided(rows).Select(r => r.Id));
    }

    private static long[][] Ids(IEnumerable<IReadOnlyList<OutboxRow>> batches) => [.. batches.Select(b => b.Select(r => r.Id).ToArray())];

    private static OutboxRow Row(long id, AlertStream stream, long due) => Of(id, Medium($"k{id}", stream: stream) with { DueAt = due });

    private static OutboxRow Alone(long id, AlertPriority priority) =>
        Of(id, High($"k{id}") with { Priority = priority, Delivery = AlertDelivery.Alone });

    private static OutboxRow Of(long id, Alert alert) =>
        new(id, "1", alert, OutboxState.Waiting, null, 0, null, null, DateTimeOffset.UnixEpoch, null);
}
