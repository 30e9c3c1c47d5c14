using System.Globalization;
using Finstage.Analysis.Candles;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Indicators.Published;

/// <summary>The published indicator values and the quotes that they belong to, from the recorded data beside the checkout.</summary>
internal static class PublishedQuotes
{
    public static string Folder => Path.Combine(Repository.Data, "indicators");

    /// <summary>The single published values.</summary>
    public static IReadOnlyList<Dictionary<string, string>> Expected => Singles.Value;

    private static Lazy<List<Dictionary<string, string>>> Singles { get; } = new(() => Read(Path.Combine(Folder, "expected.csv")));

    /// <summary>The quotes of a data set such as <c>default</c> or <c>intraday[first 391]</c>.</summary>
    public static Candle[] Of(string dataset)
    {
        var name = dataset.Split('[')[0];
        var file = name == "default" ? "quotes.csv" : $"quotes-{name}.csv";
        var candles = Read(Path.Combine(Folder, file)).Select(row => new Candle(
            DateTimeOffset.Parse(row["date"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds(),
            Number(row["open"]), Number(row["high"]), Number(row["low"]), Number(row["close"]), Number(row["volume"]))).ToArray();
        var words = dataset.Split('[', ' ', ']');
        return words.Length < 3 ? candles : words[1] == "first" ? candles[..int.Parse(words[2], CultureInfo.InvariantCulture)]
            : candles[^int.Parse(words[2], CultureInfo.InvariantCulture)..];
    }

    /// <summary>The rows of a CSV file without quoted fields, by column name.</summary>
    public static List<Dictionary<string, string>> Read(string file)
    {
        using var reader = new StreamReader(file);
        var header = reader.ReadLine()!.Split(',');
        var rows = new List<Dictionary<string, string>>();
        while (reader.ReadLine() is { } line)
        {
            var row = new Dictionary<string, string>();
            foreach (var (name, field) in header.Zip(line.Split(',')))
            {
                row.TryAdd(name, field);
            }

            rows.Add(row);
        }

        return rows;
    }

    /// <summary>A published number: empty is absent, true and false are 1 and 0.</summary>
    public static double Number(string text) => text switch
    {
        "" => double.NaN,
        "true" => 1,
        "false" => 0,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
