namespace Finstage.Analysis.Calendars;

/// <summary>Which session a moment belongs to. Immutable and thread-safe.</summary>
public abstract class TradingCalendar
{
    /// <summary>Plain UTC days without holidays: for symbols whose exchange is unknown.</summary>
    public static TradingCalendar Utc { get; } = new UtcDays();

    /// <summary>The session's date as days since 1970-01-01, in the exchange's zone; pre- and post-market belong to their date.</summary>
    /// <param name="time">Unix seconds (UTC).</param>
    public abstract int SessionOf(long time);

    private sealed class UtcDays : TradingCalendar
    {
        public override int SessionOf(long time) => (int)Math.Floor(time / 86_400d);
    }
}
