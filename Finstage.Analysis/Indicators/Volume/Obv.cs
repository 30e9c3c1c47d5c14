using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Volume;

/// <summary>On-balance volume (Joseph Granville, 1963): volume added when the close rises, taken away when it falls. Starts at 0.</summary>
internal struct Obv : IIndicatorKernel<Obv>
{
    private BalanceVolume balance;

    public static IndicatorInfo Info { get; } = new("obv", "Volume", [], ["obv"]);

    public readonly int WarmUp => 1;

    public static Obv Create(ReadOnlySpan<double> parameters, SeriesContext series) => new() { balance = new BalanceVolume() };

    public void Update(in Candle candle, Span<double> outputs) => outputs[0] = balance.Add(candle);
}
