using Finstage.Analysis;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Symbols;

/// <summary>
/// One series in memory and in the store: applies batches, judges new candles, replays after a correction, and commits candles,
/// signals and alerts as one unit of work. A symbol's grain has one per interval; the console's import uses it without a grain.
/// Not thread-safe.
/// </summary>
public sealed class SeriesKeeper
{
    /// <summary>The number of newest candles kept in memory.</summary>
    public const int WindowCapacity = 2_600;

    // Replaying more than this takes longer than a turn should; it runs on the pool.
    private const int LongReplay = 20_000;

    // History is committed in parts of so many candles, so that what closes live meanwhile waits for a part and not for years.
    private const int HistoryPart = 250;

    private readonly IMarketStore store;
    private readonly TimeProvider clock;
    private readonly SymbolInfo symbol;
    private readonly CandleInterval interval;
    private readonly SeriesContext context;
    private readonly string rules;
    private readonly CandleWindow window = new(WindowCapacity);
    private SymbolEngine engine;
    private SeriesRow? row;
    private bool isLoaded;

    /// <summary>Creates the keeper of one series; nothing is read yet.</summary>
    /// <param name="store">The history.</param>
    /// <param name="clock">The clock, for the rows' creation times.</param>
    /// <param name="symbol">The symbol.</param>
    /// <param name="context">The interval and the calendar.</param>
    public SeriesKeeper(IMarketStore store, TimeProvider clock, SymbolInfo symbol, SeriesContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        this.store = store;
        this.clock = clock;
        this.symbol = symbol;
        this.context = context;
        interval = context.Interval;

        // Sessions decide what some strategies say: another calendar is another judgement.
        rules = $"{StrategyCatalog.Fingerprint(StrategyCatalog.All)}@{context.Calendar.Name}";
        engine = NewEngine();
    }

    /// <summary>The newest closed candles.</summary>
    public CandleWindow Window => window;

    /// <summary>What is stored of the series; null before its first candle.</summary>
    public SeriesView? View => row is null ? null : new SeriesView(
        interval, row.Source, row.Version, row.Candles, row.FirstTime, row.LastTime, window.Count == 0 ? double.NaN : window[window.Count - 1].Close);

    /// <summary>
    /// Reads the series and replays it from its origin, so that the engine stands where it would had it never stopped. A series that
    /// was judged by other rules is judged again.
    /// </summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        isLoaded = false;
        var stored = (await store.ReadSeriesAsync(symbol.Code, cancellation)).FirstOrDefault(s => s.Interval == interval);
        var candles = stored is null ? [] : await ReadAllAsync(cancellation);
        var (replayed, signals) = await ReplayAsync(candles);
        row = stored;
        Adopt(replayed, candles);
        if (stored is not null && stored.Rules != rules)
        {
            var (changed, superseded) = await DifferenceAsync(signals, cancellation);
            var judgedAgain = Commit(stored.Source, stored.Version, [], changed, superseded, [], Audience.EveryChat);
            await SaveAsync(judgedAgain, candles, cancellation);
        }

        isLoaded = true;
    }

    /// <summary>Applies a batch. When somebody else wrote the series meanwhile, it is read and applied once more.</summary>
    /// <returns>What it changed, and the chats that have something to be told.</returns>
    /// <exception cref="ArgumentException">The batch is for another series, not ascending, or too large.</exception>
    /// <exception cref="SeriesSourceException">The series has another source and the batch may not replace it.</exception>
    /// <exception cref="SeriesConflictException">Somebody else wrote the series twice meanwhile.</exception>
    public async Task<(ApplyResult Result, IReadOnlyList<string> Chats)> ApplyAsync(CandleBatch batch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ThrowUnlessFits(batch);
        try
        {
            return await TryApplyAsync(batch, cancellation);
        }
        catch (SeriesConflictException)
        {
            return await TryApplyAsync(batch, cancellation);
        }
    }

    private async Task<(ApplyResult Result, IReadOnlyList<string> Chats)> TryApplyAsync(CandleBatch batch, CancellationToken cancellation)
    {
        if (!isLoaded)
        {
            await LoadAsync(cancellation);
        }

        try
        {
            return await ApplyLoadedAsync(batch, cancellation);
        }
        catch
        {
            // The engine may be ahead of the store now; the next call starts from what is stored.
            isLoaded = false;
            throw;
        }
    }

    private async Task<(ApplyResult Result, IReadOnlyList<string> Chats)> ApplyLoadedAsync(CandleBatch batch, CancellationToken cancellation)
    {
        var candles = batch.ToCandles();
        if (TakesThePlace(batch))
        {
            return await RewriteAsync(batch, candles, new Changes(candles.Length, 0, 0), candles, isReplacement: true, cancellation);
        }

        var known = candles.TakeWhile(c => c.Time <= engine.LastTime).ToArray();
        var added = candles[known.Length..];
        var corrected = await FindCorrectionsAsync(known, cancellation);
        var changes = new Changes(added.Length, corrected.Count, known.Length - corrected.Count);
        if (corrected.Count > 0)
        {
            var all = Merge(await ReadAllAsync(cancellation), corrected, added);
            return await RewriteAsync(batch, [.. corrected, .. added], changes, all, isReplacement: false, cancellation);
        }

        return added.Length > 0
            ? await AppendAsync(batch, added, changes, cancellation)
            : (new ApplyResult(0, 0, changes.Duplicates, 0, 0, 0, row?.Version ?? 1), []);
    }

    /// <summary>
    /// Commits candles that come after all that are stored. Of history that is cut short, whole parts are kept, and the rest is new to
    /// the next call.
    /// </summary>
    private async Task<(ApplyResult Result, IReadOnlyList<string> Chats)> AppendAsync(
        CandleBatch batch, Candle[] added, Changes changes, CancellationToken cancellation)
    {
        var gaps = BatchGaps.Of(context, row?.LastTime, added);
        if (batch.Origin != BatchOrigin.Backfill)
        {
            var (all, chats) = await AppendPartAsync(batch, added, changes, cancellation);
            return (all with { Gaps = gaps }, chats);
        }

        var total = new ApplyResult(added.Length, 0, changes.Duplicates, 0, 0, 0, row?.Version ?? 1) { Gaps = gaps };
        foreach (var part in added.Chunk(HistoryPart))
        {
            // Nobody is told of history.
            var (result, _) = await AppendPartAsync(batch, part, changes, cancellation);
            total = total with { Signals = total.Signals + result.Signals };
        }

        return (total, []);
    }

    private async Task<(ApplyResult Result, IReadOnlyList<string> Chats)> AppendPartAsync(
        CandleBatch batch, Candle[] added, Changes changes, CancellationToken cancellation)
    {
        var signals = new List<Signal>();
        await CommitAsync(engine, added, signals);
        var commit = Commit(
            batch.Source, row?.Version ?? 1, added, signals, [], SignalAlerts.Of(symbol, batch, signals), batch.Audience);
        var result = await SaveAsync(commit, [], cancellation);
        foreach (var candle in added)
        {
            window.Add(candle);
        }

        return (changes.With(commit, result), result.Chats);
    }

    /// <summary>Commits a series that changed before its end: it is judged from its origin, and what differs is written.</summary>
    private async Task<(ApplyResult Result, IReadOnlyList<string> Chats)> RewriteAsync(
        CandleBatch batch, IReadOnlyList<Candle> changed, Changes changes, Candle[] all, bool isReplacement, CancellationToken cancellation)
    {
        var (replayed, follows) = await ReplayAsync(all);
        var (signals, superseded) = await DifferenceAsync(follows, cancellation);
        var commit = Commit(
            batch.Source, row!.Version + 1, changed, signals, superseded, SignalAlerts.Of(symbol, batch, signals), batch.Audience);
        var result = await SaveAsync(commit with { IsReplacement = isReplacement }, all, cancellation);
        Adopt(replayed, all);
        return (changes.With(commit, result), result.Chats);
    }

    /// <summary>Whether the batch takes the place of the whole series: because it says so, or because the samples give way to it.</summary>
    private bool TakesThePlace(CandleBatch batch)
    {
        if (row is null || batch.Count == 0 || (row.Source == batch.Source && !batch.Replace))
        {
            return false;
        }

        // The shipped samples give way, whole, to the first real history.
        var givesWay = row.Source == SeriesSources.Sample && batch.Origin == BatchOrigin.Backfill;
        return givesWay || batch.Replace
            ? true
            : throw new SeriesSourceException(
                $"{symbol.Code} {interval.Code()} holds candles from '{row.Source}'; candles from '{batch.Source}' would mix two sources. " +
                "Replace the series (--replace) or use another symbol name (--symbol).");
    }

    private async Task<IReadOnlyList<Candle>> FindCorrectionsAsync(Candle[] known, CancellationToken cancellation)
    {
        if (known.Length == 0)
        {
            return [];
        }

        var stored = await store.ReadCandlesAsync(symbol.Code, interval, known[0].Time, known[^1].Time, int.MaxValue, cancellation);
        var byTime = stored.ToDictionary(c => c.Time);
        return [.. known.Where(c => !byTime.TryGetValue(c.Time, out var same) || same != c)];
    }

    /// <summary>What must change in the store so that its signals are exactly the given ones.</summary>
    private async Task<(IReadOnlyList<Signal> Changed, IReadOnlyList<SignalKey> Superseded)> DifferenceAsync(
        IReadOnlyList<Signal> signals, CancellationToken cancellation)
    {
        var stored = new Dictionary<SignalKey, Signal>();
        (long, long)? before = null;
        const int page = 50_000;
        while (true)
        {
            var rows = await store.ReadSignalsAsync(new SignalQuery(symbol.Code, interval, Limit: page, Before: before), cancellation);
            foreach (var found in rows)
            {
                stored.Add(KeyOf(found.Signal), found.Signal);
            }

            if (rows.Count < page)
            {
                break;
            }

            before = (rows[^1].Signal.Time, rows[^1].Id);
        }

        var follows = signals.Select(KeyOf).ToHashSet();
        return (
            [.. signals.Where(s => !stored.TryGetValue(KeyOf(s), out var same) || same != s)],
            [.. stored.Keys.Where(key => !follows.Contains(key))]);
    }

    private async Task<(SymbolEngine Engine, IReadOnlyList<Signal> Signals)> ReplayAsync(Candle[] candles)
    {
        var fresh = NewEngine();
        var signals = new List<Signal>();
        await CommitAsync(fresh, candles, signals);
        return (fresh, signals);
    }

    private static Task CommitAsync(SymbolEngine engine, Candle[] candles, List<Signal> signals)
    {
        if (candles.Length > LongReplay)
        {
            return Task.Run(() => engine.Commit(candles, signals));
        }

        engine.Commit(candles, signals);
        return Task.CompletedTask;
    }

    private void Adopt(SymbolEngine replayed, Candle[] candles)
    {
        engine = replayed;
        window.Clear();
        foreach (ref readonly var candle in candles.AsSpan(Math.Max(0, candles.Length - WindowCapacity)))
        {
            window.Add(candle);
        }
    }

    private SeriesCommit Commit(
        string source, int version, IReadOnlyList<Candle> candles, IReadOnlyList<Signal> signals,
        IReadOnlyList<SignalKey> superseded, IReadOnlyList<Alert> alerts, Audience audience) => new(
        symbol.Code, interval, source, version, row?.Revision ?? 0, rules, candles, signals, superseded, alerts, audience, clock.GetUtcNow());

    private async Task<CommitResult> SaveAsync(SeriesCommit commit, Candle[] all, CancellationToken cancellation)
    {
        var result = await store.CommitAsync(commit, cancellation);
        var (count, first, last) = all.Length > 0
            ? (all.Length, all[0].Time, all[^1].Time)
            : ((row?.Candles ?? 0) + commit.Candles.Count, row?.FirstTime ?? commit.Candles[0].Time, commit.Candles[^1].Time);
        row = new SeriesRow(symbol.Code, interval, commit.Source, commit.Version, result.Revision, rules, count, first, last);
        return result;
    }

    private Task<Candle[]> ReadAllAsync(CancellationToken cancellation) =>
        store.ReadCandlesAsync(symbol.Code, interval, long.MinValue, long.MaxValue, int.MaxValue, cancellation);

    private SymbolEngine NewEngine() => new(context, StrategyCatalog.All);

    private void ThrowUnlessFits(CandleBatch batch)
    {
        if (batch.Symbol != symbol.Code || batch.Interval != interval)
        {
            throw new ArgumentException($"A batch for {batch.Symbol} {batch.Interval} came to {symbol.Code} {interval}.", nameof(batch));
        }

        var most = batch.Replace || batch.Origin == BatchOrigin.Backfill ? CandleBatch.MaxWhole : CandleBatch.MaxCandles;
        if (batch.Count > most)
        {
            throw new ArgumentException($"A batch like this carries at most {most} candles, not {batch.Count}.", nameof(batch));
        }

        for (var i = 1; i < batch.Count; i++)
        {
            if (batch.Time[i] <= batch.Time[i - 1])
            {
                throw new ArgumentException("The candles of a batch are strictly ascending in time.", nameof(batch));
            }
        }
    }

    private static SignalKey KeyOf(Signal signal) => new(signal.Strategy, signal.Time, signal.Direction);

    private static Candle[] Merge(IReadOnlyList<Candle> stored, IReadOnlyList<Candle> corrected, IReadOnlyList<Candle> added)
    {
        var byTime = new SortedDictionary<long, Candle>();
        foreach (var candle in stored.Concat(corrected).Concat(added))
        {
            byTime[candle.Time] = candle;
        }

        return [.. byTime.Values];
    }

    /// <summary>What a batch's candles are to the series.</summary>
    private readonly record struct Changes(int Added, int Corrected, int Duplicates)
    {
        public ApplyResult With(SeriesCommit commit, CommitResult result) => new(
            Added, Corrected, Duplicates, result.NewSignals, commit.Superseded.Count, result.NewAlerts, commit.Version);
    }
}

/// <summary>The sources a series can have.</summary>
public static class SeriesSources
{
    /// <summary>The shipped samples; they give way to the first real history.</summary>
    public const string Sample = "sample";

    /// <summary>A price file.</summary>
    public const string Csv = "csv";
}
