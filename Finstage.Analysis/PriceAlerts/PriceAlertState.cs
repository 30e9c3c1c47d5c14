namespace Finstage.Analysis.PriceAlerts;

/// <summary>
/// What the rules remember of one symbol between two quotes. Plain data that serializes as JSON; stored after each quote together with its
/// alerts, it makes a restart go unnoticed.
/// </summary>
public sealed record PriceAlertState
{
    /// <summary>The state before the first quote.</summary>
    public static PriceAlertState Empty { get; } = new();

    /// <summary>The time of the last quote, Unix seconds; null before the first.</summary>
    public long? LastTime { get; init; }

    /// <summary>The trading date of the last quote; null before the first.</summary>
    public DateOnly? Session { get; init; }

    /// <summary>The version of the references that the remembered highs belong to.</summary>
    public int Version { get; init; }

    /// <summary>The highest multiple of the rise threshold told of in this session; 0 for none.</summary>
    public int RiseLevel { get; init; }

    /// <summary>The highest multiple of the drop threshold told of in this session; 0 for none.</summary>
    public int DropLevel { get; init; }

    /// <summary>Whether the previous session's high was broken in this session.</summary>
    public bool IsHighBroken { get; init; }

    /// <summary>Whether the previous session's low was broken in this session.</summary>
    public bool IsLowBroken { get; init; }

    /// <summary>The 52-week high as quotes made it.</summary>
    public HighMemory YearHigh { get; init; } = new();

    /// <summary>The all-time high as quotes made it.</summary>
    public HighMemory AllTimeHigh { get; init; } = new();

    /// <summary>The multiple of the threshold below the 52-week high that is not re-armed; null before a high was known.</summary>
    public int? FallLevel { get; init; }

    /// <summary>The multiples told of in this session, each of which is told once.</summary>
    public IReadOnlyList<int> FallLevelsTold { get; init; } = [];
}

/// <summary>What is remembered of a high.</summary>
public sealed record HighMemory
{
    /// <summary>The highest quote of the last session that made a new high; null before the first.</summary>
    public PricePoint? Quote { get; init; }

    /// <summary>The trading date of <see cref="Quote"/>: the last that made a new high.</summary>
    public DateOnly? Session { get; init; }
}
