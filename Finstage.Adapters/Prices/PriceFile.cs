using Finstage.Analysis.Candles;

namespace Finstage.Adapters.Prices;

/// <summary>What a price file held. Immutable; the lists must not be changed.</summary>
/// <param name="Path">The file's path.</param>
/// <param name="Rows">Rows read, the header not counted.</param>
/// <param name="Series">One series per symbol and interval, in the order in which they first appear.</param>
/// <param name="Rejected">The first <see cref="MaxRejected"/> refused rows, by line.</param>
/// <param name="Faults">How many rows were refused for which reason.</param>
public sealed record PriceFile(
    string Path, long Rows, IReadOnlyList<PriceSeries> Series, IReadOnlyList<RejectedRow> Rejected,
    IReadOnlyDictionary<CandleFault, long> Faults)
{
    /// <summary>The most refused rows that are told one by one: a file that is wrong throughout must not fill the memory.</summary>
    public const int MaxRejected = 1_000;

    /// <summary>How many rows were refused, for whatever reason.</summary>
    public long RejectedCount => Faults.Values.Sum();
}

/// <summary>The candles of one symbol and interval.</summary>
/// <param name="Symbol">The symbol's code.</param>
/// <param name="Interval">The interval.</param>
/// <param name="Candles">Closed candles, ascending and unique by time. May be empty.</param>
/// <param name="Open">The newest candle whose period had not ended, or null.</param>
/// <param name="OpenRows">Rows whose period had not ended; none of them is among <paramref name="Candles"/>.</param>
/// <param name="Unsorted">Rows that stood after a later one; they were put in order.</param>
/// <param name="Repeated">Rows that said again, word for word, what another had said; they were left out.</param>
public sealed record PriceSeries(
    string Symbol, CandleInterval Interval, Candle[] Candles, Candle? Open, int OpenRows, int Unsorted, int Repeated);

/// <summary>A row that was refused.</summary>
/// <param name="Line">Its line in the file, the first being 1.</param>
/// <param name="Fault">Why, in a stable word.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record RejectedRow(long Line, CandleFault Fault, string Reason);
