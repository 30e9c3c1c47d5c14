using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volume;

/// <summary>Force index (Alexander Elder, Trading for a Living, 1993): EMA of the close's change times the volume.</summary>
internal struct Force(int period) : IIndicatorKernel<Force>
{
    private ExponentialMean mean = ExponentialMean.Ema(period);
    private double previousClose = double.NaN;

    public static IndicatorInfo Info { get; } = new("force", "Volume", [IndicatorParameter.Period(2)], ["force"]);

    public readonly int WarmUp => period + 1;

    public static Force Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        outputs[0] = mean.AddKnown((candle.Close - previousClose) * candle.Volume);
        previousClose = candle.Close;
    }
}
