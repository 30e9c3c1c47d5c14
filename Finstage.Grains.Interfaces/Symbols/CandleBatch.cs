using Finstage.Analysis.Candles;

namespace Finstage.Grains.Interfaces.Symbols;

/// <summary>Where a batch of candles comes from; it decides what may alert. The numbers are sent and stored.</summary>
public enum BatchOrigin
{
    /// <summary>History: stored and analysed, never an alert.</summary>
    Backfill = 0,

    /// <summary>What closed just now, by the clock.</summary>
    Live = 1,

    /// <summary>Recorded candles played as if live: each candle's close is its "now".</summary>
    Replay = 2,
}

/// <summary>Who may be told of a batch's signals. The numbers are sent and stored.</summary>
public enum Audience
{
    /// <summary>Every enabled chat.</summary>
    EveryChat = 0,

    /// <summary>The console alone, whatever chats there are.</summary>
    ConsoleOnly = 1,
}

/// <summary>Closed candles of one series, in ascending order of time, as columns: what a feed hands to a symbol's grain.</summary>
/// <param name="Symbol">The symbol's code.</param>
/// <param name="Interval">The candles' interval.</param>
/// <param name="Source">Where the prices come from, such as <c>csv</c>, <c>yahoo</c> or <c>sample</c>.</param>
/// <param name="Origin">Backfill, live or replay.</param>
/// <param name="AsOf">The batch's "now", Unix seconds (UTC): the clock when live, the last candle's close in a replay.</param>
/// <param name="Audience">Who may be told.</param>
/// <param name="Replace">Whether the batch takes the place of all that is stored of the series, whatever its source.</param>
/// <param name="Time">Open times, Unix seconds (UTC), strictly ascending.</param>
/// <param name="Open">Opens.</param>
/// <param name="High">Highs.</param>
/// <param name="Low">Lows.</param>
/// <param name="Close">Closes.</param>
/// <param name="Volume">Volumes.</param>
[GenerateSerializer, Immutable, Alias("finstage.CandleBatch")]
public sealed record CandleBatch(
    [property: Id(0)] string Symbol,
    [property: Id(1)] CandleInterval Interval,
    [property: Id(2)] string Source,
    [property: Id(3)] BatchOrigin Origin,
    [property: Id(4)] long AsOf,
    [property: Id(5)] Audience Audience,
    [property: Id(6)] bool Replace,
    [property: Id(7)] long[] Time,
    [property: Id(8)] double[] Open,
    [property: Id(9)] double[] High,
    [property: Id(10)] double[] Low,
    [property: Id(11)] double[] Close,
    [property: Id(12)] double[] Volume)
{
    /// <summary>The most candles that one batch may carry: larger ones hold up a turn.</summary>
    public const int MaxCandles = 20_000;

    /// <summary>The most candles of a batch of history, or of one that takes a whole series' place: these come at once or not at all.</summary>
    public const int MaxWhole = 100_000;

    /// <summary>The number of candles.</summary>
    public int Count => Time.Length;

    /// <summary>Makes a batch of candles.</summary>
    public static CandleBatch Of(
        string symbol, CandleInterval interval, string source, BatchOrigin origin, long asOf, ReadOnlySpan<Candle> candles,
        Audience audience = Audience.EveryChat, bool replace = false)
    {
        var n = candles.Length;
        var batch = new CandleBatch(
            symbol, interval, source, origin, asOf, audience, replace,
            new long[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            ref readonly var candle = ref candles[i];
            batch.Time[i] = candle.Time;
            batch.Open[i] = candle.Open;
            batch.High[i] = candle.High;
            batch.Low[i] = candle.Low;
            batch.Close[i] = candle.Close;
            batch.Volume[i] = candle.Volume;
        }

        return batch;
    }

    /// <summary>The candles as rows.</summary>
    public Candle[] ToCandles()
    {
        var candles = new Candle[Count];
        for (var i = 0; i < candles.Length; i++)
        {
            candles[i] = new Candle(Time[i], Open[i], High[i], Low[i], Close[i], Volume[i]);
        }

        return candles;
    }
}
