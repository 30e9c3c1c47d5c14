using Finstage.Analysis.PriceAlerts;
using Finstage.Analysis.Signals;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Symbols;

/// <summary>How a price alert is told. Pure and thread-safe.</summary>
internal static class PriceAlerts
{
    /// <summary>The outbox row of a price alert: high ones at once, medium ones in their batch; null for low ones, which are only kept.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="alert">The alert.</param>
    /// <param name="asOf">"Now", Unix seconds.</param>
    public static Alert? Of(SymbolInfo symbol, PriceAlert alert, long asOf)
    {
        if (alert.Priority == AlertPriority.Low)
        {
            return null;
        }

        var isHigh = alert.Priority == AlertPriority.High;
        return new Alert(
            alert.Key(symbol.Code), AlertKind.Price, symbol.Code, alert.Priority, AlertStream.Live, asOf,
            isHigh ? asOf : AlertBatches.EndOf(asOf), isHigh ? AlertDelivery.Undecided : AlertDelivery.Batch,
            PriceAlertPayload.Of(symbol, alert).ToJson());
    }
}
