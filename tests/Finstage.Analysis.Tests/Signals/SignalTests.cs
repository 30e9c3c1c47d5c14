using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Tests.Signals;

public sealed class SignalTests
{
    [Theory]
    [InlineData("VOLUME_SURGE", 80, AlertPriority.High)]
    [InlineData("VOLUME_SURGE", 79, AlertPriority.Medium)]
    [InlineData("VOLUME_SURGE", 60, AlertPriority.Medium)]
    [InlineData("PSAR_FLIP", 59, AlertPriority.Low)]
    [InlineData("GOLDEN_CROSS_50_200", 10, AlertPriority.High)]
    public void Priority_OfASignal_FollowsConfidenceAndTheLongCross(string strategy, int confidence, AlertPriority priority) =>
        Assert.Equal(priority, new Signal(strategy, 0, Direction.Buy, confidence, 1, "r", default).Priority);
}
