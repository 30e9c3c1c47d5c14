namespace Finstage.Analysis.Reports;

/// <summary>What is still news, and what must say how old it is. Pure and thread-safe.</summary>
public static class Freshness
{
    /// <summary>
    /// A close is current that is at most so many days older than the newest of all watched symbols: no market that is watched rests longer. Older
    /// ones come from a source that has dried up.
    /// </summary>
    public const int Days = 7;

    /// <summary>A job that runs every morning is late when its last run is older than this many days.</summary>
    public const int RunDays = 2;

    /// <summary>Whether a candle is current.</summary>
    /// <param name="time">Its open time, Unix seconds.</param>
    /// <param name="newest">The newest of all, or the moment of the report.</param>
    public static bool IsCurrent(long time, long newest) => newest - time <= Days * 86_400L;

    /// <summary>The line that says of a part that it was not calculated lately; none where it was.</summary>
    /// <param name="section">The part.</param>
    /// <param name="job">The job that calculates it.</param>
    /// <param name="ran">When it ran last; null where that is not known.</param>
    /// <param name="at">The moment of the report.</param>
    internal static IEnumerable<ReportLine> LateRun(ReportSection section, string job, DateTimeOffset? ran, DateTimeOffset at) =>
        ran is { } time && at - time > TimeSpan.FromDays(RunDays)
            ? [new ReportLine(section, "old.run", DateOnly.FromDateTime(ReportCalendar.Local(time)), job)]
            : [];

    /// <summary>The line that says of the whole report that its newest close is old; none where it is current.</summary>
    internal static IEnumerable<ReportLine> OldPrices(ReportFacts facts) =>
        facts.Newest is { } newest && !IsCurrent(newest, facts.At.ToUnixTimeSeconds())
            ? [new ReportLine(ReportSection.Title, "old.prices", DailyReport.Date(newest), (facts.At.ToUnixTimeSeconds() - newest) / 86_400)]
            : [];
}
