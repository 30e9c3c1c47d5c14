using System.Text.Json;
using Finstage.Adapters.Prices;
using Finstage.Analysis.Candles;

namespace Finstage.Silo.Startup;

/// <summary>One shipped series: real prices, with where they come from.</summary>
/// <param name="File">The file's name in the samples folder.</param>
/// <param name="Symbol">The symbol.</param>
/// <param name="Interval">The interval's code.</param>
/// <param name="PlayLastYear">Whether its last year is kept back at the first start, to be played as if live.</param>
internal sealed record Sample(string File, string Symbol, string Interval, bool PlayLastYear);

/// <summary>The shipped samples, found beside the program.</summary>
internal sealed class SampleSet(CsvPriceFile reader)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "samples");

    /// <summary>What to import at the first start: every sample, but for what is kept back.</summary>
    public async Task<IReadOnlyList<PriceSeries>> HistoryAsync(CancellationToken cancellation) =>
        [.. (await ReadAsync(cancellation)).Select(s => Part(s.Sample, s.Series, isLastYear: false))];

    /// <summary>What is kept back, to be played as if live.</summary>
    public async Task<IReadOnlyList<PriceSeries>> LastYearAsync(CancellationToken cancellation) =>
        [.. (await ReadAsync(cancellation)).Where(s => s.Sample.PlayLastYear).Select(s => Part(s.Sample, s.Series, isLastYear: true))];

    private async Task<IReadOnlyList<(Sample Sample, PriceSeries Series)>> ReadAsync(CancellationToken cancellation)
    {
        var manifest = Path.Combine(Folder, "samples.json");
        await using var text = File.OpenRead(manifest);
        var samples = await JsonSerializer.DeserializeAsync<Sample[]>(text, Json, cancellation)
            ?? throw new StartupException($"The list of samples '{manifest}' is empty; build the program again.");
        var result = new List<(Sample, PriceSeries)>();
        foreach (var sample in samples)
        {
            _ = CandleIntervals.TryParse(sample.Interval, out var interval);
            var options = new PriceFileOptions { Symbol = sample.Symbol, Interval = interval };
            var file = await reader.ReadAsync(Path.Combine(Folder, sample.File), options, cancellation);
            result.Add((sample, file.Series.Single()));
        }

        return result;
    }

    private static PriceSeries Part(Sample sample, PriceSeries series, bool isLastYear)
    {
        var cut = sample.PlayLastYear
            ? series.Candles[^1].OpenTime.AddYears(-1).ToUnixTimeSeconds()
            : long.MaxValue;
        return series with { Candles = [.. series.Candles.Where(c => c.Time > cut == isLastYear)] };
    }
}
