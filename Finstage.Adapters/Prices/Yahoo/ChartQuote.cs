using System.Text.Json;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Prices.Yahoo;

/// <summary>What an answer says of the symbol itself. Pure and thread-safe.</summary>
internal static class ChartQuote
{
    // The close before the *range* (chartPreviousClose) is left alone: as a base of the day's change it is wrong.
    public static FeedQuote Of(JsonElement meta) => new(
        meta.Child("currency").Text(),
        meta.Child("exchangeName").Text(),
        meta.Child("instrumentType").Text(),
        meta.Child("longName").Text() ?? meta.Child("shortName").Text(),
        meta.Child("exchangeTimezoneName").Text(),
        meta.Child("regularMarketPrice").Finite(),
        meta.Child("regularMarketTime").Time(),
        meta.Child("previousClose").Finite(),
        meta.Child("priceHint").Finite() is { } decimals and >= 0 and <= 12 ? (int)decimals : null);
}
