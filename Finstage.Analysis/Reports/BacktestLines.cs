using Finstage.Analysis.Symbols;

namespace Finstage.Analysis.Reports;

/// <summary>What strategies were worth: a block per index. Pure and thread-safe.</summary>
internal static class BacktestLines
{
    public static IEnumerable<ReportLine> Of(ReportFacts facts)
    {
        yield return DailyReport.Heading(ReportSection.Backtests, "backtests.heading");
        foreach (var line in Freshness.LateRun(ReportSection.Backtests, "backtests", facts.Backtests?.At, facts.At))
        {
            yield return line;
        }

        var indices = facts.Symbols.Where(s => s.Category == SymbolCategory.Index).ToList();
        if (indices.Count == 0)
        {
            yield return Line("backtests.noindex");
        }

        var isFirst = true;
        foreach (var index in indices)
        {
            // The first block stands right under the heading.
            yield return Line("block", index.Name) with { OpensBlock = !isFirst };
            isFirst = false;
            yield return Line(facts.IsCurrent(index) ? "index.close" : "index.close.old", new Decimals(index.Close, 2), Share.Return(index.Change), DailyReport.Date(index.LastTime)) with
            {
                Samples = 1,
                Sources = [$"candles|{index.Name.Code}|1d|{index.LastTime}"],
            };
            foreach (var line in Figures(facts.Backtests, index.Name.Code))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<ReportLine> Figures(BacktestFacts? backtests, string symbol)
    {
        if (backtests is null)
        {
            yield return Line("index.none");
            yield break;
        }

        if (backtests.BestOf(symbol) is not { } best)
        {
            yield return Line("index.thin", BacktestFacts.MinSamples);
        }
        else
        {
            yield return Of(best, "index.best", new StrategyName(best.Strategy!), best.Samples, new Phrase(best.Survives ? "luck.beaten" : "luck.not"));
            yield return double.IsNaN(best.Low)
                ? Of(best, "index.average", Share.Return(best.Average), best.Horizon, Share.Return(best.Drift), best.Samples)
                : Of(best, "index.average.interval", Share.Return(best.Average), best.Horizon, Share.Return(best.Drift), best.Samples, Share.Return(best.Low), Share.Return(best.High));
            yield return Of(best, "index.rate", new Share(best.SuccessRate), best.Samples, best.Grade);
        }

        if (backtests.Find(symbol, null) is { } all)
        {
            yield return Of(all, "index.accuracy", new Share(all.SuccessRate), all.Samples, Share.Return(all.Average));
        }
    }

    private static ReportLine Of(StrategyFigures row, string key, params IReadOnlyList<object?> values) =>
        Line(key, values) with { Samples = row.Samples, Sources = [row.Source] };

    private static ReportLine Line(string key, params IReadOnlyList<object?> values) => new(ReportSection.Backtests, key, values);
}
