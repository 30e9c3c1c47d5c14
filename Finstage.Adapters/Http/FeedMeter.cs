using System.Diagnostics.Metrics;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Http;

/// <summary>The meter <c>Finstage.Feeds</c>: how long a host took to answer, and how it went. Thread-safe.</summary>
internal static class FeedMeter
{
    private static readonly Meter Meter = new("Finstage.Feeds");

    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>(
        "finstage.feed.duration", "s", "How long one question to a feed took, by host and outcome: ok, or why there was no answer.");

    /// <summary>Measures one question.</summary>
    /// <param name="host">Who was asked.</param>
    /// <param name="fault">Why there was no answer; null when there was one.</param>
    /// <param name="duration">How long it took.</param>
    public static void Asked(string host, FeedFault? fault, TimeSpan duration) => Durations.Record(
        duration.TotalSeconds, KeyValuePair.Create<string, object?>("host", host),
        KeyValuePair.Create<string, object?>("outcome", fault is null ? "ok" : System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.Value.ToString())));
}
