using System.Globalization;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Notifier;

/// <summary>Which of the rows that wait are not told, because their chat does not wish it. Pure and thread-safe.</summary>
public static class AlertScreen
{
    /// <summary>Why a row is not told; null when it is. Reports and batches that are closed already are always told.</summary>
    /// <param name="row">The row.</param>
    /// <param name="wishes">What the chat wishes.</param>
    /// <param name="mutes">The mutes of the chat and of every chat.</param>
    public static string? Reason(OutboxRow row, ChatWishes wishes, IReadOnlyList<SymbolMute> mutes)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(wishes);
        var alert = row.Alert;
        if (alert.Kind is AlertKind.Batch or AlertKind.Report)
        {
            return null;
        }

        if (wishes.MutedUntil is { } until && row.CreatedAt < until)
        {
            return $"The chat is muted until {Moment(until)}.";
        }

        if (alert.Priority < wishes.MinPriority)
        {
            return $"Its priority is below the chat's, {Name(wishes.MinPriority)}.";
        }

        if (alert.Symbol.Length == 0)
        {
            return null;
        }

        if (wishes.Symbols.Count > 0 && !wishes.Symbols.Contains(alert.Symbol, StringComparer.OrdinalIgnoreCase))
        {
            return $"{alert.Symbol} is not among the chat's symbols.";
        }

        return mutes.FirstOrDefault(m => Is(m.Symbol, alert.Symbol) && row.CreatedAt < m.Until) is { } mute
            ? $"{alert.Symbol} is muted {(mute.Until >= SymbolMute.Forever ? "for good" : $"until {Moment(mute.Until)}")}."
            : null;
    }

    private static bool Is(string symbol, string other) => symbol.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static string Name(AlertPriority priority) => priority == AlertPriority.High ? "HIGH" : "MEDIUM";

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
