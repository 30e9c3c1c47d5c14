namespace Finstage.Analysis.Backtesting;

/// <summary>
/// How often each date stands in each resample of a stationary bootstrap: blocks of consecutive dates that begin anywhere, with lengths
/// of a geometric distribution, until there are as many dates as there were; after the last date comes the first (D. N. Politis and J. P.
/// Romano, "The Stationary Bootstrap", JASA 89, 1994). All symbols share the dates, so what moved together stays together.
/// </summary>
internal sealed class DateWeights
{
    private readonly float[] weights;

    /// <summary>Draws resamples.</summary>
    /// <param name="dates">How many dates there are.</param>
    /// <param name="resamples">How many resamples.</param>
    /// <param name="block">The mean length of a block, in dates, at least 1.</param>
    /// <param name="seed">Where chance comes from.</param>
    /// <param name="parallel">How many threads.</param>
    public DateWeights(int dates, int resamples, double block, int seed, ParallelOptions parallel)
    {
        Resamples = resamples;
        weights = new float[(long)dates * resamples];
        Parallel.For(0, resamples, parallel, resample =>
        {
            // Each resample has its own chance: threads change nothing.
            var random = new Random(unchecked((seed * 1_000_003) + resample));
            var left = dates;
            while (left > 0)
            {
                var at = random.Next(dates);
                var length = block <= 1 ? 1 : 1 + (int)(Math.Log(1 - random.NextDouble()) / Math.Log(1 - (1 / block)));
                for (length = Math.Min(length, left); length > 0; length--, left--)
                {
                    weights[((long)at * resamples) + resample]++;
                    at = at + 1 == dates ? 0 : at + 1;
                }
            }
        });
    }

    /// <summary>How many resamples there are.</summary>
    public int Resamples { get; }

    /// <summary>How often a date stands in each resample.</summary>
    public ReadOnlySpan<float> Of(int date) => weights.AsSpan(date * Resamples, Resamples);

    /// <summary>
    /// The mean length of a block for outcomes at a horizon: the cube root of the number of dates, which is the order that suits a mean
    /// (Politis and White 2004), and at least twice the horizon, since outcomes that overlap depend on one another.
    /// </summary>
    public static double BlockFor(int dates, int sessions) => Math.Max(Math.Ceiling(Math.Cbrt(dates)), Math.Max(1, 2 * sessions));
}
