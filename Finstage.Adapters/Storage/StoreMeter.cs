using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Finstage.Adapters.Storage;

/// <summary>The meter <c>Finstage.Storage</c>: how long work on the database takes, and what is committed. Thread-safe.</summary>
internal static class StoreMeter
{
    private static readonly Meter Meter = new("Finstage.Storage");

    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>(
        "finstage.database.duration", "s", "How long a unit of work on the database took, waiting included.");

    private static readonly Counter<long> Candles = Meter.CreateCounter<long>("finstage.candles.committed", "{candle}", "Candles committed, corrections included.");

    private static readonly Counter<long> Signals = Meter.CreateCounter<long>("finstage.signals.committed", "{signal}", "Signals committed that were not stored before.");

    private static readonly Counter<long> Alerts = Meter.CreateCounter<long>("finstage.alerts.written", "{row}", "Outbox rows written with signals and prices, over all chats.");

    /// <summary>Counts a commit.</summary>
    public static void Committed(int candles, int signals, int alerts)
    {
        Candles.Add(candles);
        Signals.Add(signals);
        Alerts.Add(alerts);
    }

    /// <summary>Measures a unit of work.</summary>
    public static async Task<T> MeasureAsync<T>(string kind, Func<Task<T>> work)
    {
        var started = Stopwatch.GetTimestamp();
        var isWell = false;
        try
        {
            var result = await work();
            isWell = true;
            return result;
        }
        finally
        {
            Durations.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds, KeyValuePair.Create<string, object?>("kind", kind),
                KeyValuePair.Create<string, object?>("outcome", isWell ? "ok" : "failed"));
        }
    }
}

/// <summary>A database whose work is measured.</summary>
internal sealed class MeasuredDatabase(ISqlDatabase inner) : ISqlDatabase
{
    public SqlDialect Dialect => inner.Dialect;

    public Task<T> ReadAsync<T>(Func<DbConnection, T> work, CancellationToken cancellation) =>
        StoreMeter.MeasureAsync("read", () => inner.ReadAsync(work, cancellation));

    public Task<T> WriteAsync<T>(Func<DbConnection, T> work, CancellationToken cancellation) =>
        StoreMeter.MeasureAsync("write", () => inner.WriteAsync(work, cancellation));

    public Task<T> WriteLargeAsync<T>(Func<DbConnection, T> work, CancellationToken cancellation) =>
        StoreMeter.MeasureAsync("write", () => inner.WriteLargeAsync(work, cancellation));

    public Task BackupAsync(string target, CancellationToken cancellation) => inner.BackupAsync(target, cancellation);

    public Task OptimizeAsync(CancellationToken cancellation) => inner.OptimizeAsync(cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
