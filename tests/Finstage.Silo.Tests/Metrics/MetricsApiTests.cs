using System.Text.RegularExpressions;
using System.Text.Json;
using Finstage.Testing;

namespace Finstage.Silo.Tests.Metrics;

[Collection(SampleSilo.Shared)]
public sealed partial class MetricsApiTests(SampleSilo samples)
{
    [Fact]
    public async Task Metrics_AfterTheFirstStart_TellWhatIsThere()
    {
        // The demo's last alerts may still be on their way.
        var text = string.Empty;
        await samples.Silo.UntilAsync(async () => (text = await TextAsync()).Contains("finstage_outbox_waiting 0\n", StringComparison.Ordinal));

        Assert.Contains("finstage_ready 1\n", text);
        Assert.Contains("finstage_candles{interval=\"1d\"} 6365\n", text);
        Assert.Contains("finstage_job_runs_total{job_name=\"demo\"} 1\n", text);
        Assert.True(Value(text, "finstage_candles_committed_total") >= 6_365);
        Assert.True(Value(text, "finstage_database_duration_seconds_count{kind=\"write\",outcome=\"ok\"}") > 0);
        Assert.True(Value(text, "finstage_process_memory_bytes") > 10_000_000);
    }

    [Fact]
    public async Task Metrics_EveryLine_IsInTheFormat()
    {
        using var response = await samples.Silo.Http.GetAsync("/metrics");
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n');

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(string.Empty, lines[^1]);
        Assert.All(lines[..^1], line => Assert.Matches(Line(), line));
        var types = lines.Where(l => l.StartsWith("# TYPE", StringComparison.Ordinal)).ToList();
        Assert.Equal(types.Count, types.Distinct().Count());
    }

    // What panels and rules ask for must exist: the name of every metric in them is one that the silo gives or can give.
    [Theory]
    [InlineData("deploy/grafana/finstage.json")]
    [InlineData("deploy/prometheus/finstage.rules.yml")]
    public async Task Dashboard_AndRules_AskForWhatThereIs(string file)
    {
        var text = await TextAsync();
        var asked = Name().Matches(File.ReadAllText(Path.Combine(Repository.Root, file))).Select(m => m.Value).Distinct().ToList();

        Assert.True(asked.Count > 8);
        Assert.Equal([], asked.Where(name => !text.Contains($"\n{name}", StringComparison.Ordinal) && !text.Contains($"# TYPE {name} ", StringComparison.Ordinal)
            && !name.StartsWith("finstage_feed_duration", StringComparison.Ordinal) && !name.StartsWith("finstage_hosting", StringComparison.Ordinal)));
        if (file.EndsWith(".json", StringComparison.Ordinal))
        {
            using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, file)));
        }
    }

    private async Task<string> TextAsync() => await samples.Silo.Http.GetStringAsync("/metrics");

    private static double Value(string text, string series) => double.Parse(
        text.Split('\n').Single(l => l.StartsWith(series + " ", StringComparison.Ordinal))[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("""^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .+|[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*")*\})? ([0-9.E+-]+|NaN|[+-]Inf))$""")]
    private static partial Regex Line();

    [GeneratedRegex(@"\b(?:finstage|http_server)_[a-z_]+(?=[{\[ )\\""])")]
    private static partial Regex Name();
}
