using System.Collections.Concurrent;
using System.Globalization;
using Finstage.Analysis.Candles;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Data;

/// <summary>The recorded price series, read once.</summary>
internal static class RealSeries
{
    private static readonly ConcurrentDictionary<string, Candle[]> Read = new();

    /// <summary>The names of the files without extension, such as <c>AAPL.1d</c>; none where the data is missing.</summary>
    public static IReadOnlyList<string> Names { get; } = !Repository.HasData
        ? []
        : [.. Directory.EnumerateFiles(Path.Combine(Repository.Data, "prices"), "*.csv").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    /// <summary>The daily ones.</summary>
    public static IReadOnlyList<string> Daily { get; } = [.. Names.Where(n => n.EndsWith(".1d", StringComparison.Ordinal))];

    /// <summary>The candles of one.</summary>
    public static Candle[] Candles(string name) => Read.GetOrAdd(name, static n => Parse(Path.Combine(Repository.Data, "prices", n + ".csv"), 2));

    /// <summary>The S&amp;P 500 series that the project ships.</summary>
    public static Candle[] Sample() => Read.GetOrAdd("sample", static _ => ParseSample(Path.Combine(Repository.Root, "samples", "GSPC.1d.csv")));

    /// <summary>The interval that a file's name ends in.</summary>
    public static CandleInterval IntervalOf(string name) => CandleIntervals.TryParse(name[(name.LastIndexOf('.') + 1)..], out var interval)
        ? interval
        : throw new ArgumentException($"{name} names no interval.", nameof(name));

    private static Candle[] Parse(string path, int first) =>
    [
        .. File.ReadLines(path).Skip(1).Select(line => line.Split(',')).Select(w => new Candle(
            DateTimeOffset.Parse(w[first], CultureInfo.InvariantCulture).ToUnixTimeSeconds(),
            Number(w[first + 1]), Number(w[first + 2]), Number(w[first + 3]), Number(w[first + 4]), Number(w[first + 5]))),
    ];

    private static Candle[] ParseSample(string path) =>
    [
        .. File.ReadLines(path).Skip(1).Select(line => line.Split(',')).Select(w => new Candle(
            new DateTimeOffset(DateTime.Parse(w[0], CultureInfo.InvariantCulture), TimeSpan.Zero).ToUnixTimeSeconds(),
            Number(w[1]), Number(w[2]), Number(w[3]), Number(w[4]), Number(w[6]))),
    ];

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);
}
