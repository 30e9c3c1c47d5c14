using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volume;

/// <summary>On-balance volume beside its simple average.</summary>
internal struct ObvAverage(int period) : IIndicatorKernel<ObvAverage>
{
    private BalanceVolume balance = new();
    private RollingMean mean = new(period);

    public static IndicatorInfo Info { get; } = new("obv-average", "Volume", [IndicatorParameter.Period(20)], ["average", "obv"]);

    public readonly int WarmUp => period;

    public static ObvAverage Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var obv = balance.Add(candle);
        outputs[1] = obv;
        outputs[0] = mean.Add(obv);
    }
}
