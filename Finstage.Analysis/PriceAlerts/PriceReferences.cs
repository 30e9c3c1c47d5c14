namespace Finstage.Analysis.PriceAlerts;

/// <summary>A price at a moment.</summary>
/// <param name="Time">Unix seconds (UTC).</param>
/// <param name="Price">The price.</param>
public readonly record struct PricePoint(long Time, double Price);

/// <summary>What a session came to, from its closed daily candle.</summary>
/// <param name="Date">The exchange's trading date.</param>
/// <param name="High">Its highest price.</param>
/// <param name="Low">Its lowest price.</param>
/// <param name="Close">Its last price.</param>
public sealed record SessionSummary(DateOnly Date, double High, double Low, double Close);

/// <summary>The highest price of some time, from candles.</summary>
/// <param name="Date">The trading date on which it was paid; of a longer candle, its first.</param>
/// <param name="Price">The price.</param>
public sealed record DatedHigh(DateOnly Date, double Price);

/// <summary>
/// What a quote is compared with: history as it was before the quote's own session. What covers that session itself is not used, since
/// a price would be compared with itself.
/// </summary>
public sealed record PriceReferences
{
    /// <summary>The last closed session that is known; null when none is. Used only when it directly precedes the quote's.</summary>
    public SessionSummary? Previous { get; init; }

    /// <summary>The highest price of the closed daily candles of the 365 days before; null when unknown.</summary>
    public DatedHigh? YearHigh { get; init; }

    /// <summary>The highest price of the whole history, not only of what is stored daily; null when unknown.</summary>
    public DatedHigh? AllTimeHigh { get; init; }

    /// <summary>The last session that the two highs cover, before the quote's own; null when there are no highs.</summary>
    public DateOnly? HighsThrough { get; init; }

    /// <summary>The version of the series behind all this. After a split it is another one, and remembered highs no longer count.</summary>
    public int Version { get; init; }
}
