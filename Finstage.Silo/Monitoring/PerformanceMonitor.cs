using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Finstage.Grains.Monitoring;

namespace Finstage.Silo.Monitoring;

/// <summary>How the runs of one operation went, since the program started.</summary>
/// <param name="Operation">What it is: <c>job</c>, <c>feed</c>, <c>database</c>, <c>activation</c>.</param>
/// <param name="Subject">Of what, such as the job's name.</param>
/// <param name="Count">How many ended.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Total">Their durations, added up.</param>
/// <param name="Min">The shortest.</param>
/// <param name="Max">The longest.</param>
/// <param name="Last">The last.</param>
internal sealed record OperationStatistics(
    string Operation, string Subject, long Count, long Failed, TimeSpan Total, TimeSpan Min, TimeSpan Max, TimeSpan Last)
{
    /// <summary>The mean duration.</summary>
    public TimeSpan Average => Count == 0 ? TimeSpan.Zero : Total / Count;
}

/// <summary>
/// Listens to the histograms of durations and keeps count, total, shortest, longest and last duration of each operation. Bounded: what
/// is new after <see cref="MaxOperations"/> operations is counted as one. Thread-safe.
/// </summary>
internal sealed class PerformanceMonitor : IDisposable
{
    /// <summary>The most operations that are told apart.</summary>
    public const int MaxOperations = 256;

    // What they measure; each has a tag for its outcome and one for its subject.
    private static readonly Dictionary<string, string> Instruments = new(StringComparer.Ordinal)
    {
        [Operations.DurationName] = string.Empty, ["finstage.database.duration"] = "database", ["finstage.feed.duration"] = "feed",
    };

    private static readonly (string Operation, string Subject) Others = ("other", "other");

    private readonly ConcurrentDictionary<(string Operation, string Subject), Tally> tallies = new();
    private readonly MeterListener listener = new();

    /// <summary>Begins to listen.</summary>
    public PerformanceMonitor()
    {
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (Instruments.TryGetValue(instrument.Name, out var operation))
            {
                to.EnableMeasurementEvents(instrument, operation);
            }
        };
        listener.SetMeasurementEventCallback<double>(Take);
        listener.Start();
    }

    /// <summary>Every operation that ended at least once, by name.</summary>
    public IReadOnlyList<OperationStatistics> Statistics =>
    [
        .. tallies.Select(t => t.Value.Read(t.Key.Operation, t.Key.Subject))
            .OrderBy(s => s.Operation, StringComparer.Ordinal).ThenBy(s => s.Subject, StringComparer.Ordinal),
    ];

    public void Dispose() => listener.Dispose();

    private void Take(Instrument instrument, double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var (operation, subject, isWell) = ((string)state!, string.Empty, true);
        foreach (var (name, value) in tags)
        {
            switch (name)
            {
                case "operation":
                    operation = value as string ?? string.Empty;
                    break;
                case "outcome":
                    isWell = value is "ok";
                    break;
                default:
                    subject = value as string ?? string.Empty;
                    break;
            }
        }

        var key = (operation, subject);
        if (!tallies.ContainsKey(key) && tallies.Count >= MaxOperations)
        {
            key = Others;
        }

        tallies.GetOrAdd(key, _ => new Tally()).Add(TimeSpan.FromSeconds(seconds), isWell);
    }

    private sealed class Tally
    {
        private readonly Lock gate = new();
        private long count;
        private long failed;
        private TimeSpan total;
        private TimeSpan min = TimeSpan.MaxValue;
        private TimeSpan max;
        private TimeSpan last;

        public void Add(TimeSpan took, bool isWell)
        {
            lock (gate)
            {
                count++;
                failed += isWell ? 0 : 1;
                total += took;
                min = took < min ? took : min;
                max = took > max ? took : max;
                last = took;
            }
        }

        public OperationStatistics Read(string operation, string subject)
        {
            lock (gate)
            {
                return new OperationStatistics(operation, subject, count, failed, total, count == 0 ? TimeSpan.Zero : min, max, last);
            }
        }
    }
}
