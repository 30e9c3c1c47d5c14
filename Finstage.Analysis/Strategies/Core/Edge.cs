namespace Finstage.Analysis.Strategies;

/// <summary>Remembers whether a condition held, so that it is noticed only on the candle on which it becomes true.</summary>
public struct Edge
{
    private bool held;

    /// <summary>Takes the condition of the next candle; true when it holds now and did not hold on the candle before.</summary>
    public bool Enters(bool holds)
    {
        var enters = holds && !held;
        held = holds;
        return enters;
    }
}

/// <summary>Remembers for how long a condition has not held, so that it is noticed only after a calm of some candles.</summary>
/// <param name="calm">The number of candles before on each of which the condition must not hold, at least 1.</param>
public struct EdgeAfter(int calm)
{
    private int blocked;

    /// <summary>Takes the condition of the next candle; true when it holds now and held on none of the candles before.</summary>
    public bool Enters(bool holds)
    {
        var enters = holds && blocked == 0;
        blocked = holds ? calm : Math.Max(blocked - 1, 0);
        return enters;
    }
}
