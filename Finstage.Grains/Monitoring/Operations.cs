using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Finstage.Grains.Monitoring;

/// <summary>
/// The meter <c>Finstage</c>: what the program measures of itself, for whoever listens. Its one histogram tells how long operations
/// took, by what they are and how they ended. The names of subjects are few and known: jobs, hosts, kinds of grains; never symbols or
/// addresses. Thread-safe.
/// </summary>
public static class Operations
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Finstage";

    /// <summary>The histogram of durations, in seconds, with the tags <c>operation</c>, <c>subject</c> and <c>outcome</c> (ok, failed).</summary>
    public const string DurationName = "finstage.operation.duration";

    /// <summary>The meter itself, for instruments of one's own.</summary>
    public static Meter Meter { get; } = new(MeterName);

    // After the meter: static members are set in the order in which they stand.
    private static readonly Histogram<double> Durations = Meter.CreateHistogram(
        DurationName, "s", "How long operations took.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600] });

    /// <summary>Tells of an operation that ended.</summary>
    /// <param name="operation">What it is: <c>job</c> or <c>activation</c>.</param>
    /// <param name="subject">Of what, such as the job's name.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="isWell">Whether it did what it should.</param>
    public static void Record(string operation, string subject, TimeSpan took, bool isWell) => Durations.Record(
        took.TotalSeconds,
        new TagList
        {
            { "operation", operation }, { "subject", subject }, { "outcome", isWell ? "ok" : "failed" },
        });

    /// <summary>Does something, and tells how long it took, however it ended.</summary>
    public static async Task<T> TimeAsync<T>(string operation, string subject, Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var (started, isWell) = (Stopwatch.GetTimestamp(), false);
        try
        {
            var result = await work();
            isWell = true;
            return result;
        }
        finally
        {
            Record(operation, subject, Stopwatch.GetElapsedTime(started), isWell);
        }
    }
}
