using Finstage.Analysis.Calendars;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;

namespace Finstage.Analysis.PriceAlerts;

/// <summary>What a quote brought about.</summary>
/// <param name="State">What is remembered from now on.</param>
/// <param name="Alerts">What is new, in the order of the kinds; empty for most quotes.</param>
public sealed record PriceAlertStep(PriceAlertState State, IReadOnlyList<PriceAlert> Alerts);

/// <summary>
/// The price alerts of one symbol: a pure function of the remembered state, a quote and what it is compared with. Nothing is told twice
/// for one kind, level and trading date, however often it is asked and whenever it is restarted. Crossing means going beyond: a price
/// that equals its limit (closer than 1e-9 of its size) has not crossed it. A jump over several multiples is told once, with the furthest.
/// Immutable and thread-safe.
/// </summary>
/// <param name="thresholds">The symbol's thresholds.</param>
/// <param name="calendar">The exchange's calendar: it says which session a quote belongs to and which one precedes it.</param>
public sealed class PriceAlertRules(PriceThresholds thresholds, TradingCalendar calendar)
{
    /// <summary>A quote older than this, in seconds, is history: it is left aside and never alerts.</summary>
    public const long MaxAge = 3_600;

    /// <summary>A quote that is further ahead than this, in seconds, has a wrong time: it is left aside.</summary>
    public const long MaxLead = 300;

    /// <summary>Trading days without a new high after which the next one is told again.</summary>
    public const int QuietSessions = 5;

    /// <summary>The furthest multiple that is told apart.</summary>
    public const int MaxLevel = 1_000;

    private const int HighLevel = 2;
    private const int Half = 2;
    private const long Day = 86_400;

    /// <summary>Judges a quote.</summary>
    /// <param name="state">What was remembered after the quote before.</param>
    /// <param name="quote">The quote: a finite price, and when it was traded.</param>
    /// <param name="references">What it is compared with.</param>
    /// <param name="asOf">"Now", Unix seconds: the clock, or the replayed time.</param>
    /// <returns>
    /// The same state and no alert for a quote that is too old or ahead of time, not newer than the last, outside every session, or not a number.
    /// </returns>
    public PriceAlertStep Apply(PriceAlertState state, PricePoint quote, PriceReferences references, long asOf)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(references);
        var age = asOf - quote.Time;
        if (!double.IsFinite(quote.Price) || age is > MaxAge or < -MaxLead || quote.Time <= state.LastTime)
        {
            return new PriceAlertStep(state, []);
        }

        var session = calendar.DateOf(quote.Time);
        if (!calendar.IsSession(session) || session < state.Session)
        {
            return new PriceAlertStep(state, []);
        }

        var alerts = new List<PriceAlert>();
        var next = Begin(state, session, references.Version) with { LastTime = quote.Time };
        if (references.Previous is { } previous && previous.Date == calendar.PreviousSession(session))
        {
            next = JudgeDay(next, quote, previous, alerts);
            next = JudgeRange(next, quote, previous, alerts);
        }

        next = JudgeHighs(next, quote, references, alerts);
        return new PriceAlertStep(next, alerts);
    }

    // A new session forgets what was told in the last one; another version of the series forgets the highs, whose prices no longer compare.
    private static PriceAlertState Begin(PriceAlertState state, DateOnly session, int version)
    {
        if (state.Session != session)
        {
            state = state with
            {
                Session = session, RiseLevel = 0, DropLevel = 0, IsHighBroken = false, IsLowBroken = false, FallLevelsTold = [],
            };
        }

        return state.Version == version
            ? state
            : state with
            {
                Version = version, YearHigh = state.YearHigh with { Quote = null }, AllTimeHigh = state.AllTimeHigh with { Quote = null },
            };
    }

    private static PricePoint AtDate(DateOnly date, double price) => new((date.DayNumber - TradingCalendar.EpochDayNumber) * Day, price);

    private PriceAlertState JudgeDay(PriceAlertState state, PricePoint quote, SessionSummary previous, List<PriceAlert> alerts)
    {
        var reference = AtDate(previous.Date, previous.Close);
        var rise = LevelOf(Change(quote.Price, previous.Close), thresholds.Rise);
        if (rise > state.RiseLevel)
        {
            alerts.Add(Make(PriceAlertKind.DayRise, rise, rise >= HighLevel ? AlertPriority.High : AlertPriority.Medium, state, quote, reference));
            state = state with { RiseLevel = rise };
        }

        var drop = LevelOf(-Change(quote.Price, previous.Close), -thresholds.Drop);
        if (drop > state.DropLevel)
        {
            alerts.Add(Make(PriceAlertKind.DayDrop, drop, drop >= HighLevel ? AlertPriority.High : AlertPriority.Medium, state, quote, reference));
            state = state with { DropLevel = drop };
        }

        return state;
    }

    private PriceAlertState JudgeRange(PriceAlertState state, PricePoint quote, SessionSummary previous, List<PriceAlert> alerts)
    {
        if (!state.IsHighBroken && Compare.Above(quote.Price, previous.High))
        {
            alerts.Add(Make(PriceAlertKind.PreviousHighBroken, 1, AlertPriority.Low, state, quote, AtDate(previous.Date, previous.High)));
            state = state with { IsHighBroken = true };
        }

        if (!state.IsLowBroken && Compare.Below(quote.Price, previous.Low))
        {
            alerts.Add(Make(PriceAlertKind.PreviousLowBroken, 1, AlertPriority.Low, state, quote, AtDate(previous.Date, previous.Low)));
            state = state with { IsLowBroken = true };
        }

        return state;
    }

    private PriceAlertState JudgeHighs(PriceAlertState state, PricePoint quote, PriceReferences references, List<PriceAlert> alerts)
    {
        var session = state.Session!.Value;
        var isUsable = references.HighsThrough < session;
        var year = Known(isUsable ? references.YearHigh : null, state.YearHigh, references.HighsThrough);
        var ever = Known(isUsable ? EverHigh(references) : null, state.AllTimeHigh, references.HighsThrough);
        state = state with { AllTimeHigh = JudgeHigh(PriceAlertKind.AllTimeHigh, AlertPriority.High, state, state.AllTimeHigh, quote, ever, alerts) };
        state = state with { YearHigh = JudgeHigh(PriceAlertKind.YearHigh, AlertPriority.Medium, state, state.YearHigh, quote, year, alerts) };
        return year is { } high ? JudgeFall(state, quote, high.Point, references.Previous, alerts) : state;
    }

    private HighMemory JudgeHigh(
        PriceAlertKind kind, AlertPriority priority, PriceAlertState state, HighMemory memory, PricePoint quote, KnownHigh? known,
        List<PriceAlert> alerts)
    {
        if (known is not { } high || !Compare.Above(quote.Price, high.Point.Price))
        {
            return memory;
        }

        // When the last high was made is known from the quotes, or from the candle that made it.
        var session = state.Session!.Value;
        if (IsQuiet(memory.Session > high.Session ? memory.Session.Value : high.Session, session))
        {
            alerts.Add(Make(kind, 1, priority, state, quote, high.Point));
        }

        return new HighMemory { Quote = quote, Session = session };
    }

    // The highest of what the candles say and what quotes have made in sessions that these do not cover yet.
    private static KnownHigh? Known(DatedHigh? candles, HighMemory memory, DateOnly? through)
    {
        KnownHigh? known = candles is null ? null : new KnownHigh(AtDate(candles.Date, candles.Price), candles.Date);
        var isNews = memory.Quote is { } quote && (known is null || (memory.Session > through && Compare.Above(quote.Price, candles!.Price)));
        return isNews ? new KnownHigh(memory.Quote!.Value, memory.Session!.Value) : known;
    }

    // Nothing is higher than an all-time high; of two that are equal the one of the daily candles has the exacter date.
    private static DatedHigh? EverHigh(PriceReferences references) =>
        references is { AllTimeHigh: { } ever, YearHigh: { } year } && Compare.AtLeast(year.Price, ever.Price) ? year : references.AllTimeHigh;

    private bool IsQuiet(DateOnly last, DateOnly session)
    {
        for (var i = 0; i <= QuietSessions; i++)
        {
            if (last >= session)
            {
                return false;
            }

            last = calendar.NextSession(last);
        }

        return last <= session;
    }

    private PriceAlertState JudgeFall(
        PriceAlertState state, PricePoint quote, PricePoint high, SessionSummary? previous, List<PriceAlert> alerts)
    {
        high = quote.Price > high.Price ? quote : high;
        var size = -thresholds.FromHigh;
        var fall = -Change(quote.Price, high.Price);
        if (double.IsNaN(fall))
        {
            return state;
        }

        // At first sight, only what happens from the last close on is a crossing.
        var armed = state.FallLevel ?? LevelOf(previous is null ? fall : -Change(previous.Close, high.Price), size);
        while (armed > 0 && Compare.Below(fall, (armed * size) - (size / Half)))
        {
            armed--;
        }

        var level = LevelOf(fall, size);
        if (level > armed)
        {
            armed = level;
            if (!state.FallLevelsTold.Contains(level))
            {
                alerts.Add(Make(PriceAlertKind.DropFromHigh, level, AlertPriority.Medium, state, quote, high));
                state = state with { FallLevelsTold = [.. state.FallLevelsTold, level] };
            }
        }

        return state with { FallLevel = armed };
    }

    private PriceAlert Make(
        PriceAlertKind kind, int level, AlertPriority priority, PriceAlertState state, PricePoint quote, PricePoint reference)
    {
        var change = Change(quote.Price, reference.Price);
        return new PriceAlert(
            kind, level, state.Session!.Value, priority, quote, reference, double.IsFinite(change) ? change : null, thresholds.Unit);
    }

    // NaN for a percentage of a base that is not above zero: every comparison with it is false.
    private double Change(double price, double reference) => thresholds.Unit == ChangeUnit.BasisPoints
        ? (price - reference) * 100
        : reference > 0 ? ((price / reference) - 1) * 100 : double.NaN;

    // How many multiples of the size a change is beyond.
    private static int LevelOf(double change, double size)
    {
        if (!Compare.Above(change, size))
        {
            return 0;
        }

        var level = (int)Math.Min(Math.Floor(change / size), MaxLevel);
        return Compare.Above(change, level * size)
            ? level < MaxLevel && Compare.Above(change, (level + 1) * size) ? level + 1 : level
            : level - 1;
    }

    private readonly record struct KnownHigh(PricePoint Point, DateOnly Session);
}
