using Finstage.Analysis.PriceAlerts;
using Finstage.Grains.Interfaces.Symbols;

namespace Finstage.Grains.Ports;

/// <summary>Last prices, highs, thresholds, and the price alerts they caused. Thread-safe. Every method is one unit of work.</summary>
public interface IPriceStore
{
    /// <summary>What is known of a symbol's price.</summary>
    Task<PriceMemory> ReadAsync(string symbol, CancellationToken cancellation);

    /// <summary>
    /// Stores a quote, what the rules remember after it, the alerts it caused and their outbox rows, in one transaction. An alert that
    /// exists already, by its symbol, kind, level and trading date, is not written again, nor is its outbox row.
    /// </summary>
    Task<PriceCommitResult> CommitAsync(PriceCommit commit, CancellationToken cancellation);

    /// <summary>Stores the highs of a symbol.</summary>
    Task PutHighsAsync(string symbol, PriceHighs highs, CancellationToken cancellation);

    /// <summary>Stores a symbol's own thresholds; null takes them away.</summary>
    Task PutThresholdsAsync(string symbol, PriceThresholdOverride? own, CancellationToken cancellation);

    /// <summary>The newest price alerts of a symbol or of all, newest first.</summary>
    /// <param name="symbol">The symbol, or null for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    Task<IReadOnlyList<PriceAlertRow>> ReadAlertsAsync(string? symbol, int limit, CancellationToken cancellation);
}

/// <summary>What is known of a symbol's price.</summary>
/// <param name="Quote">Its last price; null before the first.</param>
/// <param name="State">What the rules remember.</param>
/// <param name="Highs">Its highs; null before they were looked up.</param>
/// <param name="Own">Its own thresholds; null where it has those of its category.</param>
public sealed record PriceMemory(LastQuote? Quote, PriceAlertState State, PriceHighs? Highs, PriceThresholdOverride? Own);

/// <summary>A last price.</summary>
/// <param name="Price">The price.</param>
/// <param name="Time">When it was made, Unix seconds.</param>
/// <param name="PreviousClose">The close of the session before; null where it is not known.</param>
public sealed record LastQuote(double Price, long Time, double? PreviousClose);

/// <summary>The highs of a symbol, from closed candles.</summary>
/// <param name="Ever">The highest price of the whole history; null when it is not known.</param>
/// <param name="EverAt">When the whole history was asked for; null before.</param>
/// <param name="Year">The highest price of the last 365 days; null when it is not known.</param>
/// <param name="Through">The last session that they cover; null when there are none.</param>
public sealed record PriceHighs(DatedHigh? Ever, DateTimeOffset? EverAt, DatedHigh? Year, DateOnly? Through);

/// <summary>One unit of work of a symbol's price.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Quote">The price.</param>
/// <param name="State">What the rules remember after it.</param>
/// <param name="Alerts">What it caused, each with its outbox row where it is told.</param>
/// <param name="Audience">Whom the alerts are for.</param>
/// <param name="At">The moment of the commit.</param>
public sealed record PriceCommit(
    string Symbol, LastQuote Quote, PriceAlertState State, IReadOnlyList<(PriceAlert Alert, Alert? Told)> Alerts, Audience Audience,
    DateTimeOffset At);

/// <summary>What a commit did.</summary>
/// <param name="NewAlerts">Price alerts that did not exist before.</param>
/// <param name="NewRows">Outbox rows written.</param>
/// <param name="Chats">The chats that have new rows.</param>
public sealed record PriceCommitResult(int NewAlerts, int NewRows, IReadOnlyList<string> Chats);

/// <summary>A stored price alert.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Alert">What happened.</param>
/// <param name="CreatedAt">When it was stored.</param>
public sealed record PriceAlertRow(string Symbol, PriceAlert Alert, DateTimeOffset CreatedAt);
