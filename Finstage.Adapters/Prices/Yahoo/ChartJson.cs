using System.Text.Json;

namespace Finstage.Adapters.Prices.Yahoo;

/// <summary>Looks into JSON that may hold anything: what is missing or of another kind is null. Pure and thread-safe.</summary>
internal static class ChartJson
{
    // The years 68 to 9999: times beyond them have no date.
    private const long EarliestTime = -60_000_000_000;
    private const long LatestTime = 253_399_622_400;
    private const int MaxText = 200;

    public static JsonElement Child(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) ? child : default;

    /// <summary>The first element of a list.</summary>
    public static JsonElement First(this JsonElement parent) => parent.Length() > 0 ? parent[0] : default;

    /// <summary>The number of elements; 0 for what is no list.</summary>
    public static int Length(this JsonElement list) => list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;

    /// <summary>A number, finite or not.</summary>
    public static double? Number(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var value) ? value : null;

    /// <summary>A finite number.</summary>
    public static double? Finite(this JsonElement element) => element.Number() is { } value && double.IsFinite(value) ? value : null;

    /// <summary>A time in whole Unix seconds that has a date.</summary>
    public static long? Time(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var value) && value is > EarliestTime and < LatestTime
            ? value
            : null;

    /// <summary>A text that is not empty, at most 200 characters and without control characters.</summary>
    public static string? Text(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            var text = string.Concat((element.GetString() ?? string.Empty).Where(c => !char.IsControl(c))).Trim();
            return text.Length == 0 ? null : text.Length > MaxText ? text[..MaxText] : text;
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no text.
            return null;
        }
    }
}
