using Finstage.Analysis.Clustering;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Reports;

/// <summary>
/// Rules over backtests, patterns and clusters: each sentence says what speaks for something today, with the figures that it rests on.
/// What does not stand out from luck is never given as a reason. Pure and thread-safe.
/// </summary>
internal static class InsightLines
{
    private const int MostOfARule = 4;

    public static IEnumerable<ReportLine> Of(ReportFacts facts)
    {
        yield return DailyReport.Heading(ReportSection.Insights, "insights.heading");
        if (facts.Backtests is null && facts.Patterns is null && facts.Clusters is null)
        {
            yield return Line("insight.nodata");
            yield break;
        }

        List<ReportLine> edges = [.. Strategies(facts).Take(MostOfARule), .. Patterns(facts).Take(MostOfARule), .. Clusters(facts).Take(MostOfARule)];
        if (edges.Count == 0)
        {
            yield return NoEdge(facts);
        }

        foreach (var line in edges.Concat(Consensus(facts).Take(MostOfARule)).Concat(Risk(facts)))
        {
            yield return line;
        }
    }

    /// <summary>A signal of the last session by a strategy that survives the tests of luck, on its symbol or over all.</summary>
    private static IEnumerable<ReportLine> Strategies(ReportFacts facts) =>
        from symbol in facts.Symbols
        where facts.IsCurrent(symbol)
        from signal in symbol.Signals
        let row = facts.Backtests?.Find(symbol.Name.Code, signal.Strategy) is { Survives: true } own ? own
            : facts.Backtests?.Find(null, signal.Strategy) is { Survives: true } all ? all
            : null
        where row is not null
        orderby signal.Confidence descending, symbol.Name.Code, signal.Strategy
        select Line(
            row.Symbol is null ? "insight.strategy.all" : "insight.strategy.own", symbol.Name, new StrategyName(signal.Strategy), signal.Direction,
            new Share(row.SuccessRate), Share.Return(row.Average), Share.Return(row.Drift), row.Samples, row.Horizon) with
        {
            Samples = row.Samples,
            Sources = [row.Source, ChangeLines.SignalSource(symbol.Name.Code, signal)],
        };

    /// <summary>A surviving pattern whose last step stands on the newest session of all.</summary>
    private static IEnumerable<ReportLine> Patterns(ReportFacts facts) => facts.Patterns is not { } patterns || facts.Symbols.Count == 0
        ? []
        : PatternLines.Found(patterns).Where(s => s.LastTime == facts.Symbols.Max(x => x.LastTime))
            .Select(s => PatternLines.Of(s, "insight.pattern", ReportSection.Insights));

    /// <summary>A symbol that stands in a cluster after which prices went up or down, and not far outside of it.</summary>
    private static IEnumerable<ReportLine> Clusters(ReportFacts facts) => facts.Clusters is not { } clusters
        ? []
        : from symbol in facts.Symbols
          join today in clusters.Today on symbol.Name.Code equals today.Symbol
          let after = clusters.Of(today.Place.Cluster)
          where facts.IsCurrent(symbol) && !today.Place.IsFar && today.Time == symbol.LastTime && after.Direction is ClusterDirection.Up or ClusterDirection.Down
          orderby Math.Abs(after.Excess.Mean) descending, today.Place.Distance, symbol.Name.Code
          select Line(
              after.Direction == ClusterDirection.Up ? "insight.cluster.up" : "insight.cluster.down", symbol.Name, today.Place.Cluster, after.Horizon,
              Share.Return(after.Returns.Mean), Share.Return(after.Excess.Mean), after.Returns.Count) with
          {
              Samples = after.Returns.Count,
              Sources = [ClusterLines.Source(today.Place.Cluster), $"cluster_today|1d|{symbol.Name.Code}"],
          };

    /// <summary>A strong consensus, with how often signals of the symbol were right.</summary>
    private static IEnumerable<ReportLine> Consensus(ReportFacts facts) =>
        from symbol in facts.Symbols
        where facts.IsCurrent(symbol) && symbol.Consensus.Level is ConsensusLevel.StrongBuy or ConsensusLevel.StrongSell
        let row = facts.Backtests?.Find(symbol.Name.Code, null)
        orderby symbol.Consensus.Voters descending, symbol.Name.Code
        select row is null
            ? Line("insight.consensus", Voters(symbol)) with { Samples = symbol.Consensus.Voters, Sources = [$"signals|{symbol.Name.Code}|*|1d"] }
            : Line("insight.consensus.accuracy", [.. Voters(symbol), new Share(row.SuccessRate), row.Samples]) with
            {
                Samples = row.Samples,
                Sources = [row.Source, $"signals|{symbol.Name.Code}|*|1d"],
            };

    private static object?[] Voters(SymbolFacts symbol) =>
        [symbol.Name, symbol.Consensus.Level, symbol.Consensus.Voters, new Share(symbol.Consensus.Agreement ?? double.NaN, 0)];

    private static IEnumerable<ReportLine> Risk(ReportFacts facts) => facts.Risk is not { } risk
        ? []
        : [Line($"insight.risk.{(int)risk.Level}", SummaryLines.RiskPhrase(risk)) with { Samples = risk.Samples, Sources = [SummaryLines.RiskSource(risk)] }];

    private static ReportLine NoEdge(ReportFacts facts)
    {
        var tests = (facts.Backtests?.Trials ?? 0) + (facts.Patterns?.Counts.Sum(c => c.Tested) ?? 0);
        return Line("insight.noedge", tests) with { Samples = tests, Sources = ["backtest_stats|1d", "insight_runs|patterns|1d", "cluster_returns|1d"] };
    }

    private static ReportLine Line(string key, params IReadOnlyList<object?> values) => new(ReportSection.Insights, key, values);
}
