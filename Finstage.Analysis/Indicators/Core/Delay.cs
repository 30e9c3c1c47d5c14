namespace Finstage.Analysis.Indicators.Core;

/// <summary>Gives each value back some values later.</summary>
internal struct Delay
{
    private readonly double[] ring;
    private int next;

    /// <summary>Creates a delay.</summary>
    /// <param name="lag">By how many values, at least 0.</param>
    public Delay(int lag)
    {
        ring = new double[lag];
        ring.AsSpan().Fill(double.NaN);
    }

    /// <summary>Takes a value and returns the one taken <c>lag</c> values earlier, NaN when there is none.</summary>
    public double Add(double value)
    {
        var places = ring;
        if (places.Length == 0)
        {
            return value;
        }

        var old = places[next];
        places[next] = value;
        next = next + 1 == places.Length ? 0 : next + 1;
        return old;
    }
}
