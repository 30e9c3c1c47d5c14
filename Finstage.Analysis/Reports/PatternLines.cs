using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Patterns;

namespace Finstage.Analysis.Reports;

/// <summary>What patterns stand out of all that was tried. Pure and thread-safe.</summary>
internal static class PatternLines
{
    private const int Most = 5;

    public static IEnumerable<ReportLine> Of(ReportFacts facts)
    {
        yield return DailyReport.Heading(ReportSection.Patterns, "patterns.heading");
        if (facts.Patterns is not { } patterns)
        {
            yield return Line("patterns.none");
            yield break;
        }

        foreach (var line in Freshness.LateRun(ReportSection.Patterns, "patterns", facts.PatternsAt, facts.At))
        {
            yield return line;
        }

        if (patterns.Counts.Sum(c => c.Tested) == 0)
        {
            yield return Line("patterns.thin", patterns.Series);
            yield break;
        }

        foreach (var count in patterns.Counts)
        {
            yield return Line($"patterns.tried.{(int)count.Kind}", count.Seen, count.Tested, count.Surviving) with
            {
                Samples = count.Tested,
                Sources = ["insight_runs|patterns|1d"],
            };
        }

        var found = Found(patterns);
        foreach (var stat in found.Take(Most))
        {
            yield return Of(stat, "patterns.found");
        }

        if (found.Count == 0)
        {
            yield return Line("patterns.nothing", new Share(PatternStat.Rate, 0));
            if (patterns.Stats.MinBy(s => s.QValue) is { } nearest)
            {
                yield return Of(nearest, "patterns.nearest");
            }
        }
        else if (found.Count > Most)
        {
            yield return Line("patterns.more", found.Count - Most);
        }
    }

    /// <summary>
    /// The patterns that survive, the surest first, each at the horizon where it is surest; a sequence of three whose last two steps survive by
    /// themselves says nothing new.
    /// </summary>
    public static IReadOnlyList<PatternStat> Found(PatternReport patterns)
    {
        var surviving = patterns.Stats.Where(s => s.Survives).ToList();
        var pairs = surviving.Where(s => s.Kind == PatternKind.Pair).Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. surviving.Where(s => s.Kind != PatternKind.Triple || !pairs.Contains(string.Join('>', s.Steps.Skip(1))))
                .OrderBy(s => s.QValue).ThenBy(s => s.PValue).ThenBy(s => s.Key, StringComparer.Ordinal)
                .DistinctBy(s => s.Key),
        ];
    }

    /// <summary>A pattern with what it rests on.</summary>
    public static ReportLine Of(PatternStat stat, string key, ReportSection section = ReportSection.Patterns) => new(
        section, key, new PatternName(stat.Kind, stat.Steps), stat.Horizon, Share.Return(stat.Returns.Mean), Share.Return(stat.Excess.Mean),
        new Share((double)stat.Successes / stat.Returns.Count), stat.Returns.Count, stat.Returns.Dates, new Decimals(stat.QValue, 3), stat.Direction)
    {
        Samples = stat.Returns.Count,
        Sources = [$"pattern_stats|1d|{(int)stat.Kind}|{stat.Key}|{stat.Horizon.Code()}"],
    };

    private static ReportLine Line(string key, params IReadOnlyList<object?> values) => new(ReportSection.Patterns, key, values);
}
