namespace Finstage.Analysis.Candles;

/// <summary>Why a row was refused at intake. Stable words: they are counted, stored and shown.</summary>
public enum CandleFault
{
    /// <summary>The candle is valid.</summary>
    None,

    /// <summary>A price or the volume is NaN or infinite.</summary>
    NotFinite,

    /// <summary>A price is zero or negative, where the symbol's category allows neither.</summary>
    NotPositive,

    /// <summary>High is below low, or open or close lie outside them.</summary>
    Inconsistent,

    /// <summary>The volume is negative.</summary>
    NegativeVolume,

    /// <summary>The open time does not fit the interval.</summary>
    Misaligned,

    /// <summary>The candle opens after the moment it was received.</summary>
    InFuture,

    /// <summary>The time is before 1900 or cannot be read.</summary>
    BadTime,

    /// <summary>A row of a file could not be read as a candle.</summary>
    Unreadable,

    /// <summary>Another row of the same batch has the same open time; the later one was kept.</summary>
    Duplicate,
}

/// <summary>What makes a candle valid at intake. Pure and thread-safe.</summary>
public static class CandleRules
{
    // 1900-01-01T00:00:00Z: nothing that trades today has candles before it.
    private const long Earliest = -2_208_988_800;

    /// <summary>Checks one candle.</summary>
    /// <param name="candle">The candle.</param>
    /// <param name="interval">Its series' interval.</param>
    /// <param name="asOf">The moment it was received, Unix seconds: a candle that opens later is refused.</param>
    /// <param name="allowNonPositive">
    /// Whether prices may be zero or negative: yields, futures and commodities (crude oil closed at −37.63 on 2020-04-20).
    /// </param>
    /// <returns>The first fault found, or <see cref="CandleFault.None"/>.</returns>
    public static CandleFault Check(in Candle candle, CandleInterval interval, long asOf, bool allowNonPositive)
    {
        if (candle.Time < Earliest)
        {
            return CandleFault.BadTime;
        }

        if (!interval.IsAligned(candle.Time))
        {
            return CandleFault.Misaligned;
        }

        if (candle.Time > asOf)
        {
            return CandleFault.InFuture;
        }

        if (!double.IsFinite(candle.Open) || !double.IsFinite(candle.High) || !double.IsFinite(candle.Low)
            || !double.IsFinite(candle.Close) || !double.IsFinite(candle.Volume))
        {
            return CandleFault.NotFinite;
        }

        if (candle.Volume < 0)
        {
            return CandleFault.NegativeVolume;
        }

        if (candle.High < candle.Low || candle.Open < candle.Low || candle.Open > candle.High
            || candle.Close < candle.Low || candle.Close > candle.High)
        {
            return CandleFault.Inconsistent;
        }

        return !allowNonPositive && candle.Low <= 0 ? CandleFault.NotPositive : CandleFault.None;
    }
}
