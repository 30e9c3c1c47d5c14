using System.Runtime.CompilerServices;
using Finstage.Analysis.Candles;

namespace Finstage.Adapters.Prices;

/// <summary>Plays recorded candles as if they closed now: merged over all series, at a chosen pace. Thread-safe.</summary>
/// <param name="time">The clock that paces the steps.</param>
public sealed class ReplaySource(TimeProvider time)
{
    // A single wait stays far below the longest that a timer takes; longer ones are made of several.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    // Timers count whole milliseconds: a shorter wait would be none, again and again.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// The candles of all series by the moment they close, ascending; within a moment in the order of the series. Lazy: it holds one
    /// step at a time.
    /// </summary>
    /// <param name="series">The series, each ascending.</param>
    public static IEnumerable<ReplayStep> Merge(IReadOnlyList<PriceSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return MergeCore(series);
    }

    /// <summary>Plays the series, the first step at once and each later one when its candles would close.</summary>
    /// <param name="series">The series, each ascending.</param>
    /// <param name="speed">
    /// How many times faster than the market, from 0.01; <see cref="double.PositiveInfinity"/> plays without waiting.
    /// </param>
    /// <param name="cancellation">Cancels the play.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed is below 0.01 or no number.</exception>
    public IAsyncEnumerable<ReplayStep> PlayAsync(
        IReadOnlyList<PriceSeries> series, double speed = double.PositiveInfinity, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (!(speed >= 0.01))
        {
            throw new ArgumentOutOfRangeException(nameof(speed), speed, "The speed must be at least 0.01.");
        }

        return PlayCoreAsync(series, speed, cancellation);
    }

    private static IEnumerable<ReplayStep> MergeCore(IReadOnlyList<PriceSeries> series)
    {
        var next = new int[series.Count];
        var queue = new PriorityQueue<int, (long Close, int Series)>();
        void Enqueue(int i)
        {
            if (next[i] < series[i].Candles.Length)
            {
                queue.Enqueue(i, (series[i].Interval.CloseTime(series[i].Candles[next[i]].Time), i));
            }
        }

        for (var i = 0; i < series.Count; i++)
        {
            Enqueue(i);
        }

        while (queue.TryPeek(out _, out var first))
        {
            var candles = new List<ReplayCandle>();
            while (queue.TryPeek(out var i, out var at) && at.Close == first.Close)
            {
                queue.Dequeue();
                candles.Add(new ReplayCandle(series[i].Symbol, series[i].Interval, series[i].Candles[next[i]++]));
                Enqueue(i);
            }

            yield return new ReplayStep(first.Close, candles);
        }
    }

    private async IAsyncEnumerable<ReplayStep> PlayCoreAsync(
        IReadOnlyList<PriceSeries> series, double speed, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        long? origin = null;
        foreach (var step in MergeCore(series))
        {
            cancellation.ThrowIfCancellationRequested();
            origin ??= step.Time;

            // Against the start, not the step before: what the steps themselves take does not add up.
            var due = TimeSpan.FromSeconds((step.Time - origin.Value) / speed);
            while (due - time.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
            {
                await Task.Delay(left > LongestWait ? LongestWait : left < ShortestWait ? ShortestWait : left, time, cancellation);
            }

            yield return step;
        }
    }
}

/// <summary>The candles that close at one moment.</summary>
/// <param name="Time">The moment, Unix seconds (UTC).</param>
/// <param name="Candles">The candles, in the order of their series; at least one.</param>
public sealed record ReplayStep(long Time, IReadOnlyList<ReplayCandle> Candles);

/// <summary>One closed candle and the series it belongs to.</summary>
/// <param name="Symbol">The symbol's code.</param>
/// <param name="Interval">The interval.</param>
/// <param name="Candle">The candle.</param>
public readonly record struct ReplayCandle(string Symbol, CandleInterval Interval, Candle Candle);
