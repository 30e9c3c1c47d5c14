using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Statistics;

namespace Finstage.Analysis.Clustering;

/// <summary>Which way prices went after a cluster's windows. The numbers are stored.</summary>
public enum ClusterDirection
{
    /// <summary>Down, and more so than the market.</summary>
    Down = -1,

    /// <summary>Neither can be told from chance.</summary>
    Neutral = 0,

    /// <summary>Up, and more so than the market.</summary>
    Up = 1,

    /// <summary>Too few windows after the fit to say anything.</summary>
    Unknown = 2,
}

/// <summary>What came after a cluster's windows, over one horizon; only of windows that ended after the fit. Immutable and thread-safe.</summary>
/// <param name="Cluster">The cluster's number.</param>
/// <param name="Horizon">The horizon.</param>
/// <param name="Returns">The returns from the window's last close on, as shares.</param>
/// <param name="Excess">The same beyond each symbol's own drift since the fit.</param>
/// <param name="Median">The median of the returns; NaN where there are none.</param>
/// <param name="UpShare">The share of returns above zero; NaN where there are none.</param>
public sealed record ClusterReturn(int Cluster, Horizon Horizon, BlockMean Returns, BlockMean Excess, double Median, double UpShare)
{
    /// <summary>How sure the intervals are.</summary>
    public const double Level = 0.95;

    /// <summary>The fewest windows that a direction is told of.</summary>
    public const int FewestWindows = 10;

    /// <summary>
    /// Up where the returns are positive and the whole interval of the excess lies above zero, down in the mirror image: a cluster
    /// that only rises with its market says nothing.
    /// </summary>
    public ClusterDirection Direction
    {
        get
        {
            var (low, high) = Excess.Interval(Level);
            return Returns.Count < FewestWindows || double.IsNaN(low) ? ClusterDirection.Unknown
                : low > 0 && Returns.Mean > 0 ? ClusterDirection.Up
                : high < 0 && Returns.Mean < 0 ? ClusterDirection.Down
                : ClusterDirection.Neutral;
        }
    }
}

/// <summary>Where a symbol stands today.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Time">Open time of its newest candle, Unix seconds.</param>
/// <param name="Place">Where its newest 20 candles belong.</param>
/// <param name="Before">The cluster of the 20 candles that ended one candle before; 0 where there was none.</param>
public sealed record ClusterToday(string Symbol, long Time, ClusterPlace Place, int Before);

/// <summary>Measures what came after the windows of clusters, and finds today's. Pure and thread-safe.</summary>
public static class ClusterReturns
{
    /// <summary>What came after the windows that ended after the fit, by cluster and horizon.</summary>
    /// <param name="model">The clusters.</param>
    /// <param name="series">The series, all of one interval, with the candles before the fit, since windows are counted from the first one.</param>
    public static IReadOnlyList<ClusterReturn> Measure(ClusterModel model, IReadOnlyList<SeriesHistory> series)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(series);
        var outcomes = series.OrderBy(s => s.Symbol, StringComparer.Ordinal).SelectMany(s => After(model, s)).ToLookup(o => (o.Cluster, o.Horizon));
        return
        [
            .. from cluster in model.Clusters
            from horizon in series.Count == 0 ? [] : Horizons.On(series[0].Context.Interval)
            select Summarise(cluster.Number, horizon, [.. outcomes[(cluster.Number, horizon)]]),
        ];
    }

    /// <summary>Where each symbol's newest 20 candles belong; a symbol with fewer, or on which nothing moves, is left out.</summary>
    /// <param name="model">The clusters.</param>
    /// <param name="series">The series.</param>
    public static IReadOnlyList<ClusterToday> Today(ClusterModel model, IReadOnlyList<SeriesHistory> series)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(series);
        var today = new List<ClusterToday>();
        foreach (var (symbol, _, candles) in series)
        {
            if (candles.Length >= WindowFeatures.Length && model.Place(candles.AsSpan(candles.Length - WindowFeatures.Length)) is { } place)
            {
                var before = candles.Length > WindowFeatures.Length
                    ? model.Place(candles.AsSpan(candles.Length - WindowFeatures.Length - 1, WindowFeatures.Length))?.Cluster ?? 0
                    : 0;
                today.Add(new ClusterToday(symbol, candles[^1].Time, place, before));
            }
        }

        return today;
    }

    private static IEnumerable<Outcome> After(ClusterModel model, SeriesHistory series)
    {
        var (_, context, candles) = series;
        var first = Array.FindIndex(candles, c => context.DateOf(c.Time) > model.Until);
        if (first < 0)
        {
            yield break;
        }

        foreach (var horizon in Horizons.On(context.Interval))
        {
            var returns = ForwardColumns.Of(horizon, context, candles)!.Returns.ToArray();
            var drift = returns.Skip(first).Where(r => !double.IsNaN(r)).DefaultIfEmpty(double.NaN).Average();
            for (var end = WindowFeatures.Length; end <= candles.Length; end += WindowFeatures.Length)
            {
                if (end > first && !double.IsNaN(returns[end - 1])
                    && model.Place(candles.AsSpan(end - WindowFeatures.Length, WindowFeatures.Length)) is { } place)
                {
                    yield return new Outcome(
                        place.Cluster, horizon, horizon.Sessions(context.Calendar), context.DateOf(candles[end - 1].Time),
                        returns[end - 1], returns[end - 1] - drift);
                }
            }
        }
    }

    private static ClusterReturn Summarise(int cluster, Horizon horizon, Outcome[] outcomes)
    {
        if (outcomes.Length == 0)
        {
            return new ClusterReturn(cluster, horizon, BlockMean.None, BlockMean.None, double.NaN, double.NaN);
        }

        var (first, last) = (outcomes.Min(o => o.Date), outcomes.Max(o => o.Date));
        var days = DateBlocks.LengthFor(outcomes.Max(o => o.Sessions));
        var (returns, excess) = (new DateBlocks(first, last, days), new DateBlocks(first, last, days));
        foreach (var outcome in outcomes)
        {
            returns.Add(outcome.Date, outcome.Return);
            excess.Add(outcome.Date, outcome.Excess);
        }

        var sorted = outcomes.Select(o => o.Return).Order().ToArray();
        return new ClusterReturn(
            cluster, horizon, returns.Mean(), excess.Mean(), Middle(sorted), (double)sorted.Count(r => r > 0) / sorted.Length);
    }

    private static double Middle(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private readonly record struct Outcome(int Cluster, Horizon Horizon, int Sessions, int Date, double Return, double Excess);
}
