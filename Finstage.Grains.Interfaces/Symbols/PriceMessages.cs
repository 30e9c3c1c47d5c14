namespace Finstage.Grains.Interfaces.Symbols;

/// <summary>A price that a feed told of.</summary>
/// <param name="Price">The price, finite.</param>
/// <param name="Time">When it was made, Unix seconds.</param>
/// <param name="PreviousClose">The close of the session before, for those who look at it; null where it is not known.</param>
/// <param name="AsOf">"Now", Unix seconds.</param>
[GenerateSerializer, Immutable, Alias("finstage.QuoteUpdate")]
public sealed record QuoteUpdate(
    [property: Id(0)] double Price,
    [property: Id(1)] long Time,
    [property: Id(2)] double? PreviousClose,
    [property: Id(3)] long AsOf);

/// <summary>What a price brought about.</summary>
/// <param name="Alerts">Price alerts that are new with it, those of low priority included.</param>
/// <param name="Told">Outbox rows written, over all chats.</param>
[GenerateSerializer, Immutable, Alias("finstage.QuoteResult")]
public sealed record QuoteResult(
    [property: Id(0)] int Alerts,
    [property: Id(1)] int Told);

/// <summary>The highest price of the whole history.</summary>
/// <param name="Price">The price.</param>
/// <param name="Time">Open time of its candle, Unix seconds.</param>
/// <param name="AskedAt">When the whole history was asked for, Unix milliseconds.</param>
[GenerateSerializer, Immutable, Alias("finstage.EverHigh")]
public sealed record EverHigh(
    [property: Id(0)] double Price,
    [property: Id(1)] long Time,
    [property: Id(2)] long AskedAt);

/// <summary>What a symbol's grain knows of its price. Times are Unix seconds, 0 where there is none.</summary>
/// <param name="Price">The last price; null before the first.</param>
/// <param name="Time">When it was made.</param>
/// <param name="PreviousClose">The close of the session before it; null where it is not known.</param>
/// <param name="EverHigh">The highest price of the whole history; null where it is not known.</param>
/// <param name="EverHighTime">The date on which it was paid, at 00:00 UTC.</param>
/// <param name="EverHighAskedAt">When the whole history was last asked for, Unix milliseconds; 0 before.</param>
/// <param name="YearHigh">The highest price of the last 365 days; null where it is not known.</param>
/// <param name="YearHighTime">The date on which it was paid, at 00:00 UTC.</param>
/// <param name="Thresholds">How far the price moves before it is told of.</param>
[GenerateSerializer, Immutable, Alias("finstage.PriceView")]
public sealed record PriceView(
    [property: Id(0)] double? Price,
    [property: Id(1)] long Time,
    [property: Id(2)] double? PreviousClose,
    [property: Id(3)] double? EverHigh,
    [property: Id(4)] long EverHighTime,
    [property: Id(5)] long EverHighAskedAt,
    [property: Id(6)] double? YearHigh,
    [property: Id(7)] long YearHighTime,
    [property: Id(8)] ThresholdView Thresholds);

/// <summary>How far a price moves before it is told of.</summary>
/// <param name="Rise">Against the previous close; above zero.</param>
/// <param name="Drop">Against the previous close; below zero.</param>
/// <param name="FromHigh">Against the 52-week high; below zero.</param>
/// <param name="IsInBasisPoints">Whether they are basis points; otherwise percent.</param>
/// <param name="OwnRise">The symbol's own value of the first; null where it has its category's.</param>
/// <param name="OwnDrop">The symbol's own value of the second.</param>
/// <param name="OwnFromHigh">The symbol's own value of the third.</param>
[GenerateSerializer, Immutable, Alias("finstage.ThresholdView")]
public sealed record ThresholdView(
    [property: Id(0)] double Rise,
    [property: Id(1)] double Drop,
    [property: Id(2)] double FromHigh,
    [property: Id(3)] bool IsInBasisPoints,
    [property: Id(4)] double? OwnRise,
    [property: Id(5)] double? OwnDrop,
    [property: Id(6)] double? OwnFromHigh);

/// <summary>A symbol's own thresholds, in the unit of its category; null keeps the category's.</summary>
/// <param name="Rise">Above zero.</param>
/// <param name="Drop">Below zero.</param>
/// <param name="FromHigh">Below zero.</param>
[GenerateSerializer, Immutable, Alias("finstage.ThresholdChange")]
public sealed record ThresholdChange(
    [property: Id(0)] double? Rise,
    [property: Id(1)] double? Drop,
    [property: Id(2)] double? FromHigh);
