using Finstage.Adapters.Http;
using Finstage.Silo.Metrics;

namespace Finstage.Silo.Tests.Metrics;

public sealed class GrainTurnsTests
{
    private static readonly KeyValuePair<string, string> Symbol = new("kind", "Symbol");

    [Fact]
    public void Of_EverythingMeasured_IsOneRowForEachKind()
    {
        var rows = GrainTurns.Of(
        [
            Family("grains", MetricSeries.Of(55, Symbol), MetricSeries.Of(1, new KeyValuePair<string, string>("kind", "Job"))),
            Family("queue", MetricSeries.Of(7, Symbol)),
            Family("queue.longest", MetricSeries.Of(3, Symbol)),
            Family("turns", MetricSeries.Of(98, Symbol, new("outcome", "ok")), MetricSeries.Of(2, Symbol, new("outcome", "failed"))),

            // 90 within 1 ms, 10 between 1 and 10 ms, 0.2 s together: the 99th of 100 lies nine tenths into the second bucket.
            Family("turn.duration", new MetricSeries([Symbol], 0.2, 100, [0.001, 0.01], [90, 10, 0])),
            new MetricFamily("finstage.candles", MetricKind.Gauge, null, null, [MetricSeries.Of(1, Symbol)]),
        ]);

        Assert.Equal([new GrainKindDto("Job", 1, null, null, 0, 0, 0, 0), new GrainKindDto("Symbol", 55, 7, 3, 100, 2, 2, 9.1)], rows);
    }

    [Fact]
    public void Of_TurnsBeyondEveryBound_GivesTheLastBound()
    {
        var rows = GrainTurns.Of([Family("turns", MetricSeries.Of(2, Symbol)), Family("turn.duration", new MetricSeries([Symbol], 8, 2, [0.001, 0.01], [0, 0, 2]))]);

        Assert.Equal([new GrainKindDto("Symbol", 0, null, null, 2, 0, 4_000, 10)], rows);
    }

    [Fact]
    public void Of_NothingMeasured_IsEmpty() => Assert.Empty(GrainTurns.Of([]));

    private static MetricFamily Family(string name, params MetricSeries[] series) =>
        new($"finstage.hosting.{name}", MetricKind.Gauge, null, null, series);
}
