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
    public void Crossings(Series a, Series b, double factor = 1) => Add(WatchKind.Crosses, a, b, factor);

    /// <summary>A series crosses a level, either way.</summary>
    public void Crossings(Series a, double level) => Add(WatchKind.Crosses, a, One, level);

    /// <summary>A series comes from at or below a level to above it.</summary>
    public void Rises(Series a, double level) => Add(WatchKind.Rises, a, One, level);

    /// <summary>A series comes from at or above a level to below it.</summary>
    public void Falls(Series a, double level) => Add(WatchKind.Falls, a, One, level);

    /// <summary>A series rises on a candle after one on which it did not.</summary>
    /// <param name="a">The series.</param>
    /// <param name="ago">How many candles ago that is looked at, from 0 to <see cref="Inputs.History"/> − 1.</param>
    public void TurnsUp(Series a, int ago = 0) => watches.Add(strategy, new Pair(WatchKind.Rises, a, a, 1, ago, ago + 1));

    /// <summary>A series falls on a candle after one on which it did not.</summary>
    /// <param name="a">The series.</param>
    /// <param name="ago">How many candles ago that is looked at, from 0 to <see cref="Inputs.History"/> − 1.</param>
    public void TurnsDown(Series a, int ago = 0) => watches.Add(strategy, new Pair(WatchKind.Falls, a, a, 1, ago, ago + 1));

    /// <summary>A series is at or above a multiple of another.</summary>
    public void AtLeast(Series a, Series b, double factor = 1) => Add(WatchKind.AtLeast, a, b, factor);

    /// <summary>A series is at or below a multiple of another.</summary>
    public void AtMost(Series a, Series b, double factor = 1) => Add(WatchKind.AtMost, a, b, factor);

    /// <summary>A series is at or below one level, or at or above another.</summary>
    public void Outside(Series a, double low, double high)
    {
        Add(WatchKind.AtMost, a, One, low);
        Add(WatchKind.AtLeast, a, One, high);
    }

    // What levels are multiples of.
    private static Series One => new(Row.OneSlot);

    private void Add(WatchKind kind, Series a, Series b, double factor) => watches.Add(strategy, new Pair(kind, a, b, factor, 0, 0));
}

/// <summary>What is watched for.</summary>
internal enum WatchKind
{
    /// <summary>One series changes its side of the other.</summary>
    Crosses,

    /// <summary>It comes to be above.</summary>
    Rises,

    /// <summary>It comes to be below.</summary>
    Falls,

    /// <summary>It is not clearly below.</summary>
    AtLeast,

    /// <summary>It is not clearly above.</summary>
    AtMost,
}

/// <summary>Two series that are compared, the second times a factor, each as it was some candles ago.</summary>
internal readonly record struct Pair(WatchKind Kind, Series A, Series B, double Factor, int AgoA, int AgoB);
