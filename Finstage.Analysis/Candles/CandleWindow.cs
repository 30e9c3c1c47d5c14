namespace Finstage.Analysis.Candles;

/// <summary>
/// The newest candles of one series: a ring of fixed capacity, kept as a structure of arrays. When it is full, the oldest candle
/// makes room for the next. Adding allocates nothing. Not thread-safe: it belongs to one grain or one loop.
/// </summary>
public sealed class CandleWindow
{
    private readonly long[] time;
    private readonly double[] open;
    private readonly double[] high;
    private readonly double[] low;
    private readonly double[] close;
    private readonly double[] volume;
    private int next;

    /// <summary>Creates an empty window.</summary>
    /// <param name="capacity">The number of candles kept, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is below 1.</exception>
    public CandleWindow(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        time = new long[capacity];
        open = new double[capacity];
        high = new double[capacity];
        low = new double[capacity];
        close = new double[capacity];
        volume = new double[capacity];
    }

    /// <summary>The number of candles it can hold.</summary>
    public int Capacity => time.Length;

    /// <summary>The number of candles it holds, 0 to <see cref="Capacity"/>.</summary>
    public int Count { get; private set; }

    /// <summary>The candle at <paramref name="index"/>, 0 being the oldest kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative or not below <see cref="Count"/>.</exception>
    public Candle this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var at = next - Count + index;
            if (at < 0)
            {
                at += Capacity;
            }

            return new Candle(time[at], open[at], high[at], low[at], close[at], volume[at]);
        }
    }

    /// <summary>Adds the next candle.</summary>
    /// <exception cref="ArgumentException">The candle does not open after the newest one kept.</exception>
    public void Add(in Candle candle)
    {
        if (Count > 0 && candle.Time <= this[Count - 1].Time)
        {
            throw new ArgumentException("A window takes candles in ascending order of time.", nameof(candle));
        }

        time[next] = candle.Time;
        open[next] = candle.Open;
        high[next] = candle.High;
        low[next] = candle.Low;
        close[next] = candle.Close;
        volume[next] = candle.Volume;
        next = next + 1 == Capacity ? 0 : next + 1;
        Count = Math.Min(Count + 1, Capacity);
    }

    /// <summary>Forgets every candle.</summary>
    public void Clear()
    {
        next = 0;
        Count = 0;
    }

    /// <summary>A copy of the newest candles, oldest first.</summary>
    /// <param name="count">How many at most, at least 0.</param>
    public Candle[] Newest(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var result = new Candle[Math.Min(count, Count)];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = this[Count - result.Length + i];
        }

        return result;
    }
}
