namespace Finstage.Analysis.Candles;

/// <summary>
/// One candle of a price series: what a market did in one interval, from its open time (included) to the next (excluded).
/// </summary>
/// <param name="Time">Open time, in Unix seconds (UTC). The close time follows from the series' <see cref="CandleInterval"/>.</param>
/// <param name="Open">First price of the interval, in the symbol's currency, finite.</param>
/// <param name="High">Highest price of the interval, at least every other price of the candle.</param>
/// <param name="Low">Lowest price of the interval, at most every other price of the candle.</param>
/// <param name="Close">Last price of the interval.</param>
/// <param name="Volume">Units traded, at least zero; zero also where the source does not know it.</param>
/// <remarks>An immutable value; safe to share between threads. <see cref="CandleRules"/> says what makes a candle valid.</remarks>
public readonly record struct Candle(long Time, double Open, double High, double Low, double Close, double Volume)
{
    /// <summary>The open time as a date and time, UTC.</summary>
    public DateTimeOffset OpenTime => DateTimeOffset.FromUnixTimeSeconds(Time);
}
