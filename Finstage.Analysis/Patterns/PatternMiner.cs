using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Statistics;

namespace Finstage.Analysis.Patterns;

/// <summary>
/// Looks through all history for sequences of signals and candlestick patterns after which prices did something else than usual, and
/// says which of them stand out from the number that was tried. Deterministic, whatever the number of threads and the order of the
/// series. Pure and thread-safe.
/// </summary>
public static class PatternMiner
{
    /// <summary>Finds the patterns of a set of series.</summary>
    /// <param name="series">The series, all of one interval and each symbol once, with its signals of all strategies in order of time.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Takes the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArgumentException">Signals do not belong to their series' candles, or an option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static PatternReport Find(
        IReadOnlyList<(SeriesHistory Series, IReadOnlyList<Signal> Signals)> series, PatternOptions options,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var ordered = series.Where(s => s.Series.Candles.Length > 0).OrderBy(s => s.Series.Symbol, StringComparer.Ordinal).ToArray();
        SeriesHistory[] histories = [.. ordered.Select(s => s.Series)];
        var signals = PatternEvents.OfSignals(histories, [.. ordered.Select(s => s.Signals)]);
        var candlesticks = PatternEvents.OfCandlesticks(histories);
        (PatternKind Kind, PatternEvents Events)[] kinds =
        [
            (PatternKind.Pair, signals),
            .. options.Triples ? [(PatternKind.Triple, signals)] : Array.Empty<(PatternKind, PatternEvents)>(),
            (PatternKind.Candlestick, candlesticks),
        ];
        var found = new List<(PatternCount Count, IReadOnlyList<PatternStat> Stats)>();
        foreach (var (kind, events) in kinds)
        {
            found.Add(Find(kind, events, options, cancellation));
            progress?.Report((double)found.Count / kinds.Length);
        }

        return new PatternReport(
            histories.Length, histories.Sum(h => (long)h.Candles.Length), histories.Length == 0 ? 0 : histories.Min(h => h.Candles[0].Time),
            histories.Length == 0 ? 0 : histories.Max(h => h.Candles[^1].Time), [.. found.Select(f => f.Count)], [.. found.SelectMany(f => f.Stats)]);
    }

    private static (PatternCount Count, IReadOnlyList<PatternStat> Stats) Find(
        PatternKind kind, PatternEvents events, PatternOptions options, CancellationToken cancellation)
    {
        var found = new (int Seen, List<PatternTest> Tests)[events.Types.Length];
        var threads = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellation };
        Parallel.For(0, found.Length, threads, () => new PatternScan(events, options), (last, _, scan) =>
        {
            var tests = new List<PatternTest>();
            found[last] = (scan.Run(kind, (short)last, tests, cancellation), tests);
            return scan;
        }, _ => { });
        PatternTest[] all = [.. found.SelectMany(f => f.Tests)];
        var q = FalseDiscovery.QValues([.. all.Select(t => t.PValue)]);
        var best = Enumerable.Range(0, all.Length)
            .OrderBy(i => all[i].PValue).ThenBy(i => all[i].Id).ThenBy(i => all[i].Horizon).Take(options.Kept).ToArray();
        var stats = new PatternStat[best.Length];
        Parallel.For(0, best.Length, threads, i => stats[i] = Describe(kind, events, options, all[best[i]], q[best[i]]));
        return (new PatternCount(kind, found.Sum(f => f.Seen), all.Length, q.Count(x => x <= PatternStat.Rate)), stats);
    }

    private static PatternStat Describe(PatternKind kind, PatternEvents events, PatternOptions options, PatternTest test, double q)
    {
        var direction = events.Types[test.Id.Last].Direction;
        var days = events.BlockDays[test.Horizon];
        var (returns, excess) = (new DateBlocks(events.FirstDate, events.LastDate, days), new DateBlocks(events.FirstDate, events.LastDate, days));
        var (values, symbols, lastTime) = (new List<double>(), new HashSet<int>(), long.MinValue);
        foreach (var (series, row) in new PatternPrefixes(events, test.Id.Last, options.Limit).Occurrences(test.Id))
        {
            var date = events.Dates[series][row];
            var outcome = events.Outcome(test.Horizon, series, row, direction);
            lastTime = Math.Max(lastTime, events.Series[series].Candles[row].Time);
            if (!double.IsNaN(outcome.Return))
            {
                returns.Add(date, outcome.Return);
                excess.Add(date, outcome.Excess);
                values.Add(outcome.Return);
                symbols.Add(series);
            }
        }

        values.Sort();
        PatternStep[] steps = [.. ((short[])[test.Id.First, test.Id.Middle, test.Id.Last]).Where(t => t >= 0).Select(t => events.Types[t])];
        return new PatternStat(
            kind, steps, events.Horizons[test.Horizon], returns.Mean(), excess.Mean(), values.Count(v => v > 0),
            (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2, values[^1], values[0], symbols.Count, lastTime, test.PValue, q);
    }
}
