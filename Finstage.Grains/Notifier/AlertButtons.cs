using System.Globalization;
using System.Text;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Notifier;

/// <summary>The buttons under an alert that goes alone: mute its symbol for a day, and what stands behind it. Pure and thread-safe.</summary>
public static class AlertButtons
{
    private const int MaxData = 64;

    /// <summary>The buttons of a row; none where it is about no symbol.</summary>
    /// <param name="row">The row.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    public static IReadOnlyList<MessageButton> Of(OutboxRow row, string language)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Alert.Kind is not (AlertKind.Signal or AlertKind.Price) || row.Alert.Symbol.Length == 0)
        {
            return [];
        }

        var details = new MessageButton(AlertFormatter.Text(language, "Details"), string.Create(CultureInfo.InvariantCulture, $"d:{row.Id}"));
        var mute = $"m:{row.Alert.Symbol}";
        return Encoding.UTF8.GetByteCount(mute) <= MaxData ? [new MessageButton(AlertFormatter.Text(language, "Mute"), mute), details] : [details];
    }
}
