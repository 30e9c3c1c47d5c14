using System.Collections.Concurrent;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Grains.Symbols;
using Finstage.Hosting;

namespace Finstage.Grains.Prices;

/// <summary>
/// Brings one series up to date from a feed: the whole of it at first sight and after a split, else from the first session that is
/// missing. Each step is one commit, and what is asked for follows from what is stored, so it may be cut off anywhere. Used by jobs
/// alone. Thread-safe; one series is worked on by one caller at a time.
/// </summary>
public sealed class SeriesUpdater(
    IPriceFeed feed, IMarketStore market, IHistoryStore history, HistoryOptions options, FeedWatch watch, TimeProvider clock)
{
    /// <summary>Empty answers after which a session counts as absent.</summary>
    public const int TriesMax = 2;

    /// <summary>How long after its close a session that is missing counts as an empty answer: candles may come late.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromHours(6);

    // Feeds that go back so many days refuse a question that begins a second before.
    private const long LookBackMargin = 86_400;

    private readonly ConcurrentDictionary<(string, CandleInterval), SemaphoreSlim> turns = new();

    /// <summary>The source of the feed's series.</summary>
    public string Source => feed.Source;

    /// <summary>Brings a series up to date.</summary>
    /// <param name="grains">The grains.</param>
    /// <param name="symbol">The symbol.</param>
    /// <param name="interval">The interval; the feed must serve it.</param>
    /// <param name="isLive">Whether to ask for what has closed since the last candle, even where no session is missing.</param>
    /// <param name="cancellation">Cancels it between two commits.</param>
    public async Task<SeriesUpdate> UpdateAsync(
        IGrains grains, SymbolInfo symbol, CandleInterval interval, bool isLive, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(grains);
        ArgumentNullException.ThrowIfNull(symbol);
        var turn = turns.GetOrAdd((symbol.Code, interval), _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellation);
        try
        {
            var series = await ReadAsync(symbol, interval, cancellation);
            if (series.Row is { } row && row.Source != feed.Source && row.Source != SeriesSources.Sample && !options.Replace)
            {
                return new SeriesUpdate(SeriesOutcome.OtherSource);
            }

            return series.IsNew || series.Mark is null || series.Mark.From > WantedFrom(interval)
                ? await FetchWholeAsync(grains, series, [], cancellation)
                : await FetchMissingAsync(grains, series, isLive, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Whether a daily series lacks a session that has closed, as far as its last candle tells.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="row">What is stored of its daily series, or null.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public async Task<bool> IsBehindAsync(SymbolInfo symbol, SeriesRow? row, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        if (watch.IsUnknown(feed.Source, SubjectOf(symbol, CandleInterval.OneDay)))
        {
            return false;
        }

        if (row is null || row.Source == SeriesSources.Sample)
        {
            return true;
        }

        var calendar = TradingCalendar.For(symbol.Exchange);
        var last = SessionGaps.DateOf(calendar, CandleInterval.OneDay, row.LastTime);
        var through = SessionGaps.LastClosed(calendar, Now, JobSchedule.DefaultDelay);
        return row.Source == feed.Source && last < through
            && !(await AbsentAsync(symbol.Code, CandleInterval.OneDay, cancellation)).Contains(through);
    }

    /// <summary>Whether a feed tells of a split that a stored series is not adjusted for.</summary>
    public async Task<bool> HasNewSplitAsync(
        SymbolInfo symbol, CandleInterval interval, IReadOnlyList<PriceSplit> splits, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        ArgumentNullException.ThrowIfNull(splits);
        if (splits.Count == 0)
        {
            return false;
        }

        var mark = (await history.ReadMarksAsync(symbol.Code, cancellation)).FirstOrDefault(m => m.Interval == interval);
        return mark?.Source == feed.Source && splits.Any(s => s.Time > mark.SplitTime);
    }

    /// <summary>When the whole of a series was last asked for; null when it is none of this feed's.</summary>
    public async Task<DateTimeOffset?> WholeAtAsync(SymbolInfo symbol, CandleInterval interval, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var mark = (await history.ReadMarksAsync(symbol.Code, cancellation)).FirstOrDefault(m => m.Interval == interval);
        return mark?.Source == feed.Source ? mark.WholeAt : null;
    }

    private static string SubjectOf(SymbolInfo symbol, CandleInterval interval) => $"{symbol.Code} {interval.Code()}";

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The first open time that is wanted of an interval: so many years, or what the feed has.</summary>
    private long WantedFrom(CandleInterval interval) => interval.IsIntraday()
        ? EarliestOf(interval)
        : new DateTimeOffset(clock.GetUtcNow().AddYears(-options.Years).Date, TimeSpan.Zero).ToUnixTimeSeconds();

    private long EarliestOf(CandleInterval interval) =>
        feed.LookBack(interval) is { } reach ? Now - (long)reach.TotalSeconds + LookBackMargin : long.MinValue;

    private async Task<Series> ReadAsync(SymbolInfo symbol, CandleInterval interval, CancellationToken cancellation)
    {
        var row = (await market.ReadSeriesAsync(symbol.Code, cancellation)).FirstOrDefault(s => s.Interval == interval);
        var mark = (await history.ReadMarksAsync(symbol.Code, cancellation)).FirstOrDefault(m => m.Interval == interval);
        var isOurs = row is not null && row.Source == feed.Source;
        return new Series(symbol, interval, TradingCalendar.For(symbol.Exchange), row, isOurs && mark?.Source == feed.Source ? mark : null, !isOurs);
    }

    private async Task<HashSet<DateOnly>> AbsentAsync(string symbol, CandleInterval interval, CancellationToken cancellation) =>
        [.. (await history.ReadHolesAsync(symbol, interval, cancellation)).Where(h => h.Value >= TriesMax).Select(h => h.Key)];

    private async Task<SeriesUpdate> FetchMissingAsync(IGrains grains, Series series, bool isLive, CancellationToken cancellation)
    {
        var row = series.Row!;
        var absent = await AbsentAsync(series.Symbol.Code, series.Interval, cancellation);
        var missing = (await FindMissingAsync(series, [], cancellation)).Where(date => !absent.Contains(date)).ToList();
        if (missing.Count == 0 && !isLive && !IsBehindPlainDays(series))
        {
            return new SeriesUpdate(SeriesOutcome.Complete);
        }

        var from = missing.Count == 0 ? row.LastTime
            : Math.Min(row.LastTime, SessionGaps.OpenOf(series.Calendar, series.Interval, missing[0]));
        from = Math.Max(from, EarliestOf(series.Interval));
        var asked = await AskAsync(series, from, cancellation);
        if (!asked.TryGet(out var answer, out var failure))
        {
            return new SeriesUpdate(SeriesOutcome.Failed, Failure: failure);
        }

        var splits = answer.Splits.Where(s => s.Time > series.Mark!.SplitTime).ToList();
        if (splits.Count > 0 || await HasJumpedAsync(series, answer, cancellation))
        {
            return await FetchWholeAsync(grains, series, splits, cancellation);
        }

        var applied = await ApplyAsync(grains, series, answer, answer.Closed, BatchOrigin.Live, replace: false, cancellation);
        var left = await RecordAsync(series, series.Mark!, answer.Closed, missing, cancellation);
        return new SeriesUpdate(SeriesOutcome.Updated, applied, answer, Missing: left);
    }

    /// <summary>Asks for everything that is wanted and puts it in the place of what is stored, if anything is.</summary>
    private async Task<SeriesUpdate> FetchWholeAsync(
        IGrains grains, Series series, List<PriceSplit> splits, CancellationToken cancellation)
    {
        var wanted = WantedFrom(series.Interval);
        var from = series.IsNew ? wanted : Math.Max(Math.Min(wanted, series.Row!.FirstTime), EarliestOf(series.Interval));
        var asked = await AskAsync(series, from, cancellation);
        if (!asked.TryGet(out var answer, out var failure))
        {
            return new SeriesUpdate(SeriesOutcome.Failed, Failure: failure);
        }

        var isReplaced = !series.IsNew && (splits.Count > 0 || await HasJumpedAsync(series, answer, cancellation));
        var candles = isReplaced ? await WithOlderAsync(series, answer, splits, cancellation) : answer.Closed;
        var applied = await ApplyAsync(
            grains, series, answer, candles, BatchOrigin.Backfill, isReplaced || (series.IsNew && series.Row is not null && options.Replace), cancellation);
        var split = answer.Splits.Count == 0 ? 0 : answer.Splits[^1].Time;
        var mark = new HistoryMark(
            series.Symbol.Code, series.Interval, feed.Source, Math.Min(wanted, from), Math.Max(split, series.Mark?.SplitTime ?? 0), clock.GetUtcNow());
        var missing = await FindMissingAsync(series with { Row = null }, candles, cancellation);
        var left = await RecordAsync(series, mark, candles, missing, cancellation);
        return new SeriesUpdate(SeriesOutcome.Updated, applied, answer, Missing: left, WasWhole: true);
    }

    private async Task<FeedResult<PriceHistory>> AskAsync(Series series, long from, CancellationToken cancellation)
    {
        var calendar = series.Calendar == TradingCalendar.Utc ? null : series.Calendar;
        var request = new PriceRequest(
            series.Symbol.Code, series.Interval, from, null, series.Symbol.Category.AllowsNonPositive(), calendar);
        var result = await feed.ReadAsync(request, cancellation);
        var subject = SubjectOf(series.Symbol, series.Interval);
        if (result.Failure is { } failure)
        {
            watch.Failed(feed.Source, subject, failure);
        }
        else
        {
            watch.Answered(feed.Source, subject);
        }

        return result;
    }

    private async Task<ApplyResult?> ApplyAsync(
        IGrains grains, Series series, PriceHistory answer, Candle[] candles, BatchOrigin origin, bool replace, CancellationToken cancellation)
    {
        if (candles.Length == 0)
        {
            return null;
        }

        cancellation.ThrowIfCancellationRequested();
        var batch = CandleBatch.Of(series.Symbol.Code, series.Interval, feed.Source, origin, answer.AsOf, candles, replace: replace);
        return await grains.Get<ISymbolGrain>(series.Symbol.Code).ApplyAsync(batch);
    }

    /// <summary>The sessions that have closed and that neither the store nor the candles fill.</summary>
    private async Task<IReadOnlyList<DateOnly>> FindMissingAsync(Series series, Candle[] candles, CancellationToken cancellation)
    {
        var (calendar, interval) = (series.Calendar, series.Interval);
        if (calendar == TradingCalendar.Utc || (series.Row is null && candles.Length == 0))
        {
            return [];
        }

        // What the feed no longer has is not missing; the first session may have begun before.
        var earliest = EarliestOf(interval);
        var begin = Math.Max(series.Row?.FirstTime ?? candles[0].Time, earliest);
        var first = SessionGaps.DateOf(calendar, interval, begin);
        first = begin == earliest ? calendar.NextSession(first) : first;
        var stored = series.Row is null
            ? []
            : await market.ReadCandlesAsync(series.Symbol.Code, interval, begin, long.MaxValue, int.MaxValue, cancellation);
        var all = candles.Length == 0 ? stored : Union(stored, candles);
        return SessionGaps.Find(calendar, interval, all, first, SessionGaps.LastClosed(calendar, Now, JobSchedule.DefaultDelay));
    }

    // Of an exchange whose calendar is not known only the last day is looked at.
    private bool IsBehindPlainDays(Series series) =>
        series.Calendar == TradingCalendar.Utc
        && SessionGaps.DateOf(series.Calendar, series.Interval, series.Row!.LastTime)
            < SessionGaps.LastClosed(series.Calendar, Now, JobSchedule.DefaultDelay);

    /// <summary>Counts the sessions that are missing still as asked for in vain, once they have had time to come late.</summary>
    /// <returns>How many are missing.</returns>
    private async Task<int> RecordAsync(
        Series series, HistoryMark mark, Candle[] candles, IReadOnlyList<DateOnly> missing, CancellationToken cancellation)
    {
        var left = missing.Count == 0
            ? missing
            : SessionGaps.Find(series.Calendar, series.Interval, await StoredFromAsync(series, candles, missing[0], cancellation), missing[0], missing[^1]);
        left = [.. left.Intersect(missing)];
        var overdue = left.Where(date => series.Calendar.HoursOf(date).Close + (long)Late.TotalSeconds <= Now).ToList();
        if (overdue.Count > 0 || mark != series.Mark)
        {
            await history.RecordAsync(mark, overdue, cancellation);
        }

        return left.Count;
    }

    private async Task<Candle[]> StoredFromAsync(Series series, Candle[] candles, DateOnly first, CancellationToken cancellation)
    {
        var from = SessionGaps.OpenOf(series.Calendar, series.Interval, first);
        return Union(
            await market.ReadCandlesAsync(series.Symbol.Code, series.Interval, from, long.MaxValue, int.MaxValue, cancellation),
            [.. candles.Where(c => c.Time >= from)]);
    }

    /// <summary>
    /// Whether the last stored candle comes back at quite another price: a split that the feed did not tell of, or told of before its
    /// prices followed.
    /// </summary>
    private async Task<bool> HasJumpedAsync(Series series, PriceHistory answer, CancellationToken cancellation)
    {
        const double mostDown = 0.8;
        const double mostUp = 1.25;
        if (series.Row is not { } row || row.Source != feed.Source)
        {
            return false;
        }

        var index = Array.FindIndex(answer.Closed, c => c.Time == row.LastTime);
        var stored = index < 0 ? [] : await market.ReadCandlesAsync(series.Symbol.Code, series.Interval, row.LastTime, row.LastTime, 1, cancellation);
        return stored.Length == 1 && stored[0].Close > 0 && answer.Closed[index].Close / stored[0].Close is < mostDown or > mostUp;
    }

    /// <summary>What is older than the feed goes back, at the new prices, before what the feed has: nothing that is stored is trimmed.</summary>
    private async Task<Candle[]> WithOlderAsync(
        Series series, PriceHistory answer, List<PriceSplit> splits, CancellationToken cancellation)
    {
        if (answer.Closed.Length == 0 || series.Row!.FirstTime >= answer.Closed[0].Time)
        {
            return answer.Closed;
        }

        var before = answer.Closed[0].Time - 1;
        var room = CandleBatch.MaxWhole - answer.Closed.Length;
        var older = await market.ReadCandlesAsync(series.Symbol.Code, series.Interval, long.MinValue, before, Math.Max(0, room), cancellation);
        for (var i = 0; i < older.Length; i++)
        {
            foreach (var split in splits.Where(s => s.Time > older[i].Time))
            {
                older[i] = Adjusted(older[i], split.Denominator / split.Numerator);
            }
        }

        return [.. older, .. answer.Closed];
    }

    private static Candle Adjusted(in Candle candle, double factor) => candle with
    {
        Open = candle.Open * factor,
        High = candle.High * factor,
        Low = candle.Low * factor,
        Close = candle.Close * factor,
        Volume = candle.Volume / factor,
    };

    private static Candle[] Union(Candle[] stored, Candle[] more)
    {
        var times = stored.Select(c => c.Time).ToHashSet();
        return [.. stored.Concat(more.Where(c => !times.Contains(c.Time))).OrderBy(c => c.Time)];
    }

    /// <summary>A series as it stands.</summary>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="Interval">The interval.</param>
    /// <param name="Calendar">The exchange's calendar.</param>
    /// <param name="Row">What is stored, from whatever source; or null.</param>
    /// <param name="Mark">What this feed was asked for, where the stored candles are its own; or null.</param>
    /// <param name="IsNew">Whether nothing of this feed is stored.</param>
    private sealed record Series(
        SymbolInfo Symbol, CandleInterval Interval, TradingCalendar Calendar, SeriesRow? Row, HistoryMark? Mark, bool IsNew);
}
