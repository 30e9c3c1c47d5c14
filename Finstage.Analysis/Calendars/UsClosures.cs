using System.Collections.Frozen;

namespace Finstage.Analysis.Calendars;

/// <summary>
/// Days on which the New York share exchanges did not trade, or closed at 13:00, outside any rule. Source: the exchange's published
/// list of special closings (NYSE, "Special Closings" and market notices).
/// </summary>
internal static class UsClosures
{
    /// <summary>Closed all day.</summary>
    public static FrozenSet<DateOnly> Dates { get; } = new[]
    {
        new DateOnly(1994, 4, 27), // funeral of President Nixon
        new DateOnly(2001, 9, 11), // attacks on New York
        new DateOnly(2001, 9, 12),
        new DateOnly(2001, 9, 13),
        new DateOnly(2001, 9, 14),
        new DateOnly(2004, 6, 11), // mourning for President Reagan
        new DateOnly(2007, 1, 2), // mourning for President Ford
        new DateOnly(2012, 10, 29), // hurricane Sandy
        new DateOnly(2012, 10, 30),
        new DateOnly(2018, 12, 5), // mourning for President G. H. W. Bush
        new DateOnly(2025, 1, 9), // mourning for President Carter
    }.ToFrozenSet();

    /// <summary>Closed at 13:00.</summary>
    public static FrozenSet<DateOnly> HalfDays { get; } = new[]
    {
        new DateOnly(1997, 12, 26),
        new DateOnly(1999, 12, 31),
        new DateOnly(2003, 12, 26),
    }.ToFrozenSet();
}
