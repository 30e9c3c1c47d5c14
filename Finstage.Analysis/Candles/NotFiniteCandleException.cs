namespace Finstage.Analysis.Candles;

/// <summary>A candle with a price or a volume that is NaN or infinite was refused; nothing was changed.</summary>
public sealed class NotFiniteCandleException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="candle">The candle.</param>
    public NotFiniteCandleException(in Candle candle)
        : base($"Every price and the volume must be finite; those of the candle of {candle.OpenTime:u} are not.") => Time = candle.Time;

    /// <summary>Open time of the candle, Unix seconds.</summary>
    public long Time { get; }
}
