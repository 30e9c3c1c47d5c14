using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Indicators;

/// <summary>
/// The arithmetic of one indicator, as a struct, so that the loop over candles is compiled for it alone. To add an indicator, write
/// one file with such a struct: the catalog finds it. Use it through <see cref="Indicator"/>.
/// </summary>
/// <typeparam name="TSelf">The struct itself.</typeparam>
public interface IIndicatorKernel<TSelf>
    where TSelf : struct, IIndicatorKernel<TSelf>
{
    /// <summary>The catalog entry.</summary>
    static abstract IndicatorInfo Info { get; }

    /// <summary>A kernel that has seen nothing yet.</summary>
    /// <param name="parameters">One value per parameter of <see cref="Info"/>, checked against its range.</param>
    /// <param name="series">What is known of the series.</param>
    static abstract TSelf Create(ReadOnlySpan<double> parameters, SeriesContext series);

    /// <summary>The number of candles after which every output has a value, at least 1.</summary>
    int WarmUp { get; }

    /// <summary>Takes the next closed candle and writes all outputs; one that has no value yet is NaN.</summary>
    /// <param name="candle">The candle, with finite values.</param>
    /// <param name="outputs">One place per output of <see cref="Info"/>.</param>
    void Update(in Candle candle, Span<double> outputs);
}
