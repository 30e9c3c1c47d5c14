using System.Globalization;
using System.Text.Json;
using Finstage.Analysis.Candles;

namespace Finstage.Adapters.Prices.Yahoo;

/// <summary>
/// The five columns of a chart. The adjusted close beside them is never read: it is adjusted for dividends too, and belongs to another
/// series than open, high, low and close.
/// </summary>
internal readonly record struct ChartColumns(JsonElement Open, JsonElement High, JsonElement Low, JsonElement Close, JsonElement Volume)
{
    public static ChartColumns Of(JsonElement quote) =>
        new(quote.Child("open"), quote.Child("high"), quote.Child("low"), quote.Child("close"), quote.Child("volume"));

    /// <summary>Why the columns do not belong to so many times; null where they do.</summary>
    public string? Problem(int times)
    {
        if (times == 0)
        {
            return Open.Length() + High.Length() + Low.Length() + Close.Length() > 0 ? "prices that have no times." : null;
        }

        // No volume at all is one that the source does not know.
        var volumes = Volume.Length() == 0 ? times : Volume.Length();
        return Open.Length() == times && High.Length() == times && Low.Length() == times && Close.Length() == times && volumes == times
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{times} times and {Open.Length()} opens, {High.Length()} highs, {Low.Length()} lows, {Close.Length()} closes and {volumes} volumes.");
    }

    /// <summary>The rows, in one walk over all columns.</summary>
    public IEnumerable<ChartCells> Rows(JsonElement times)
    {
        if (times.Length() == 0)
        {
            yield break;
        }

        var hasVolume = Volume.Length() > 0;
        var (open, high, low, close) = (Open.EnumerateArray(), High.EnumerateArray(), Low.EnumerateArray(), Close.EnumerateArray());
        var volume = hasVolume ? Volume.EnumerateArray() : default;
        foreach (var time in times.EnumerateArray())
        {
            open.MoveNext();
            high.MoveNext();
            low.MoveNext();
            close.MoveNext();
            yield return new ChartCells(
                time, open.Current, high.Current, low.Current, close.Current, hasVolume && volume.MoveNext() ? volume.Current : default);
        }
    }
}

/// <summary>One row of a chart; its volume is undefined where the chart has none.</summary>
internal readonly record struct ChartCells(
    JsonElement Time, JsonElement Open, JsonElement High, JsonElement Low, JsonElement Close, JsonElement Volume)
{
    public bool IsBlank => IsNull(Open) && IsNull(High) && IsNull(Low) && IsNull(Close);

    /// <summary>The candle under an open time; null where a price is missing or a value is no number.</summary>
    public Candle? CandleAt(long time) => Price(Open) is { } open && Price(High) is { } high && Price(Low) is { } low
        && Price(Close) is { } close && Units(Volume) is { } volume
        ? new Candle(time, open, high, low, close, volume)
        : null;

    /// <summary>
    /// A price. History comes in single precision (129.0399932861328 for 129.04), the live row does not: written alike, a candle does
    /// not change when it becomes history. A value that is no single-precision number stays as it is.
    /// </summary>
    private static double? Price(JsonElement element)
    {
        if (element.Number() is not { } value)
        {
            return null;
        }

        var single = (float)value;
        return single == value && double.IsFinite(value)
            ? double.Parse(single.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : value;
    }

    // Units that nobody counted are none.
    private static double? Units(JsonElement volume) =>
        volume.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? 0 : volume.Number();

    private static bool IsNull(JsonElement value) => value.ValueKind is JsonValueKind.Null;
}
