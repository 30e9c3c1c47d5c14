using System.Diagnostics.Metrics;
using Finstage.Silo.Metrics;

namespace Finstage.Silo.Tests.Metrics;

public sealed class MetricsCollectorTests : IDisposable
{
    private readonly Meter meter = new($"test {Guid.NewGuid()}");
    private readonly MetricsCollector collector;

    public MetricsCollectorTests() => collector = new MetricsCollector(name => name == meter.Name);

    [Fact]
    public void Collect_ACounter_AddsUpByItsLabels()
    {
        var counter = meter.CreateCounter<long>("c");
        counter.Add(1, KeyValuePair.Create<string, object?>("a", 1));
        counter.Add(2, KeyValuePair.Create<string, object?>("a", 1));
        counter.Add(5, KeyValuePair.Create<string, object?>("a", 2));

        Assert.Equal("# TYPE c_total counter\nc_total{a=\"1\"} 3\nc_total{a=\"2\"} 5\n", Text());
    }

    [Fact]
    public void Collect_WhatIsObserved_IsAskedEachTime()
    {
        var (now, all) = (3, 10L);
        meter.CreateObservableGauge("g", () => now);
        meter.CreateObservableCounter("o", () => all);
        Text();
        (now, all) = (2, 12);

        Assert.Equal("# TYPE g gauge\ng 2\n# TYPE o_total counter\no_total 12\n", Text());
    }

    [Fact]
    public void Collect_UpDownAndGauge_HoldTheLastValue()
    {
        var (up, gauge) = (meter.CreateUpDownCounter<int>("u"), meter.CreateGauge<double>("v"));
        up.Add(3);
        up.Add(-1);
        gauge.Record(3);
        gauge.Record(0.5);

        Assert.Equal("# TYPE u gauge\nu 2\n# TYPE v gauge\nv 0.5\n", Text());
    }

    [Fact]
    public void Collect_AHistogram_UsesTheBucketsThatItsMakerAdvises()
    {
        var histogram = meter.CreateHistogram("h", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 10] });
        foreach (var value in (double[])[0.5, 1, 2, 11])
        {
            histogram.Record(value);
        }

        Assert.Equal("# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_bucket{le=\"10\"} 3\nh_bucket{le=\"+Inf\"} 4\nh_sum 14.5\nh_count 4\n", Text());
    }

    [Fact]
    public void Collect_LabelsWithoutEnd_AreBounded()
    {
        var counter = meter.CreateCounter<long>("c");
        for (var i = 0; i < MetricsCollector.MaxSeries + 100; i++)
        {
            counter.Add(1, KeyValuePair.Create<string, object?>("a", i));
        }

        var series = collector.Collect().Single().Series;

        Assert.Equal(MetricsCollector.MaxSeries + 1, series.Count);
        Assert.Equal(100, series.Single(s => s.Labels[0].Key == "overflow").Value);
    }

    [Fact]
    public void Collect_AnotherMeter_IsNotHeard()
    {
        using var other = new Meter("other");
        other.CreateCounter<long>("c").Add(1);

        Assert.Empty(collector.Collect());
    }

    public void Dispose()
    {
        collector.Dispose();
        meter.Dispose();
    }

    private string Text() => PrometheusText.Write(collector.Collect());
}
