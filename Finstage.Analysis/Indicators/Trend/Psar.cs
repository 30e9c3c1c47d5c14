using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Trend;

/// <summary>
/// Parabolic stop and reverse (J. Welles Wilder, 1978). It starts rising at the first low; since that direction is a guess, the first
/// trend and the reversal that ends it are absent, as published values have it; with <c>firstTrend</c> 1 nothing is left out, with 2 the
/// first trend but not its reversal. Direction is 1 while the stop lies beneath the price, −1 above it; it is known from the first
/// reversal on.
/// </summary>
internal struct Psar(double step, double limit, double initial, int firstTrend) : IIndicatorKernel<Psar>
{
    private bool hasTurned;
    private bool isRising = true;
    private int count;
    private double stop;
    private double extreme;
    private double speed;
    private (double High, double Low) last;
    private (double High, double Low) secondLast;

    public static IndicatorInfo Info { get; } = new(
        "psar",
        "Trend",
        [
            IndicatorParameter.Factor("step", 0.02, 0.0001, 1), IndicatorParameter.Factor("limit", 0.2, 0.0001, 1),
            IndicatorParameter.Factor("initial", 0, 0, 1), IndicatorParameter.Choice("firstTrend", max: 2),
        ],
        ["value", "direction", "reversal"]);

    public readonly int WarmUp => 2;

    public static Psar Create(ReadOnlySpan<double> parameters, SeriesContext series) => parameters[0] <= parameters[1]
        ? new(parameters[0], parameters[1], parameters[2] == 0 ? parameters[0] : parameters[2], (int)parameters[3])
        : throw new IndicatorException("psar: step must not be above limit.");

    public void Update(in Candle candle, Span<double> outputs)
    {
        var turns = false;
        var isKnown = hasTurned || (firstTrend == 1 && count > 0);
        if (count++ == 0)
        {
            stop = candle.Low;
            extreme = candle.High;
            speed = initial;
            secondLast = (candle.High, candle.Low);
        }
        else
        {
            turns = Move(candle);
            secondLast = last;
        }

        last = (candle.High, candle.Low);
        hasTurned |= turns;
        var isDirected = isKnown || turns;
        isKnown |= turns && firstTrend == 2;
        outputs[2] = isKnown ? (turns ? 1 : 0) : double.NaN;
        outputs[1] = isDirected ? (isRising ? 1 : -1) : double.NaN;
        outputs[0] = isKnown ? stop : double.NaN;
    }

    private bool Move(in Candle candle)
    {
        stop += speed * (extreme - stop);
        if (isRising)
        {
            stop = Math.Min(stop, Math.Min(last.Low, secondLast.Low));
            return candle.Low < stop ? Turn(candle.Low) : Follow(candle.High > extreme, candle.High);
        }

        stop = Math.Max(stop, Math.Max(last.High, secondLast.High));
        return candle.High > stop ? Turn(candle.High) : Follow(candle.Low < extreme, candle.Low);
    }

    private bool Turn(double newExtreme)
    {
        isRising = !isRising;
        stop = extreme;
        extreme = newExtreme;
        speed = initial;
        return true;
    }

    private bool Follow(bool isBeyond, double newExtreme)
    {
        if (isBeyond)
        {
            extreme = newExtreme;
            speed = Math.Min(speed + step, limit);
        }

        return false;
    }
}
