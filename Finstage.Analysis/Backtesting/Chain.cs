using System.Runtime.Intrinsics;

namespace Finstage.Analysis.Backtesting;

/// <summary>What the outcomes of a group that do not overlap show.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Sharpe">Mean / standard deviation (n − 1), per observation; NaN where nothing varies.</param>
/// <param name="Skewness">γ₃, by population moments.</param>
/// <param name="Kurtosis">γ₄, by population moments.</param>
/// <param name="MaxDrawdown">The deepest fall of the money that went through them, as a fraction of its peak.</param>
internal readonly record struct ChainFigures(int Count, double Sharpe, double Skewness, double Kurtosis, double MaxDrawdown);

/// <summary>
/// Takes the outcomes of a group that do not overlap, in order of time: the first, then the next that begins no earlier than the one
/// before has ended. Those that begin together count as one with their mean, for one cannot be had before the other. Used over and
/// over; not thread-safe.
/// </summary>
internal sealed class Chain
{
    private double[] values = new double[256];
    private int count;

    /// <summary>Begins anew.</summary>
    public void Clear() => count = 0;

    /// <summary>Takes the next outcome.</summary>
    public void Add(double value)
    {
        if (count == values.Length)
        {
            Array.Resize(ref values, 2 * count);
        }

        values[count++] = value;
    }

    /// <summary>What was taken.</summary>
    public ChainFigures Figures()
    {
        var own = values.AsSpan(0, count);
        var mean = Mean(own);
        var (second, third, fourth) = Powers(own, mean);
        var deviation = count < 2 ? double.NaN : Math.Sqrt(second / (count - 1));
        if (!Moments.Varies(deviation, mean))
        {
            return new ChainFigures(count, double.NaN, double.NaN, double.NaN, Drawdown(own));
        }

        var variance = second / count;
        return new ChainFigures(
            count, mean / deviation, third / count / (variance * Math.Sqrt(variance)), fourth / count / (variance * variance), Drawdown(own));
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var total = 0.0;
        foreach (var value in values)
        {
            total += value;
        }

        return total / values.Length;
    }

    private static (double Second, double Third, double Fourth) Powers(ReadOnlySpan<double> values, double mean)
    {
        var (second, third, fourth) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var center = Vector256.Create(mean);
        var i = 0;
        for (; i + 4 <= values.Length; i += 4)
        {
            var distance = Vector256.Create(values[i..]) - center;
            var square = distance * distance;
            second += square;
            third += square * distance;
            fourth += square * square;
        }

        var (a, b, c) = (Vector256.Sum(second), Vector256.Sum(third), Vector256.Sum(fourth));
        for (; i < values.Length; i++)
        {
            var distance = values[i] - mean;
            var square = distance * distance;
            (a, b, c) = (a + square, b + (square * distance), c + (square * square));
        }

        return (a, b, c);
    }

    private static double Drawdown(ReadOnlySpan<double> values)
    {
        var (equity, peak, kept) = (1.0, 1.0, 1.0);
        foreach (var value in values)
        {
            equity *= 1 + value;
            if (equity > peak)
            {
                peak = equity;
            }
            else if (equity < kept * peak)
            {
                kept = equity / peak;
                if (kept <= 0)
                {
                    return 1; // Everything is lost; nothing can be lost or won any more.
                }
            }
        }

        return 1 - kept;
    }
}
