namespace Finstage.Grains.Reports;

/// <summary>When the daily report comes.</summary>
public sealed class ReportOptions
{
    /// <summary>The time in Seoul, a whole minute. Default 08:00.</summary>
    public TimeOnly Time { get; set; } = new(8, 0);

    /// <summary>Every fault of these options; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate() => Time.Ticks % TimeSpan.TicksPerMinute == 0
        ? []
        : [$"Report:Time is {Time:HH:mm:ss}; it must be a whole minute, such as 08:00."];
}
