namespace Finstage.Adapters.Http;

/// <summary>The event <c>quote</c>: a symbol has another last price.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Price">The last price.</param>
/// <param name="Time">When it was made, UTC.</param>
/// <param name="PreviousClose">The close of the session before; null where it is not known.</param>
/// <param name="ChangePercent">The change against it in percent; null where it is not known or not above zero.</param>
public sealed record LiveQuoteDto(string Symbol, double Price, DateTime Time, double? PreviousClose, double? ChangePercent);

/// <summary>The event <c>candles</c>: a series has other candles.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Interval">The interval's code.</param>
/// <param name="Candles">Candles held.</param>
/// <param name="Last">Open time of the last, UTC.</param>
/// <param name="Version">Rises with each correction.</param>
public sealed record LiveCandlesDto(string Symbol, string Interval, long Candles, DateTime Last, int Version);

/// <summary>The event <c>more</c>: so much has happened at once that it is not told one by one.</summary>
/// <param name="Kind"><c>signal</c> or <c>alert</c>: which list to read.</param>
public sealed record LiveMoreDto(string Kind);
