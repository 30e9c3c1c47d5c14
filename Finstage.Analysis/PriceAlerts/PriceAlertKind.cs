namespace Finstage.Analysis.PriceAlerts;

/// <summary>What a price did. The numbers are stored and sent: they are never changed or used again.</summary>
public enum PriceAlertKind
{
    /// <summary>It rose against the previous close by the threshold, or a further multiple of it.</summary>
    DayRise = 1,

    /// <summary>It fell against the previous close by the threshold, or a further multiple of it.</summary>
    DayDrop = 2,

    /// <summary>It went above the previous session's high.</summary>
    PreviousHighBroken = 3,

    /// <summary>It went below the previous session's low.</summary>
    PreviousLowBroken = 4,

    /// <summary>It is higher than ever before.</summary>
    AllTimeHigh = 5,

    /// <summary>It is higher than in the 52 weeks before.</summary>
    YearHigh = 6,

    /// <summary>It fell from the 52-week high by the threshold, or a further multiple of it.</summary>
    DropFromHigh = 7,
}

/// <summary>Codes of the kinds. All members are pure and thread-safe.</summary>
public static class PriceAlertKinds
{
    private static readonly string[] Codes =
        ["day_rise", "day_drop", "previous_high", "previous_low", "all_time_high", "year_high", "drop_from_high"];

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<PriceAlertKind> All { get; } = Enum.GetValues<PriceAlertKind>();

    /// <summary>The kind's code, such as <c>day_rise</c>.</summary>
    public static string Code(this PriceAlertKind kind) => Codes[(int)kind - 1];

    /// <summary>Reads a code such as <c>day_rise</c>.</summary>
    public static bool TryParse(string? code, out PriceAlertKind kind)
    {
        var index = Array.IndexOf(Codes, code);
        kind = (PriceAlertKind)(index + 1);
        return index >= 0;
    }
}
