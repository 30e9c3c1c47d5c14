using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Tests.Data;

/// <summary>What a series is like.</summary>
public enum SeriesKind
{
    /// <summary>A random walk with volume.</summary>
    Walk,

    /// <summary>Prices on a coarse grid, so that equal ones are common, with calm stretches.</summary>
    Grid,

    /// <summary>Long trends, gaps and bursts of volume.</summary>
    Trends,

    /// <summary>Around zero, also below it, with volume missing now and then.</summary>
    AroundZero,

    /// <summary>A walk with stretches on which nothing moves and without volume.</summary>
    Holes,
}

/// <summary>Seeded random series of several characters: what real ones never show all at once.</summary>
internal static class RandomSeries
{
    /// <summary>A series of a kind.</summary>
    public static Candle[] Of(SeriesKind kind, int count, int seed, CandleInterval interval = CandleInterval.OneDay)
    {
        var random = new Random(seed);
        var candles = new Candle[count];
        var time = 946_857_600L; // 2000-01-03, a Monday
        var (price, drift, quiet) = (kind == SeriesKind.AroundZero ? 0.5 : 100.0, 0.0, 0);
        for (var i = 0; i < count; i++)
        {
            if (i % 60 == 0)
            {
                drift = kind == SeriesKind.Trends ? 0.008 * (random.NextDouble() - 0.5) : 0;
                quiet = kind is SeriesKind.Holes or SeriesKind.Grid && random.Next(4) == 0 ? 30 : 0;
            }

            var scale = kind == SeriesKind.AroundZero ? 1 : price;
            double Step(double size) => scale * size * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
            var isQuiet = quiet-- > 0;
            var open = isQuiet ? price : price + (kind == SeriesKind.Trends && random.Next(12) == 0 ? Step(0.05) : Step(0.004));
            var close = isQuiet ? price : open + (scale * drift) + Step(kind == SeriesKind.AroundZero ? 0.1 : 0.02);
            var high = Math.Max(open, close) + (isQuiet ? 0 : Math.Abs(Step(0.01)));
            var low = Math.Min(open, close) - (isQuiet ? 0 : Math.Abs(Step(0.01)));
            var volume = Math.Floor(1_000 * Math.Exp(random.NextDouble() * (kind == SeriesKind.Trends ? 3 : 1.5)));
            if ((kind is SeriesKind.AroundZero or SeriesKind.Holes) && random.Next(60) == 0)
            {
                volume = 0;
            }

            if (kind == SeriesKind.Grid)
            {
                (open, high, low, close) = (Round(open), Round(high), Round(low), Round(close));
            }

            candles[i] = new Candle(time, open, high, low, close, volume);
            price = kind == SeriesKind.AroundZero ? 0.995 * close : Math.Max(close, 1);
            time = Next(time, interval, random);
        }

        return candles;

        static double Round(double x) => Math.Round(2 * x) / 2;
    }

    // Days without weekends, hours and minutes of a day with holes, weeks, months.
    private static long Next(long time, CandleInterval interval, Random random)
    {
        const long Hour = 3_600;
        if (interval == CandleInterval.OneMonth)
        {
            return DateTimeOffset.FromUnixTimeSeconds(time).AddDays(35 - DateTimeOffset.FromUnixTimeSeconds(time).Day).ToUnixTimeSeconds() / 86_400 * 86_400;
        }

        time += interval.Seconds() * (interval.IsIntraday() && random.Next(20) == 0 ? 2 : 1);
        if (interval.IsIntraday() && time % 86_400 >= 23 * Hour)
        {
            time += 14 * Hour;
        }

        while (interval <= CandleInterval.OneDay && DateTimeOffset.FromUnixTimeSeconds(time).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            time += 24 * Hour;
        }

        return interval == CandleInterval.OneDay && random.Next(30) == 0 ? Next(time, interval, random) : time;
    }
}
