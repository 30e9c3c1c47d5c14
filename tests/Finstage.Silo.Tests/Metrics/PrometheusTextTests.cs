using Finstage.Silo.Metrics;

namespace Finstage.Silo.Tests.Metrics;

public sealed class PrometheusTextTests
{
    [Theory]
    [InlineData("finstage.hosting.turns", "Counter", "{turn}", "finstage_hosting_turns_total")]
    [InlineData("finstage.hosting.turn.duration", "Histogram", "s", "finstage_hosting_turn_duration_seconds")]
    [InlineData("finstage.process.memory", "Gauge", "By", "finstage_process_memory_bytes")]
    [InlineData("finstage.process.cpu", "Counter", "s", "finstage_process_cpu_seconds_total")]
    [InlineData("http.server.request.duration", "Histogram", "s", "http_server_request_duration_seconds")]
    [InlineData("9 lives", "Gauge", null, "_9_lives")]
    public void NameOf_AnInstrument_FollowsTheConventions(string name, string kind, string? unit, string expected) =>
        Assert.Equal(expected, PrometheusText.NameOf(new MetricFamily(name, Enum.Parse<MetricKind>(kind), unit, null, [])));

    [Fact]
    public void Write_LabelsAndHelp_AreEscaped()
    {
        var family = new MetricFamily("a", MetricKind.Gauge, null, "back\\slash\nline", [MetricSeries.Of(1.5, new KeyValuePair<string, string>("k.1", "say \"hi\"\\\n"))]);

        Assert.Equal("# HELP a back\\\\slash\\nline\n# TYPE a gauge\na{k_1=\"say \\\"hi\\\"\\\\\\n\"} 1.5\n", PrometheusText.Write([family]));
    }

    [Fact]
    public void Write_AHistogram_AddsUpItsBuckets()
    {
        var family = new MetricFamily("h", MetricKind.Histogram, "s", null, [new MetricSeries([], 3.5, 4, [1, 2], [2, 1, 1])]);

        Assert.Equal(
            "# TYPE h_seconds histogram\nh_seconds_bucket{le=\"1\"} 2\nh_seconds_bucket{le=\"2\"} 3\nh_seconds_bucket{le=\"+Inf\"} 4\nh_seconds_sum 3.5\nh_seconds_count 4\n",
            PrometheusText.Write([family]));
    }

    [Fact]
    public void Write_NumbersThatAreNone_AreWrittenAsPrometheusDoes()
    {
        var family = new MetricFamily("n", MetricKind.Gauge, null, null, [MetricSeries.Of(double.NaN), MetricSeries.Of(double.NegativeInfinity), MetricSeries.Of(1e-9)]);

        Assert.Equal("# TYPE n gauge\nn NaN\nn -Inf\nn 1E-09\n", PrometheusText.Write([family]));
    }

    [Fact]
    public void Write_TwoOfOneName_AreOneFamily()
    {
        var text = PrometheusText.Write([
            new MetricFamily("x", MetricKind.Counter, null, "one", [MetricSeries.Of(1, new KeyValuePair<string, string>("a", "1"))]),
            new MetricFamily("x", MetricKind.Counter, null, "one", [MetricSeries.Of(2, new KeyValuePair<string, string>("a", "2"))])]);

        Assert.Equal("# HELP x_total one\n# TYPE x_total counter\nx_total{a=\"1\"} 1\nx_total{a=\"2\"} 2\n", text);
    }
}
