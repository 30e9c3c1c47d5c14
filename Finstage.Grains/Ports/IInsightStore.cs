using Finstage.Analysis.Candles;
using Finstage.Analysis.Clustering;
using Finstage.Analysis.Patterns;

namespace Finstage.Grains.Ports;

/// <summary>
/// What looking back over all history found last: patterns and clusters. Thread-safe. Every method is one unit of work that commits or
/// rolls back whole.
/// </summary>
public interface IInsightStore
{
    /// <summary>Keeps the patterns of an interval in place of those found before.</summary>
    Task SavePatternsAsync(PatternRun run, CancellationToken cancellation);

    /// <summary>The patterns found last; null when there was no run.</summary>
    Task<PatternRun?> ReadPatternsAsync(CandleInterval interval, CancellationToken cancellation);

    /// <summary>Keeps the clusters of an interval in place of those found before.</summary>
    Task SaveClustersAsync(ClusterRun run, CancellationToken cancellation);

    /// <summary>The clusters found last; null when there was no run.</summary>
    Task<ClusterRun?> ReadClustersAsync(CandleInterval interval, CancellationToken cancellation);
}

/// <summary>Patterns, and when they were looked for.</summary>
/// <param name="Interval">The candles' interval.</param>
/// <param name="At">When the run ended.</param>
/// <param name="Report">What was found.</param>
public sealed record PatternRun(CandleInterval Interval, DateTimeOffset At, PatternReport Report);

/// <summary>Clusters, what came after them, where each symbol stands, and when they were looked for.</summary>
/// <param name="Interval">The candles' interval.</param>
/// <param name="At">When the run ended.</param>
/// <param name="Series">Series looked at.</param>
/// <param name="Candles">Their candles.</param>
/// <param name="FirstTime">Open time of the first candle, Unix seconds.</param>
/// <param name="LastTime">Open time of the last candle.</param>
/// <param name="Model">The clusters.</param>
/// <param name="Returns">What came after their windows, by cluster and horizon.</param>
/// <param name="Today">Where each symbol stands.</param>
public sealed record ClusterRun(
    CandleInterval Interval, DateTimeOffset At, int Series, long Candles, long FirstTime, long LastTime, ClusterModel Model,
    IReadOnlyList<ClusterReturn> Returns, IReadOnlyList<ClusterToday> Today);
