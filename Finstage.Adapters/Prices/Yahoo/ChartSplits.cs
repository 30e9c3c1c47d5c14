using System.Text.Json;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Prices.Yahoo;

/// <summary>The splits that an answer tells of. Pure and thread-safe.</summary>
internal static class ChartSplits
{
    private const long Day = 86_400;

    public static IReadOnlyList<PriceSplit> Of(JsonElement splits, ChartClock clock, PriceRequest request)
    {
        if (splits.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var found = new List<PriceSplit>();
        foreach (var entry in splits.EnumerateObject())
        {
            if (entry.Value.Child("date").Time() is { } time && entry.Value.Child("numerator").Finite() is { } numerator and > 0
                && entry.Value.Child("denominator").Finite() is { } denominator and > 0)
            {
                found.Add(new PriceSplit(clock.DateOf(time), numerator, denominator));
            }
        }

        return [.. found.Where(s => IsAsked(s.Time, request)).Distinct().OrderBy(s => s.Time)];
    }

    // A range of hours may begin inside the day of a split, and a split may fall into the last week or month.
    private static bool IsAsked(long date, PriceRequest request) =>
        date + Day > request.From
        && (request.To is not { } to || date <= to || (!request.Interval.IsIntraday() && to > date - request.Interval.Seconds()));
}
