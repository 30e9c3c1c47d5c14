using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Finstage.Silo.Metrics;

/// <summary>
/// Adds up what the program's meters measure, from its creation on: sums of counters, the last value of gauges, buckets of histograms.
/// Each instrument keeps a bounded number of label sets; what is beyond goes into one of its own. Thread-safe.
/// </summary>
internal sealed class MetricsCollector : IDisposable
{
    /// <summary>The label sets that one instrument keeps.</summary>
    public const int MaxSeries = 500;

    // Seconds: from a look into memory to a job.
    private static readonly double[] DefaultBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<Instrument, Family> families = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="meters">Whether a meter of this name is listened to.</param>
    public MetricsCollector(Func<string, bool> meters)
    {
        listener.InstrumentPublished = (instrument, me) =>
        {
            if (meters(instrument.Meter.Name))
            {
                var family = families.GetOrAdd(instrument, i => new Family(i, BucketsOf(i)));
                me.EnableMeasurementEvents(instrument, family);
            }
        };
        listener.MeasurementsCompleted = (instrument, _) => families.TryRemove(instrument, out var _);
        listener.SetMeasurementEventCallback<double>(Take);
        listener.SetMeasurementEventCallback<float>((i, value, tags, family) => Take(i, value, tags, family));
        listener.SetMeasurementEventCallback<long>((i, value, tags, family) => Take(i, value, tags, family));
        listener.SetMeasurementEventCallback<int>((i, value, tags, family) => Take(i, value, tags, family));
        listener.SetMeasurementEventCallback<short>((i, value, tags, family) => Take(i, value, tags, family));
        listener.SetMeasurementEventCallback<byte>((i, value, tags, family) => Take(i, value, tags, family));
        listener.SetMeasurementEventCallback<decimal>((i, value, tags, family) => Take(i, (double)value, tags, family));
        listener.Start();
    }

    /// <summary>Asks what is only measured when asked, and gives everything, in the order of the names.</summary>
    public IReadOnlyList<MetricFamily> Collect()
    {
        listener.RecordObservableInstruments();
        return [.. families.Values.Select(f => f.Read()).OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    public void Dispose() => listener.Dispose();

    private static void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? family) =>
        ((Family)family!).Take(value, tags);

    private static double[] BucketsOf(Instrument instrument) =>
        instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { Count: > 0 } advised } ? [.. advised] : DefaultBuckets;

    /// <summary>One instrument's series.</summary>
    private sealed class Family(Instrument instrument, double[] buckets)
    {
        private readonly Lock gate = new();
        private readonly Dictionary<string, Series> series = new(StringComparer.Ordinal);
        private readonly MetricKind kind = KindOf(instrument);

        // An observed counter tells its whole sum each time.
        private readonly bool isObserved = instrument.IsObservable;

        public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var labels = Labels(tags);
            lock (gate)
            {
                if (!series.TryGetValue(PrometheusText.Labels(labels), out var one))
                {
                    labels = series.Count < MaxSeries ? labels : [new("overflow", "true")];
                    one = Of(labels);
                }

                switch (kind)
                {
                    case MetricKind.Histogram:
                        one.Record(value, buckets);
                        break;
                    case MetricKind.Gauge:
                        one.Value = instrument.IsObservable || instrument.GetType().Name.StartsWith("Gauge", StringComparison.Ordinal) ? value : one.Value + value;
                        break;
                    default:
                        one.Value = isObserved ? value : one.Value + value;
                        break;
                }
            }
        }

        public MetricFamily Read()
        {
            lock (gate)
            {
                return new MetricFamily(
                    instrument.Name, kind, instrument.Unit, instrument.Description,
                    [.. series.Values.Select(s => new MetricSeries(s.Labels, s.Value, s.Count, kind == MetricKind.Histogram ? buckets : [], [.. s.Buckets]))]);
            }
        }

        private static MetricKind KindOf(Instrument instrument)
        {
            var type = instrument.GetType().Name;
            return type.StartsWith("Histogram", StringComparison.Ordinal) ? MetricKind.Histogram
                : type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal) ? MetricKind.Counter
                : MetricKind.Gauge;
        }

        private static KeyValuePair<string, string>[] Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var labels = new KeyValuePair<string, string>[tags.Length];
            for (var i = 0; i < tags.Length; i++)
            {
                labels[i] = new(tags[i].Key, Convert.ToString(tags[i].Value, System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty);
            }

            return labels;
        }

        private Series Of(KeyValuePair<string, string>[] labels)
        {
            var key = PrometheusText.Labels(labels);
            if (!series.TryGetValue(key, out var one))
            {
                series[key] = one = new Series(labels, kind == MetricKind.Histogram ? buckets.Length + 1 : 0);
            }

            return one;
        }
    }

    private sealed class Series(KeyValuePair<string, string>[] labels, int buckets)
    {
        public KeyValuePair<string, string>[] Labels { get; } = labels;

        public double Value { get; set; }

        public long Count { get; private set; }

        public long[] Buckets { get; } = new long[buckets];

        public void Record(double value, double[] bounds)
        {
            Value += value;
            Count++;
            var i = 0;
            while (i < bounds.Length && value > bounds[i])
            {
                i++;
            }

            Buckets[i]++;
        }
    }
}

/// <summary>What kind of measure something is.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>An instrument and its series.</summary>
/// <param name="Name">Its name, with dots.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Unit">Its unit in UCUM's words, or null.</param>
/// <param name="Help">What it measures, or null.</param>
/// <param name="Series">Its series.</param>
internal sealed record MetricFamily(string Name, MetricKind Kind, string? Unit, string? Help, IReadOnlyList<MetricSeries> Series);

/// <summary>One series.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">Its value, or the sum of what a histogram took.</param>
/// <param name="Count">How many a histogram took.</param>
/// <param name="Bounds">The upper ends of a histogram's buckets.</param>
/// <param name="Buckets">How many fell into each, the last beyond all.</param>
internal sealed record MetricSeries(
    IReadOnlyList<KeyValuePair<string, string>> Labels, double Value, long Count, IReadOnlyList<double> Bounds, IReadOnlyList<long> Buckets)
{
    /// <summary>A single value.</summary>
    public static MetricSeries Of(double value, params KeyValuePair<string, string>[] labels) => new(labels, value, 0, [], []);
}
