using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Tests.Indicators;

/// <summary>Seeded series of every temper that indicators must bear.</summary>
internal static class SampleSeries
{
    private const int Day = 86_400;

    /// <summary>The names that <see cref="Of"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["random", "constant", "spiky", "tiny", "huge", "steps", "silent", "hours"];

    /// <summary>A series by its name.</summary>
    public static Candle[] Of(string name, int count = 700) => name switch
    {
        "random" => Walk(count, 100, seed: 1),
        "constant" => Constant(count, 0.1, 1_000),
        "spiky" => Spiky(count),
        "tiny" => Walk(count, 1e-9, seed: 2),
        "huge" => Walk(count, 1e12, seed: 3),
        "steps" => Steps(count),
        "silent" => [.. Walk(count, 50, seed: 4).Select(c => c with { Volume = 0 })],
        "hours" => [.. Walk(count, 20, seed: 9).Select((c, i) => c with { Time = (i / 7L * Day) + ((14 + (i % 7)) * 3_600) })],
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such series."),
    };

    /// <summary>A random walk of daily candles.</summary>
    public static Candle[] Walk(int count, double start, int seed)
    {
        var random = new Random(seed);
        var candles = new Candle[count];
        var close = start;
        for (var i = 0; i < count; i++)
        {
            var open = close * (1 + (0.01 * (random.NextDouble() - 0.5)));
            close = open * (1 + (0.04 * (random.NextDouble() - 0.5)));
            var high = Math.Max(open, close) * (1 + (0.01 * random.NextDouble()));
            var low = Math.Min(open, close) * (1 - (0.01 * random.NextDouble()));
            candles[i] = new Candle((long)i * Day, open, high, low, close, random.Next(0, 1_000_000));
        }

        return candles;
    }

    /// <summary>Candles that do not move.</summary>
    public static Candle[] Constant(int count, double price, double volume) =>
        [.. Enumerable.Range(0, count).Select(i => new Candle((long)i * Day, price, price, price, price, volume))];

    /// <summary>A random walk, one candle a million times as large, and then many candles at one price.</summary>
    public static Candle[] SpikeThenConstant(int constant)
    {
        var walk = Walk(300, 100, seed: 5);
        ref var spike = ref walk[250];
        spike = new Candle(spike.Time, spike.Open * 1e6, spike.High * 1e6, spike.Low * 1e6, spike.Close * 1e6, spike.Volume * 1e6);
        var start = walk[^1].Time + Day;
        return [.. walk, .. Constant(constant, 0.1, 1_000).Select(c => c with { Time = start + c.Time })];
    }

    private static Candle[] Spiky(int count)
    {
        var candles = Walk(count, 100, seed: 6);
        var random = new Random(7);
        for (var i = 0; i < count; i++)
        {
            if (random.Next(40) == 0)
            {
                var factor = random.Next(2) == 0 ? 1e3 : 1e-2;
                var c = candles[i];
                candles[i] = new Candle(c.Time, c.Open * factor, c.High * factor, c.Low * factor, c.Close * factor, c.Volume * 50);
            }
        }

        return candles;
    }

    // Whole prices that stay, step and repeat: ties everywhere.
    private static Candle[] Steps(int count)
    {
        var random = new Random(8);
        var candles = new Candle[count];
        var close = 20d;
        for (var i = 0; i < count; i++)
        {
            var open = close;
            close = Math.Clamp(close + random.Next(-1, 2), 5, 40);
            var high = Math.Max(open, close) + random.Next(2);
            var low = Math.Min(open, close) - random.Next(2);
            candles[i] = new Candle((long)i * Day, open, high, low, close, 100 * random.Next(4));
        }

        return candles;
    }
}
