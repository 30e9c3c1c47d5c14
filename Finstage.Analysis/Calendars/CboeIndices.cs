namespace Finstage.Analysis.Calendars;

/// <summary>
/// The indices that Cboe calculates: 08:30 to 15:15 in Chicago, half days to 12:15, volatility indices in the early hours from 02:15
/// on (Cboe, "VIX Index FAQ": 3:15 to 9:25 and 9:30 to 16:15 Eastern). They keep the days of the share exchanges, unscheduled
/// closures included.
/// Simplified: Treasury yield indices move from 07:20 to 14:00 only, and stand still on days when the bond market alone is closed;
/// such a day is a session here, as it is in the price feeds.
/// </summary>
internal sealed class CboeIndices : TradingCalendar
{
    private const string Chicago = "America/Chicago";
    private readonly ZoneDates dates = new(Chicago);

    public override string Name => "CBOE";

    public override string Zone => Chicago;

    public override int SessionOf(long time) => dates.DateAt(time);

    public override bool IsSession(DateOnly date) => Nyse.IsSession(date);

    public override bool IsHalfDay(DateOnly date) => Nyse.IsHalfDay(date);

    public override SessionHours HoursOf(DateOnly date)
    {
        if (!IsSession(date))
        {
            throw new ArgumentException($"{Name} does not trade on {date:yyyy-MM-dd}.", nameof(date));
        }

        var close = dates.TimeAt(date, IsHalfDay(date) ? 12 : 15, 15);
        return new SessionHours(dates.TimeAt(date, 2, 15), dates.TimeAt(date, 8, 30), close, close);
    }
}
