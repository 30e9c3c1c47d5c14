using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Strategies.Levels;

/// <summary>
/// The highest high and the lowest low of the candles of the last days, by date: a place for each date, in rounds as in
/// <see cref="RollingRange"/>, so that its size is bounded however many candles a date has.
/// </summary>
internal struct DatedRange
{
    private static readonly Vector128<double> Nothing = Vector128.Create(double.NegativeInfinity);

    // Up to `at`: the pairs (high, −low) of this round's dates. After it: the largest from there to the end, of the last round.
    private readonly Vector128<double>[] ring;
    private int at;
    private int date = int.MinValue;
    private Vector128<double> round = Nothing;

    /// <summary>Creates a range without candles.</summary>
    /// <param name="days">How many days before a date still count, at least 1.</param>
    public DatedRange(int days)
    {
        // One place more than there are dates: behind the last there is nothing.
        ring = new Vector128<double>[days + 2];
        ring.AsSpan().Fill(Nothing);
    }

    /// <summary>The extremes of the candles so far that are dated from <c>days</c> before a date on; infinite when there are none.</summary>
    /// <param name="today">The next candle's date, not earlier than that of the one before.</param>
    /// <param name="lowest">The lowest low.</param>
    /// <returns>The highest high.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Before(int today, out double lowest)
    {
        if (today != date)
        {
            MoveTo(today);
        }

        var window = Vector128.MaxNative(round, ring[at + 1]);
        lowest = -window.GetElement(1);
        return window.ToScalar();
    }

    /// <summary>Adds a candle of the date that <see cref="Before"/> was last asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double high, double low)
    {
        var pair = Vector128.Create(high, -low);
        ring[at] = Vector128.MaxNative(ring[at], pair);
        round = Vector128.MaxNative(round, pair);
    }

    private void MoveTo(int today)
    {
        var dates = ring.Length - 1;
        if (date == int.MinValue || (long)today - date > dates)
        {
            // Nothing that was added is near enough.
            ring.AsSpan().Fill(Nothing);
            (round, at, date) = (Nothing, 0, today);
            return;
        }

        for (; date < today; date++)
        {
            if (++at == dates)
            {
                TurnOver();
            }

            ring[at] = Nothing;
        }
    }

    private void TurnOver()
    {
        var largest = Nothing;
        for (var i = ring.Length - 1; i >= 0; i--)
        {
            ring[i] = largest = Vector128.MaxNative(largest, ring[i]);
        }

        at = 0;
        round = Nothing;
    }
}
