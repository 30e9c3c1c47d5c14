using System.Globalization;
using System.Text.Json;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Reports;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Reports;

/// <summary>Reads all that the daily report may speak of. Nothing is calculated anew that a job has calculated before. Thread-safe.</summary>
public sealed class ReportReader(
    IMarketStore market, IInsightStore insights, IBacktestStore backtests, IOutcomeStore outcomes, IReportStore reports, ReportOptions options)
{
    // The consensus looks back so far; the signals of so few candles are never more.
    private const int Candles = Consensus.Reach + 1;
    private const int MostSignals = 2_000;
    private const int MostTold = 500;

    private readonly ReportCalendar calendar = new(options.Time);

    /// <summary>The day whose report is the newest due one.</summary>
    /// <param name="at">The moment.</param>
    public DateOnly DayAt(DateTimeOffset at) => calendar.DayAt(at);

    /// <summary>Reads the facts.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="fullGlossary">Whether the glossary is told in full on other days than Mondays as well.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public async Task<ReportFacts> ReadAsync(DateTimeOffset at, bool fullGlossary, CancellationToken cancellation)
    {
        var day = DayAt(at);
        var symbols = await SymbolsAsync(cancellation);
        var clusters = await insights.ReadClustersAsync(CandleInterval.OneDay, cancellation);
        var patterns = await insights.ReadPatternsAsync(CandleInterval.OneDay, cancellation);
        return new ReportFacts
        {
            At = at,
            Day = day,
            Calendar = calendar,
            FullGlossary = fullGlossary || day.DayOfWeek == DayOfWeek.Monday,
            Symbols = symbols,
            Backtests = await BacktestsAsync(cancellation),
            Patterns = patterns?.Report,
            PatternsAt = patterns?.At,
            ClustersAt = clusters?.At,
            Clusters = clusters is null ? null : new ClusterFacts(clusters.Model, clusters.Returns, clusters.Today),
            Told = await ToldAsync(day, symbols, cancellation),
            Risk = await RiskAsync(symbols, cancellation),
        };
    }

    private async Task<IReadOnlyList<SymbolFacts>> SymbolsAsync(CancellationToken cancellation)
    {
        var known = await market.ReadSymbolsAsync(cancellation);
        var places = known.Select((symbol, place) => (symbol, place)).ToDictionary(s => s.symbol.Code, s => s);
        var facts = new List<(int Place, SymbolFacts Facts)>();
        foreach (var series in (await market.ReadSeriesAsync(null, cancellation)).Where(s => s.Interval == CandleInterval.OneDay))
        {
            var (symbol, place) = places.TryGetValue(series.Symbol, out var found)
                ? found
                : (new SymbolInfo(series.Symbol, series.Symbol, series.Symbol, SymbolCategory.Stock, string.Empty, string.Empty, Enabled: true), known.Count);
            if (symbol.Enabled && await FactsAsync(symbol, cancellation) is { } own)
            {
                facts.Add((place, own));
            }
        }

        return [.. facts.OrderBy(f => f.Place).ThenBy(f => f.Facts.Name.Code, StringComparer.Ordinal).Select(f => f.Facts)];
    }

    private async Task<SymbolFacts?> FactsAsync(SymbolInfo symbol, CancellationToken cancellation)
    {
        var candles = await market.ReadCandlesAsync(symbol.Code, CandleInterval.OneDay, long.MinValue, long.MaxValue, Candles, cancellation);
        if (candles.Length == 0)
        {
            return null;
        }

        var rows = await market.ReadSignalsAsync(
            new SignalQuery(symbol.Code, CandleInterval.OneDay, From: candles[0].Time, Limit: MostSignals), cancellation);
        var signals = rows.Select(r => r.Signal).Reverse().ToList();
        return new SymbolFacts(
            NameOf(symbol), symbol.Category, candles[^1].Time, candles[^1].Close, candles.Length > 1 ? candles[^2].Close : double.NaN,
            [.. signals.Where(s => s.Time == candles[^1].Time)], Consensus.Of(candles, signals));
    }

    private async Task<BacktestFacts?> BacktestsAsync(CancellationToken cancellation)
    {
        if (await backtests.FindAsync(CandleInterval.OneDay, cancellation) is not { } head)
        {
            return null;
        }

        var rows = await backtests.ReadRowsAsync(new BacktestQuery(CandleInterval.OneDay, Horizon: BacktestFacts.Judged), cancellation);
        return new BacktestFacts(head.At, [.. rows.Select(StrategyFigures.Of)], head.Scope.Strategies.Trials + head.Scope.Symbols.Trials);
    }

    private async Task<IReadOnlyList<ToldFacts>> ToldAsync(DateOnly day, IReadOnlyList<SymbolFacts> symbols, CancellationToken cancellation)
    {
        var (from, to) = ReportCalendar.DayBefore(day);
        var names = symbols.ToDictionary(s => s.Name.Code, s => s.Name);
        var alerts = (await reports.ReadToldAsync(from, to, MostTold, cancellation)).Where(a => a.Stream == AlertStream.Live)
            .Select(a => (a.Key, Payload: Parse(a.Payload))).Where(a => a.Payload is not null).ToList();
        var found = (await outcomes.ReadAsync([.. alerts.Select(a => KeyOf(a.Payload!)).Distinct()], cancellation)).ToLookup(o => o.Signal);
        return
        [
            .. alerts.Select(a => new ToldFacts(
                names.GetValueOrDefault(a.Payload!.Symbol) ?? new SymbolName(a.Payload.Symbol, a.Payload.Symbol, a.Payload.Symbol),
                a.Payload.Strategy, (Direction)a.Payload.Direction, a.Payload.Close, a.Key, Longest(found[KeyOf(a.Payload)]))),
        ];
    }

    // The longest horizon that has passed and can have passed by the next morning.
    private static ToldOutcome? Longest(IEnumerable<OutcomeRow> rows) =>
        rows.LastOrDefault(r => r.Horizon <= ToldFacts.Longest && r.Outcome is not null) is { Outcome: { } known } row
            ? new ToldOutcome(
                row.Horizon, known.ExitClose, known.Return,
                string.Create(CultureInfo.InvariantCulture, $"outcomes|{row.SignalId}|{row.Horizon.Code()}"))
            : null;

    private static LiveSignalKey KeyOf(SignalPayload payload) => new(
        payload.Symbol, CandleIntervals.TryParse(payload.Interval, out var interval) ? interval : CandleInterval.OneDay, payload.Strategy,
        payload.Time, (Direction)payload.Direction);

    // Neither is taken from a source that has dried up: how much the market moved years ago is no risk of today.
    private async Task<RiskFacts?> RiskAsync(IReadOnlyList<SymbolFacts> symbols, CancellationToken cancellation)
    {
        var newest = symbols.Count == 0 ? 0 : symbols.Max(s => s.LastTime);
        if (symbols.FirstOrDefault(s => s.Name.Code == RiskFacts.Vix) is { } vix && Freshness.IsCurrent(vix.LastTime, newest))
        {
            return RiskFacts.OfVix(vix.Close, vix.LastTime);
        }

        var candles = await market.ReadCandlesAsync(
            RiskFacts.Index, CandleInterval.OneDay, long.MinValue, long.MaxValue, RiskFacts.Returns + 1, cancellation);
        return candles.Length == 0 || !Freshness.IsCurrent(candles[^1].Time, newest) ? null : RiskFacts.OfReturns([.. candles.Select(c => c.Close)], candles[^1].Time);
    }

    private static SymbolName NameOf(SymbolInfo symbol) => new(symbol.Code, symbol.NameKo, symbol.NameEn);

    // What another version wrote is passed over.
    private static SignalPayload? Parse(string json)
    {
        try
        {
            return SignalPayload.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
