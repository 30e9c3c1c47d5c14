using System.Diagnostics;
using Finstage.Adapters.Messengers;
using Finstage.Adapters.Storage;
using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Grains.Symbols;
using Finstage.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Finstage.Throughput;

/// <summary>Candles given to symbols' grains on one silo over an SQLite file, one candle a call.</summary>
internal static class GrainWork
{
    private const int Warm = 300;
    private const int OneNew = 1_500;
    private const int OneKnown = 20_000;
    private const int Symbols = 10_000;
    private const int AtOnce = 64;

    /// <summary>Runs everything once.</summary>
    /// <returns>The works and how many candles a second they took.</returns>
    public static async Task<IReadOnlyList<(string Work, double PerSecond)>> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("finstage-throughput-");
        try
        {
            await using var store = await SqlStore.OpenAsync(Path.Combine(folder.FullName, "finstage.db"), TimeProvider.System);
            using var host = Build(store);
            await host.StartAsync();
            var works = await MeasureAsync(host.Services.GetRequiredService<IGrains>());
            await host.StopAsync();
            return works;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<(string Work, double PerSecond)>> MeasureAsync(IGrains grains)
    {
        var candles = Walk(Warm + OneNew);
        var one = grains.Get<ISymbolGrain>("ONE");
        await one.ApplyAsync(Batch("ONE", candles.AsSpan(0, Warm)));
        var fresh = await RateAsync(OneNew, i => one.ApplyAsync(Batch("ONE", candles.AsSpan(Warm + i, 1))), 1);
        var known = await RateAsync(OneKnown, _ => one.ApplyAsync(Batch("ONE", candles.AsSpan(candles.Length - 1, 1))), 1);

        string[] codes = [.. Enumerable.Range(0, Symbols).Select(i => $"S{i}")];
        Task Each(int candle, int i) => grains.Get<ISymbolGrain>(codes[i]).ApplyAsync(Batch(codes[i], candles.AsSpan(candle, 1)));
        var first = await RateAsync(Symbols, i => Each(0, i), AtOnce);
        var second = await RateAsync(Symbols, i => Each(1, i), AtOnce);
        var again = await RateAsync(Symbols, i => Each(1, i), AtOnce);
        return
        [
            ("1 symbol, new candles", fresh), ("1 symbol, known candles", known), ("10,000 symbols, their first candle", first),
            ("10,000 symbols, new candles", second), ("10,000 symbols, known candles", again),
        ];
    }

    private static async Task<double> RateAsync(int count, Func<int, Task> call, int atOnce)
    {
        var begin = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, _) => await call(i));
        return count / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private static IHost Build(SqlStore store)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(Options.Create(new NotifierOptions()));
        builder.Services.AddSingleton<IMarketStore>(store).AddSingleton<IOutbox>(store).AddSingleton(store.Prices);
        builder.Services.AddSingleton<IReminderStore>(store).AddSingleton<IGrainStateStore>(store);
        builder.Services.AddSingleton<IMessenger>(new ConsoleMessenger(TextWriter.Null));
        builder.AddGrainHost(Calls.Table, null, typeof(SeriesKeeper).Assembly);
        return builder.Build();
    }

    private static CandleBatch Batch(string symbol, ReadOnlySpan<Candle> candles) => CandleBatch.Of(
        symbol, CandleInterval.OneHour, "csv", BatchOrigin.Backfill, CandleInterval.OneHour.CloseTime(candles[^1].Time), candles, Audience.ConsoleOnly,
        replace: false);

    private static Candle[] Walk(int count)
    {
        var (random, price, candles) = (new Random(1), 100d, new Candle[count]);
        for (var i = 0; i < count; i++)
        {
            var close = price * (1 + ((random.NextDouble() - 0.5) / 50));
            candles[i] = new Candle(
                3_600L * (400_000 + i), price, Math.Max(price, close) * 1.001, Math.Min(price, close) * 0.999, close, random.Next(1_000, 9_000));
            price = close;
        }

        return candles;
    }
}
