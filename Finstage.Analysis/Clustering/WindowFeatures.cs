using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Clustering;

/// <summary>
/// What a window of 20 candles looks like, as numbers: its closes in units of their own deviation around their own mean (the shape),
/// how much it moves, and where its volume lies. Nothing after the window is looked at. Pure and thread-safe.
/// </summary>
public static class WindowFeatures
{
    /// <summary>The candles of a window.</summary>
    public const int Length = 20;

    /// <summary>The features beside the shape: volatility, growth of volume, peak of volume.</summary>
    public const int Side = 3;

    /// <summary>The numbers kept of a window: shape, side features, and a zero that fills up a multiple of four.</summary>
    public const int Stride = 24;

    /// <summary>Where the volatility stands: ln of the deviation of the changes from close to close, as a share of the mean price.</summary>
    public const int Volatility = Length;

    /// <summary>Where the growth of volume stands: ln of the mean volume of the second half over that of the first.</summary>
    public const int VolumeGrowth = Length + 1;

    /// <summary>Where the peak of volume stands: ln of the greatest volume over the mean.</summary>
    public const int VolumePeak = Length + 2;

    /// <summary>Takes the features of a window.</summary>
    /// <param name="window">20 candles.</param>
    /// <param name="features">Takes <see cref="Stride"/> numbers; those of volume are NaN where a volume is not known.</param>
    /// <returns>False where nothing moves: such a window has no shape.</returns>
    public static bool TryTake(ReadOnlySpan<Candle> window, Span<double> features)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(window.Length, Length, nameof(window));
        features = features[..Stride];
        features.Clear();
        var (mean, level) = (0.0, 0.0);
        foreach (ref readonly var candle in window)
        {
            mean += candle.Close / Length;
            level += Math.Abs(candle.Close) / Length;
        }

        var (squares, changes) = (0.0, 0.0);
        for (var i = 0; i < Length; i++)
        {
            features[i] = window[i].Close - mean;
            squares += features[i] * features[i] / Length;
            var change = i == 0 ? 0 : window[i].Close - window[i - 1].Close;
            changes += change * change / (Length - 1);
        }

        var deviation = Math.Sqrt(squares);
        if (deviation <= 1e-9 * level)
        {
            return false;
        }

        for (var i = 0; i < Length; i++)
        {
            features[i] /= deviation;
        }

        features[Volatility] = Math.Log(Math.Sqrt(changes) / level);
        (features[VolumeGrowth], features[VolumePeak]) = Volumes(window);
        return true;
    }

    private static (double Growth, double Peak) Volumes(ReadOnlySpan<Candle> window)
    {
        var (first, second, most) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Length; i++)
        {
            var volume = window[i].Volume;
            if (volume <= 0)
            {
                return (double.NaN, double.NaN);
            }

            (first, second) = i < Length / 2 ? (first + volume, second) : (first, second + volume);
            most = Math.Max(most, volume);
        }

        return (Math.Log(second / first), Math.Log(most * Length / (first + second)));
    }
}
