using System.Globalization;

namespace Finstage.Adapters.Tests.Prices.Yahoo;

/// <summary>Writes answers of the chart API by hand.</summary>
internal sealed class ChartBody
{
    private readonly List<(string Time, string Open, string High, string Low, string Close, string Volume)> rows = [];

    public string Symbol { get; init; } = "AAPL";

    public string Granularity { get; init; } = "1d";

    public string Zone { get; init; } = "America/New_York";

    public int Offset { get; init; } = -18_000;

    /// <summary>The session that the answer knows of; empty for none.</summary>
    public (string Start, string End) Session { get; init; } = (string.Empty, string.Empty);

    public string? MarketTime { get; init; }

    public string Events { get; init; } = "null";

    /// <summary>Unix seconds of a time such as 2025-03-03T14:30:00Z.</summary>
    public static long At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds();

    /// <summary>Adds a row around a price.</summary>
    public ChartBody Row(string time, double price, double volume = 100) => Raw(
        Text(At(time)), Text(price), Text(price + 1), Text(price - 1), Text(price + 0.5), Text(volume));

    /// <summary>Adds a row of nulls.</summary>
    public ChartBody Blank(string time) => Raw(Text(At(time)), "null", "null", "null", "null", "null");

    /// <summary>Adds a row word by word.</summary>
    public ChartBody Raw(string time, string open, string high, string low, string close, string volume)
    {
        rows.Add((time, open, high, low, close, volume));
        return this;
    }

    public override string ToString()
    {
        var session = Session.Start.Length == 0 ? string.Empty
            : $"\"currentTradingPeriod\":{{\"regular\":{{\"start\":{At(Session.Start)},\"end\":{At(Session.End)}}}}},";
        var market = MarketTime is null ? string.Empty : $"\"regularMarketTime\":{At(MarketTime)},";
        string Column(Func<(string Time, string Open, string High, string Low, string Close, string Volume), string> of) => string.Join(',', rows.Select(of));
        return $$$"""
            {"chart":{"result":[{"meta":{{{{session}}}{{{market}}}"symbol":"{{{Symbol}}}","currency":"USD","exchangeName":"NMS","gmtoffset":{{{Offset}}},
            "exchangeTimezoneName":"{{{Zone}}}","dataGranularity":"{{{Granularity}}}","chartPreviousClose":1.5},
            "timestamp":[{{{Column(r => r.Time)}}}],"events":{{{Events}}},
            "indicators":{"quote":[{"open":[{{{Column(r => r.Open)}}}],"high":[{{{Column(r => r.High)}}}],"low":[{{{Column(r => r.Low)}}}],
            "close":[{{{Column(r => r.Close)}}}],"volume":[{{{Column(r => r.Volume)}}}]}],
            "adjclose":[{"adjclose":[{{{Column(_ => "0.01")}}}]}]}}],"error":null}}
            """;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
