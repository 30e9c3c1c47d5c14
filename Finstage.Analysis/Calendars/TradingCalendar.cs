namespace Finstage.Analysis.Calendars;

/// <summary>
/// When an exchange trades: which session a moment belongs to, which dates are sessions, when they open and close. Dates are those of
/// the exchange's zone. Immutable and thread-safe.
/// </summary>
public abstract class TradingCalendar
{
    /// <summary>1970-01-01 counted as <see cref="DateOnly.DayNumber"/> does.</summary>
    internal const int EpochDayNumber = 719_162;

    /// <summary>Plain UTC days without holidays, each a session of 24 hours: for symbols whose exchange is unknown.</summary>
    public static TradingCalendar Utc { get; } = new UtcDays("UTC");

    /// <summary>Markets that never close, such as crypto currencies: every UTC day is a session of 24 hours.</summary>
    public static TradingCalendar Always { get; } = new UtcDays("24/7");

    /// <summary>The New York Stock Exchange.</summary>
    public static TradingCalendar Nyse { get; } = new UsEquities("NYSE");

    /// <summary>Nasdaq: the hours and holidays of the New York Stock Exchange.</summary>
    public static TradingCalendar Nasdaq { get; } = new UsEquities("NASDAQ");

    /// <summary>Index futures of the Chicago Mercantile Exchange on Globex.</summary>
    public static TradingCalendar Cme { get; } = new OvernightSessions("CME", OvernightHours.Cme);

    /// <summary>Metals of COMEX on Globex.</summary>
    public static TradingCalendar Comex { get; } = new OvernightSessions("COMEX", OvernightHours.EnergyAndMetals);

    /// <summary>Energy of NYMEX on Globex.</summary>
    public static TradingCalendar Nymex { get; } = new OvernightSessions("NYMEX", OvernightHours.EnergyAndMetals);

    /// <summary>Grains and oilseeds of the Chicago Board of Trade on Globex; its bond and Dow futures trade longer.</summary>
    public static TradingCalendar Cbot { get; } = new OvernightSessions("CBOT", OvernightHours.Grains);

    /// <summary>The US dollar index of ICE Futures U.S.</summary>
    public static TradingCalendar IceUs { get; } = new OvernightSessions("ICE", OvernightHours.DollarIndex);

    /// <summary>The indices that Cboe calculates: volatility and Treasury yields.</summary>
    public static TradingCalendar Cboe { get; } = new CboeIndices();

    /// <summary>The calendars of exchanges that are known by name, those of <see cref="For"/> without <see cref="Utc"/>.</summary>
    public static IReadOnlyList<TradingCalendar> Known { get; } = [Nyse, Nasdaq, Cme, Comex, Nymex, Cbot, IceUs, Cboe, Always];

    /// <summary>The calendar's name, such as <c>NYSE</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The exchange's zone, an IANA name.</summary>
    public abstract string Zone { get; }

    /// <summary>The calendar of an exchange.</summary>
    /// <param name="exchange">
    /// Its name or the code Yahoo uses: <c>NYSE</c>, <c>NYQ</c>, <c>NMS</c>, <c>CME</c>, <c>CMX</c>, <c>NYB</c> …; case does not count.
    /// </param>
    /// <returns>The calendar; <see cref="Utc"/> where the exchange is missing or not known here.</returns>
    public static TradingCalendar For(string? exchange) => exchange?.Trim().ToUpperInvariant() switch
    {
        "NYSE" or "NYQ" or "NYSEARCA" or "PCX" or "AMEX" or "ASE" or "BATS" or "BTS" or "SNP" or "DJI" => Nyse,
        "NASDAQ" or "NMS" or "NGM" or "NCM" or "NIM" => Nasdaq,
        "CME" or "GLOBEX" => Cme,
        "COMEX" or "CMX" => Comex,
        "NYMEX" or "NYM" => Nymex,
        "CBOT" or "CBT" => Cbot,
        "ICE" or "ICEUS" or "IFUS" or "NYB" => IceUs,
        "CBOE" or "CBO" or "CGI" or "WCB" or "CXI" => Cboe,
        "24/7" or "CRYPTO" or "CCC" => Always,
        _ => Utc,
    };

    /// <summary>
    /// The session's date as days since 1970-01-01, in the exchange's zone; pre- and post-market belong to their date. Where sessions
    /// begin on the evening before, the date is the trade date.
    /// </summary>
    /// <param name="time">Unix seconds (UTC).</param>
    public abstract int SessionOf(long time);

    /// <summary>The session's date, as <see cref="SessionOf"/>.</summary>
    /// <param name="time">Unix seconds (UTC).</param>
    public DateOnly DateOf(long time) => DateOnly.FromDayNumber(SessionOf(time) + EpochDayNumber);

    /// <summary>Whether the exchange trades on a date.</summary>
    public abstract bool IsSession(DateOnly date);

    /// <summary>Whether the session of a date ends early; false where there is none.</summary>
    public abstract bool IsHalfDay(DateOnly date);

    /// <summary>When the session of a date opens and closes.</summary>
    /// <exception cref="ArgumentException">The exchange does not trade on that date.</exception>
    public abstract SessionHours HoursOf(DateOnly date);

    /// <summary>The first session after a date.</summary>
    public DateOnly NextSession(DateOnly date)
    {
        do
        {
            date = date.AddDays(1);
        }
        while (!IsSession(date));
        return date;
    }

    /// <summary>The last session before a date.</summary>
    public DateOnly PreviousSession(DateOnly date)
    {
        do
        {
            date = date.AddDays(-1);
        }
        while (!IsSession(date));
        return date;
    }

    private sealed class UtcDays(string name) : TradingCalendar
    {
        private const int Day = 86_400;

        public override string Name => name;

        public override string Zone => "Etc/UTC";

        public override int SessionOf(long time) => (int)((time < 0 ? time - (Day - 1) : time) / Day);

        public override bool IsSession(DateOnly date) => true;

        public override bool IsHalfDay(DateOnly date) => false;

        public override SessionHours HoursOf(DateOnly date)
        {
            var open = (date.DayNumber - EpochDayNumber) * (long)Day;
            return new SessionHours(open, open, open + Day, open + Day);
        }
    }
}

/// <summary>The hours of one session, Unix seconds (UTC).</summary>
/// <param name="PreOpen">When pre-market trading begins.</param>
/// <param name="Open">When regular trading begins.</param>
/// <param name="Close">When regular trading ends (excluded).</param>
/// <param name="PostClose">When post-market trading ends (excluded).</param>
public readonly record struct SessionHours(long PreOpen, long Open, long Close, long PostClose);
