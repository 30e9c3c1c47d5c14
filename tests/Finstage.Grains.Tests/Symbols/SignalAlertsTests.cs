using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Grains.Symbols;
using static Finstage.Grains.Tests.Hosts.TestSeries;

namespace Finstage.Grains.Tests.Symbols;

public sealed class SignalAlertsTests
{
    private const long Minute = 60;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    // 2026-03-02 00:00 UTC, a Monday.
    private const long Open = 1_772_409_600;

    [Theory]
    [InlineData(CandleInterval.OneMinute, Hour)]
    [InlineData(CandleInterval.FifteenMinutes, Hour)]
    [InlineData(CandleInterval.ThirtyMinutes, Hour)]
    [InlineData(CandleInterval.OneHour, 2 * Hour)]
    [InlineData(CandleInterval.OneDay, 2 * Day)]
    [InlineData(CandleInterval.OneWeek, 14 * Day)]
    public void Of_Live_ReachesTwoIntervalsAndAtLeastAnHour(CandleInterval interval, long reach)
    {
        var closed = interval.CloseTime(Open);

        Assert.Single(Of(BatchOrigin.Live, interval, closed, Fired(75)));
        Assert.Single(Of(BatchOrigin.Live, interval, closed + reach, Fired(75)));
        Assert.Empty(Of(BatchOrigin.Live, interval, closed + reach + 1, Fired(75)));
    }

    [Fact]
    public void Of_Backfill_IsNothing() => Assert.Empty(Of(BatchOrigin.Backfill, CandleInterval.OneDay, Open + Day, Fired(90)));

    [Fact]
    public void Of_ReplayOfLongAgo_IsAsIfNow()
    {
        var alert = Assert.Single(Of(BatchOrigin.Replay, CandleInterval.OneDay, Open + (1_000 * Day), Fired(75)));

        Assert.Equal((AlertStream.Replay, Open + Day, Open + Day + (15 * Minute)), (alert.Stream, alert.AsOf, alert.DueAt));
    }

    [Fact]
    public void Of_ReplayOfAnotherCandle_IsNothing() =>
        Assert.Empty(Of(BatchOrigin.Replay, CandleInterval.OneDay, Open + Day, Fired(90) with { Time = Open - Day }));

    [Fact]
    public void Of_High_GoesAtOnceUndecided()
    {
        var alert = Assert.Single(Of(BatchOrigin.Live, CandleInterval.OneHour, Open + Hour + 100, Fired(80)));

        Assert.Equal(
            (AlertKind.Signal, AlertPriority.High, AlertDelivery.Undecided, Open + Hour + 100, Open + Hour + 100),
            (alert.Kind, alert.Priority, alert.Delivery, alert.AsOf, alert.DueAt));
        Assert.Equal($"signal|AAPL|1h|MA_20_BREAKOUT|{Open}|Buy", alert.Key);
        Assert.Equal(
            SignalPayload.Of(SeriesKeeperTests.Unknown, CandleInterval.OneHour, Fired(80), Open + Hour + 100).ToJson(), alert.Payload);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(79)]
    public void Of_Medium_GoesInTheBatchOfItsQuarter(int confidence)
    {
        var alert = Assert.Single(Of(BatchOrigin.Live, CandleInterval.OneHour, Open + Hour + 100, Fired(confidence)));

        Assert.Equal((AlertPriority.Medium, AlertDelivery.Batch, Open + Hour + (15 * Minute)), (alert.Priority, alert.Delivery, alert.DueAt));
    }

    [Fact]
    public void Of_Low_IsNothing() => Assert.Empty(Of(BatchOrigin.Live, CandleInterval.OneHour, Open + Hour, Fired(59)));

    [Fact]
    public void Of_CrossOf50And200_IsHighWhateverItsConfidence()
    {
        var alert = Assert.Single(Of(BatchOrigin.Live, CandleInterval.OneHour, Open + Hour, Fired(10) with { Strategy = "GOLDEN_CROSS_50_200" }));

        Assert.Equal(AlertPriority.High, alert.Priority);
    }

    private static Signal Fired(int confidence) =>
        new("MA_20_BREAKOUT", Open, Direction.Buy, confidence, 10.5, "ma-breakout.buy", new Figures(10.5, 10));

    private static IReadOnlyList<Alert> Of(BatchOrigin origin, CandleInterval interval, long asOf, Signal signal)
    {
        var batch = Batch([new Candle(Open, 10, 11, 9, 10.5, 1)], origin, interval: interval, asOf: asOf);
        return SignalAlerts.Of(SeriesKeeperTests.Unknown, batch, [signal]);
    }
}
