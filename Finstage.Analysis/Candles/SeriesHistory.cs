namespace Finstage.Analysis.Candles;

/// <summary>A whole series with what must be known of it: what looks back over all history works on.</summary>
/// <param name="Symbol">The symbol's code.</param>
/// <param name="Context">The interval and the calendar.</param>
/// <param name="Candles">The closed candles, strictly ascending; not to be changed.</param>
public sealed record SeriesHistory(string Symbol, SeriesContext Context, Candle[] Candles);
