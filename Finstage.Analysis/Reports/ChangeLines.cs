using Finstage.Analysis.Clustering;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;

namespace Finstage.Analysis.Reports;

/// <summary>What changed on the last session, symbol by symbol: the most telling first. Pure and thread-safe.</summary>
internal static class ChangeLines
{
    private const int MostSymbols = 15;
    private const int MostSignals = 3;
    private const int MostOld = 10;

    public static IEnumerable<ReportLine> Of(ReportFacts facts)
    {
        var others = facts.Symbols.Where(s => s.Category != SymbolCategory.Index).ToList();
        if (others.Count == 0)
        {
            yield return new ReportLine(ReportSection.Backtests, "changes.nosymbols") { OpensBlock = true };
            yield break;
        }

        var old = others.Where(s => !facts.IsCurrent(s)).ToList();
        others = [.. others.Except(old)];
        var last = others.Count == 0 ? facts.Newest!.Value : others.Max(s => s.LastTime);
        yield return DailyReport.Heading(ReportSection.Backtests, "changes.heading", DailyReport.Date(last));
        var places = (facts.Clusters?.Today ?? []).ToDictionary(t => t.Symbol);
        var changed = others.Select(s => (Symbol: s, Place: places.GetValueOrDefault(s.Name.Code)))
            .Where(c => c.Symbol.Signals.Count > 0 || HasMoved(c.Symbol, c.Place))
            .OrderByDescending(c => c.Symbol.LastTime)
            .ThenByDescending(c => c.Symbol.Signals.Select(s => (int)s.Priority).DefaultIfEmpty(-1).Max())
            .ThenByDescending(c => c.Symbol.Signals.Count)
            .ThenByDescending(c => double.IsNaN(c.Symbol.Change) ? 0 : Math.Abs(c.Symbol.Change))
            .ThenBy(c => c.Symbol.Name.Code, StringComparer.Ordinal)
            .ToList();
        foreach (var (symbol, place) in changed.Take(MostSymbols))
        {
            yield return Of(symbol, place, last);
        }

        if (changed.Count > MostSymbols)
        {
            yield return Line("changes.more", changed.Count - MostSymbols);
        }

        if (others.Count > changed.Count)
        {
            yield return Line(changed.Count == 0 ? "changes.none" : "changes.rest", others.Count - changed.Count);
        }

        if (old.Count > 0)
        {
            yield return Old(old);
        }
    }

    // Whose source has dried up: nothing of it is news, but that it is missing is.
    private static ReportLine Old(List<SymbolFacts> old)
    {
        var named = old.Take(MostOld).Select(s => (object)new Phrase("change.old", s.Name, DailyReport.Date(s.LastTime))).ToList();
        if (old.Count > MostOld)
        {
            named.Add(new Phrase("change.old.more", old.Count - MostOld));
        }

        return Line("changes.old", old.Count, new Several(named)) with
        {
            Samples = old.Count,
            Sources = [.. old.Take(MostOld).Select(s => $"candles|{s.Name.Code}|1d|{s.LastTime}")],
        };
    }

    private static ReportLine Of(SymbolFacts symbol, ClusterToday? place, long last)
    {
        var what = new List<object>();
        var sources = new List<string> { $"candles|{symbol.Name.Code}|1d|{symbol.LastTime}" };
        if (symbol.LastTime != last)
        {
            what.Add(new Phrase("change.date", DailyReport.Date(symbol.LastTime)));
        }

        if (symbol.Signals.Count > 0)
        {
            var strongest = symbol.Signals.OrderByDescending(s => s.Priority).ThenByDescending(s => s.Confidence).ThenBy(s => s.Strategy, StringComparer.Ordinal).ToList();
            var named = strongest.Take(MostSignals).Select(s => (object)new Phrase("change.signal", new StrategyName(s.Strategy), s.Direction, s.Confidence));
            what.Add(new Phrase("change.signals", symbol.Signals.Count, new Several([.. named])));
            sources.AddRange(strongest.Take(MostSignals).Select(s => SignalSource(symbol.Name.Code, s)));
        }

        if (symbol.Consensus.Level != ConsensusLevel.Neutral)
        {
            what.Add(new Phrase("change.consensus", symbol.Consensus.Level, symbol.Consensus.Voters));
        }

        if (HasMoved(symbol, place))
        {
            what.Add(new Phrase("change.cluster", place!.Before, place.Place.Cluster));
            sources.Add($"cluster_today|1d|{symbol.Name.Code}");
        }

        return Line("changes.line", symbol.Name, Share.Return(symbol.Change), new Several(what, " · ")) with
        {
            Samples = symbol.Signals.Count,
            Sources = sources,
        };
    }

    /// <summary>The stored row of a signal.</summary>
    public static string SignalSource(string symbol, in Signal signal) =>
        $"signals|{symbol}|{signal.Strategy}|1d|{signal.Time}|{(int)signal.Direction}";

    // A place of another session than the symbol's last one says nothing of it.
    private static bool HasMoved(SymbolFacts symbol, ClusterToday? place) =>
        place is not null && place.Time == symbol.LastTime && place.Before != 0 && place.Before != place.Place.Cluster;

    private static ReportLine Line(string key, params IReadOnlyList<object?> values) => new(ReportSection.Backtests, key, values);
}
