using Finstage.Analysis.Candles;
using Finstage.Hosting;

namespace Finstage.Grains.Interfaces.Symbols;

/// <summary>One symbol: its candle windows, its strategies, its signals. The key is the symbol's code, such as <c>AAPL</c>.</summary>
[Alias("finstage.ISymbolGrain")]
public interface ISymbolGrain : IKeyedGrain
{
    /// <summary>
    /// Applies closed candles: new ones are committed and judged, known ones ignored; a correction or a late candle raises the
    /// series' version and replays it from its origin. Idempotent: the same batch twice changes nothing the second time. Gaps are told to
    /// the caller; the grain asks no feed for them.
    /// </summary>
    /// <exception cref="ArgumentException">The batch is for another symbol, not ascending, or too large.</exception>
    /// <exception cref="SeriesSourceException">The series has another source and the batch may not replace it.</exception>
    [Alias("Apply")]
    Task<ApplyResult> ApplyAsync(CandleBatch batch);

    /// <summary>What the grain holds for each interval it has candles of.</summary>
    [Alias("Describe")]
    Task<SeriesView[]> DescribeAsync();

    /// <summary>The newest closed candles of an interval, oldest first, from the grain's own window.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="count">At most this many.</param>
    [Alias("Recent")]
    Task<CandleBatch> RecentAsync(CandleInterval interval, int count);

    /// <summary>
    /// Takes a price: remembers it, and stores the price alerts that it causes with their outbox rows in one transaction, each once by its
    /// symbol, kind, level and trading date. Idempotent: the same price twice changes nothing the second time.
    /// </summary>
    [Alias("Quote")]
    Task<QuoteResult> QuoteAsync(QuoteUpdate quote);

    /// <summary>Looks its highs up in what is stored, and keeps them.</summary>
    /// <param name="ever">The highest price of the whole history where it was asked for again; null keeps the one that is known.</param>
    [Alias("RefreshHighs")]
    Task<PriceView> RefreshHighsAsync(EverHigh? ever);

    /// <summary>What is known of the price.</summary>
    [Alias("Price")]
    Task<PriceView> PriceAsync();

    /// <summary>Forgets what it holds in memory and reads it again: what is known of the symbol, or its thresholds, have changed.</summary>
    [Alias("Reload")]
    Task ReloadAsync();
}

/// <summary>What a batch changed.</summary>
/// <param name="Added">Candles that were new.</param>
/// <param name="Corrected">Candles that differed from the stored ones, or were late.</param>
/// <param name="Duplicates">Candles that were already stored.</param>
/// <param name="Signals">Signals that are new with this batch.</param>
/// <param name="Superseded">Signals that no longer follow from the series.</param>
/// <param name="Alerts">Outbox rows written, over all chats.</param>
/// <param name="Version">The series' version; it rises with each correction.</param>
/// <param name="Gaps">
/// Runs of sessions between what was stored and the batch's end that have no candles, the newest 20, ascending; null when there are none.
/// </param>
[GenerateSerializer, Immutable, Alias("finstage.ApplyResult")]
public sealed record ApplyResult(
    [property: Id(0)] int Added,
    [property: Id(1)] int Corrected,
    [property: Id(2)] int Duplicates,
    [property: Id(3)] int Signals,
    [property: Id(4)] int Superseded,
    [property: Id(5)] int Alerts,
    [property: Id(6)] int Version,
    [property: Id(7)] SeriesGap[]? Gaps = null);

/// <summary>Sessions in a row without candles.</summary>
/// <param name="From">Open time of the first candle that is missing, Unix seconds.</param>
/// <param name="To">Open time of the first candle of the last session that is missing, Unix seconds.</param>
/// <param name="Sessions">The sessions.</param>
[GenerateSerializer, Immutable, Alias("finstage.SeriesGap")]
public sealed record SeriesGap(
    [property: Id(0)] long From,
    [property: Id(1)] long To,
    [property: Id(2)] int Sessions);

/// <summary>What a symbol's grain holds for one interval.</summary>
/// <param name="Interval">The interval.</param>
/// <param name="Source">Where the prices come from.</param>
/// <param name="Version">The series' version.</param>
/// <param name="Candles">Candles stored.</param>
/// <param name="FirstTime">Open time of the first candle, Unix seconds.</param>
/// <param name="LastTime">Open time of the last candle, Unix seconds.</param>
/// <param name="LastClose">Close of the last candle.</param>
[GenerateSerializer, Immutable, Alias("finstage.SeriesView")]
public sealed record SeriesView(
    [property: Id(0)] CandleInterval Interval,
    [property: Id(1)] string Source,
    [property: Id(2)] int Version,
    [property: Id(3)] long Candles,
    [property: Id(4)] long FirstTime,
    [property: Id(5)] long LastTime,
    [property: Id(6)] double LastClose);

/// <summary>A batch from one source met a series from another.</summary>
[GenerateSerializer, Alias("finstage.SeriesSourceException")]
public sealed class SeriesSourceException : Exception
{
    /// <summary>Creates the exception with its message.</summary>
    public SeriesSourceException(string message)
        : base(message)
    {
    }
}
