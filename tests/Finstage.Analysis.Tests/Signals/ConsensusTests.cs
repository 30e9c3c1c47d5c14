using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Tests.Signals;

public sealed class ConsensusTests
{
    [Theory]
    [InlineData(60, ConsensusLevel.StrongBuy)] // (80 + 80 − 40) / 200 and exactly 0.6
    [InlineData(35, ConsensusLevel.Buy)]
    [InlineData(34, ConsensusLevel.WeakBuy)]
    [InlineData(15, ConsensusLevel.WeakBuy)]
    [InlineData(14, ConsensusLevel.Neutral)]
    [InlineData(0, ConsensusLevel.Neutral)]
    [InlineData(-15, ConsensusLevel.WeakSell)]
    [InlineData(-35, ConsensusLevel.Sell)]
    [InlineData(-60, ConsensusLevel.StrongSell)]
    public void Of_Score_ItsLevel(int percent, ConsensusLevel level)
    {
        // Confidences of 200 in all, of which 100 + percent buy.
        var (buy, sell) = (100 + percent, 100 - percent);
        var consensus = Consensus.Of(0,
        [
            Signal("A", 5, Direction.Buy, buy / 2), Signal("B", 5, Direction.Buy, buy - (buy / 2)),
            Signal("C", 5, Direction.Sell, sell / 2), Signal("D", 5, Direction.Sell, sell - (sell / 2)),
        ]);

        Assert.Equal(level, consensus.Level);
        Assert.Equal(percent / 100.0, consensus.Score, 12);
        Assert.Equal(0.5, consensus.Agreement);
    }

    [Fact]
    public void Of_FewerThanThree_IsNeutral()
    {
        var consensus = Consensus.Of(0, [Signal("A", 1, Direction.Buy, 80), Signal("B", 2, Direction.Buy, 80)]);

        Assert.Equal(ConsensusLevel.Neutral, consensus.Level);
        Assert.Equal((2, 0, 1.0), (consensus.Buyers, consensus.Sellers, consensus.Agreement));
        Assert.Null(Consensus.None.Agreement);
    }

    [Fact]
    public void Of_LatestSignalOfEach_Votes()
    {
        var consensus = Consensus.Of(0,
        [
            Signal("A", 1, Direction.Buy, 90), Signal("A", 4, Direction.Sell, 60),
            Signal("B", 2, Direction.Sell, 60), Signal("C", 3, Direction.Sell, 60),
        ]);

        Assert.Equal(new Consensus(ConsensusLevel.StrongSell, -1, 0, 3), consensus);
    }

    [Fact]
    public void Of_BothWaysOnTheLatestCandle_DoesNotVote()
    {
        var consensus = Consensus.Of(0,
        [
            Signal("A", 1, Direction.Buy, 90), Signal("A", 4, Direction.Buy, 60), Signal("A", 4, Direction.Sell, 60),
            Signal("B", 2, Direction.Buy, 60), Signal("C", 3, Direction.Buy, 60),
        ]);

        Assert.Equal((ConsensusLevel.Neutral, 2), (consensus.Level, consensus.Voters));
    }

    [Fact]
    public void Of_TenCandlesOld_StillVotes()
    {
        var candles = Enumerable.Range(0, 12).Select(i => new Candle(i * 60, 1, 1, 1, 1, 1)).ToArray();
        Signal[] Three(long time) => [Signal("A", time, Direction.Buy, 70), Signal("B", time, Direction.Buy, 70), Signal("C", time, Direction.Buy, 70)];

        Assert.Equal(3, Consensus.Of(candles, Three(1 * 60)).Voters);
        Assert.Equal(0, Consensus.Of(candles, Three(0)).Voters);
        Assert.Equal(Consensus.None, Consensus.Of([], []));
    }

    [Fact]
    public void Code_EveryLevel_HasOne() => Assert.Equal(
        ["STRONG_SELL", "SELL", "WEAK_SELL", "NEUTRAL", "WEAK_BUY", "BUY", "STRONG_BUY"],
        Enum.GetValues<ConsensusLevel>().OrderBy(l => (int)l).Select(l => l.Code()));

    private static Signal Signal(string strategy, long time, Direction direction, int confidence) =>
        new(strategy, time, direction, confidence, 1, "test", default);
}
