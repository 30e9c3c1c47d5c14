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

    [Fact]
    public void With_AnotherWord_IsAnotherSignal()
    {
        var signal = new Signal("PSAR_FLIP", 60, Direction.Buy, 55, 10.5, "psar-flip.buy", new Figures(10));
        var other = signal with { Strategy = "PSAR_FLIP_2", Reason = "psar-flip.sell", Direction = Direction.Sell, Confidence = 56 };

        Assert.Equal(("PSAR_FLIP", "psar-flip.buy", Direction.Buy, 55), (signal.Strategy, signal.Reason, signal.Direction, signal.Confidence));
        Assert.Equal(("PSAR_FLIP_2", "psar-flip.sell", Direction.Sell, 56), (other.Strategy, other.Reason, other.Direction, other.Confidence));
        Assert.NotEqual(signal, other);
        Assert.Equal(signal, other with { Strategy = "PSAR_FLIP", Reason = "psar-flip.buy", Direction = Direction.Buy, Confidence = 55 });
    }

    [Fact]
    public void Words_FromManyThreads_AreEachOne()
    {
        // Texts of the same looks share a place, and the letters come from different memory each time.
        string[] texts = [.. Enumerable.Range(0, 400).Select(i => $"word-{i % 20:00}-{i / 20:00}")];
        Parallel.For(0, 64, thread =>
        {
            var random = new Random(thread);
            for (var i = 0; i < 2_000; i++)
            {
                var text = texts[random.Next(texts.Length)];
                Assert.Equal(text, new Signal(new string(text), 0, Direction.Buy, 0, 0, text, default).Strategy);
                Assert.Equal(Word.Of(text), Word.Of(new string(text)));
            }
        });
        Assert.Equal(texts.Length, texts.Select(Word.Of).Distinct().Count());
    }
}
