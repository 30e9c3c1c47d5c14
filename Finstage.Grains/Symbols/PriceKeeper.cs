using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.PriceAlerts;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Symbols;

/// <summary>
/// A symbol's last price and highs, in memory and in the store: judges prices by the rules of price alerts, and commits the price, what
/// is remembered and what is told as one unit of work. Not thread-safe.
/// </summary>
internal sealed class PriceKeeper(IPriceStore store, TimeProvider clock, SymbolInfo symbol)
{
    private const int YearDays = 365;
    private const long Day = 86_400;

    private readonly TradingCalendar calendar = TradingCalendar.For(symbol.Exchange);
    private PriceMemory? memory;

    private PriceThresholds Thresholds => PriceThresholds.For(symbol.Category).With(memory!.Own);

    /// <summary>Takes a price.</summary>
    /// <param name="quote">The price.</param>
    /// <param name="daily">The closed daily candles.</param>
    /// <param name="version">The version of their series.</param>
    /// <param name="cancellation">Gives up before the commit.</param>
    /// <returns>What it brought about, and the chats that have something to be told.</returns>
    public async Task<(QuoteResult Result, IReadOnlyList<string> Chats)> ApplyAsync(
        QuoteUpdate quote, CandleWindow daily, int version, CancellationToken cancellation)
    {
        var known = await LoadAsync(cancellation);
        if (!double.IsFinite(quote.Price) || quote.Time < known.Quote?.Time || quote.Time > quote.AsOf + PriceAlertRules.MaxLead)
        {
            return (new QuoteResult(0, 0), []);
        }

        var references = PriceReferencesOf(daily, calendar.DateOf(quote.Time), known.Highs, version);
        var step = new PriceAlertRules(Thresholds, calendar).Apply(
            known.State, new PricePoint(quote.Time, quote.Price), references, quote.AsOf);
        var next = new LastQuote(quote.Price, quote.Time, quote.PreviousClose ?? references.Previous?.Close);
        if (step.Alerts.Count == 0 && ReferenceEquals(step.State, known.State) && next == known.Quote)
        {
            return (new QuoteResult(0, 0), []);
        }

        try
        {
            var commit = new PriceCommit(
                symbol.Code, next, step.State, [.. step.Alerts.Select(alert => (alert, PriceAlerts.Of(symbol, alert, quote.AsOf)))],
                Audience.EveryChat, clock.GetUtcNow());
            var result = await store.CommitAsync(commit, cancellation);
            memory = known with { Quote = next, State = step.State };
            return (new QuoteResult(result.NewAlerts, result.NewRows), result.Chats);
        }
        catch
        {
            // What was stored is not known; the next price starts from it.
            memory = null;
            throw;
        }
    }

    /// <summary>Looks the highs up in the daily candles and stores them.</summary>
    public async Task<PriceView> RefreshHighsAsync(CandleWindow daily, EverHigh? ever, CancellationToken cancellation)
    {
        var known = await LoadAsync(cancellation);
        var tomorrow = calendar.DateOf(clock.GetUtcNow().ToUnixTimeSeconds()).AddDays(1);
        var highs = new PriceHighs(
            ever is null ? known.Highs?.Ever : new DatedHigh(DateOf(ever.Time), ever.Price),
            ever is null ? known.Highs?.EverAt : DateTimeOffset.FromUnixTimeMilliseconds(ever.AskedAt),
            HighOf(daily, tomorrow.AddDays(-YearDays - 1), tomorrow),
            daily.Count == 0 ? null : DateOf(daily[daily.Count - 1].Time));
        if (highs != known.Highs)
        {
            await store.PutHighsAsync(symbol.Code, highs, cancellation);
            memory = known with { Highs = highs };
        }

        return await ViewAsync(cancellation);
    }

    /// <summary>What is known of the price.</summary>
    public async Task<PriceView> ViewAsync(CancellationToken cancellation)
    {
        var known = await LoadAsync(cancellation);
        var limits = Thresholds;
        return new PriceView(
            known.Quote?.Price, known.Quote?.Time ?? 0, known.Quote?.PreviousClose, known.Highs?.Ever?.Price, TimeOf(known.Highs?.Ever),
            known.Highs?.EverAt?.ToUnixTimeMilliseconds() ?? 0, known.Highs?.Year?.Price, TimeOf(known.Highs?.Year),
            new ThresholdView(
                limits.Rise, limits.Drop, limits.FromHigh, limits.Unit == ChangeUnit.BasisPoints, known.Own?.Rise, known.Own?.Drop,
                known.Own?.FromHigh));
    }

    private async Task<PriceMemory> LoadAsync(CancellationToken cancellation) =>
        memory ??= await store.ReadAsync(symbol.Code, cancellation);

    /// <summary>History as it was before a session: its last candle, and the highs that do not cover it.</summary>
    private static PriceReferences PriceReferencesOf(CandleWindow daily, DateOnly session, PriceHighs? highs, int version)
    {
        var last = daily.Count - 1;
        while (last >= 0 && DateOf(daily[last].Time) >= session)
        {
            last--;
        }

        if (last < 0)
        {
            return new PriceReferences { Version = version };
        }

        var candle = daily[last];
        var date = DateOf(candle.Time);
        var known = HighOf(daily, DateOnly.MinValue, session);

        // What the whole history has, and what was paid since it was asked for.
        var ever = highs?.Ever is { } high && high.Date < session ? known is { } later && later.Price > high.Price ? later : high : null;
        return new PriceReferences
        {
            Previous = new SessionSummary(date, candle.High, candle.Low, candle.Close),
            YearHigh = HighOf(daily, session.AddDays(-YearDays), session),
            AllTimeHigh = ever,
            HighsThrough = date,
            Version = version,
        };
    }

    /// <summary>The highest price of the candles dated from one date up to another, which is not included.</summary>
    private static DatedHigh? HighOf(CandleWindow daily, DateOnly from, DateOnly before)
    {
        DatedHigh? high = null;
        for (var i = daily.Count - 1; i >= 0; i--)
        {
            var candle = daily[i];
            var date = DateOf(candle.Time);
            if (date < from)
            {
                break;
            }

            if (date < before && (high is null || candle.High >= high.Price))
            {
                high = new DatedHigh(date, candle.High);
            }
        }

        return high;
    }

    private static DateOnly DateOf(long time) => SessionGaps.DateOf(TradingCalendar.Utc, CandleInterval.OneDay, time);

    private static long TimeOf(DatedHigh? high) => high is null ? 0 : SessionGaps.OpenOf(TradingCalendar.Utc, CandleInterval.OneDay, high.Date);
}
