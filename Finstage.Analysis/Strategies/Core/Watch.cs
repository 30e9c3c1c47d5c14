namespace Finstage.Analysis.Strategies;

/// <summary>
/// Where a rule says what must happen before it can speak. On a candle on which none of it may have happened the rule is not asked;
/// so what it names must cover every candle on which it would say something or change what it keeps. Nearness counts as having
/// happened, and so does a number that is absent: a rule may be asked too often, never too seldom.
/// </summary>
public readonly struct Watch
{
    private readonly Watches watches;
    private readonly int strategy;

    internal Watch(Watches watches, int strategy)
    {
        this.watches = watches;
        this.strategy = strategy;
    }

    /// <summary>A series crosses a multiple of another, either way.</summary>
    public void Crossings(Series a, Series b, double factor = 1) => watches.Add(strategy, WatchKind.Crosses, a, b, factor);

    /// <summary>A series crosses a level, either way.</summary>
    public void Crossings(Series a, double level) => watches.Add(strategy, WatchKind.Crosses, a, watches.One, level);

    /// <summary>A series is at or above a multiple of another.</summary>
    public void AtLeast(Series a, Series b, double factor = 1) => watches.Add(strategy, WatchKind.AtLeast, a, b, factor);

    /// <summary>A series is at or below a multiple of another.</summary>
    public void AtMost(Series a, Series b, double factor = 1) => watches.Add(strategy, WatchKind.AtMost, a, b, factor);

    /// <summary>A series is at or below one level, or at or above another.</summary>
    public void Outside(Series a, double low, double high)
    {
        watches.Add(strategy, WatchKind.AtMost, a, watches.One, low);
        watches.Add(strategy, WatchKind.AtLeast, a, watches.One, high);
    }
}

/// <summary>What is watched for.</summary>
internal enum WatchKind
{
    /// <summary>One series changes its side of the other.</summary>
    Crosses,

    /// <summary>It is not clearly below.</summary>
    AtLeast,

    /// <summary>It is not clearly above.</summary>
    AtMost,
}
