using System.Globalization;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.PriceAlerts;

/// <summary>Something a price did. A pure fact: sentences are made where people read them. Immutable.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="Level">The multiple of the threshold, from 1 on; 1 where there is no threshold.</param>
/// <param name="Session">The exchange's trading date.</param>
/// <param name="Priority">How soon people are told.</param>
/// <param name="Quote">The price that did it.</param>
/// <param name="Reference">What it is measured against: a close, a high or a low, with its time; a session's at 00:00 UTC of its date.</param>
/// <param name="Change">How far it is from the reference, in <paramref name="Unit"/>; null where a percentage has no base above zero.</param>
/// <param name="Unit">In what the change is measured.</param>
public sealed record PriceAlert(
    PriceAlertKind Kind, int Level, DateOnly Session, AlertPriority Priority, PricePoint Quote, PricePoint Reference, double? Change,
    ChangeUnit Unit)
{
    /// <summary>What makes the alert unique: symbol, kind, level and trading date.</summary>
    public string Key(string symbol) =>
        string.Create(CultureInfo.InvariantCulture, $"price|{symbol}|{Kind.Code()}|{Level}|{Session:yyyy-MM-dd}");
}
