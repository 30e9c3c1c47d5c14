using System.Globalization;
using Finstage.Analysis.Candles;

namespace Finstage.Adapters.Prices;

/// <summary>Sentences for the faults of a candle. Pure and thread-safe.</summary>
internal static class CandleFaults
{
    public static string Describe(CandleFault fault, in Candle candle, CandleInterval interval) => fault switch
    {
        CandleFault.NotFinite => "A price or the volume is not a finite number.",
        CandleFault.NotPositive => Text($"The low is {candle.Low}; a price of this symbol must be above zero."),
        CandleFault.Inconsistent => Text(
            $"Open {candle.Open}, high {candle.High}, low {candle.Low} and close {candle.Close} contradict each other."),
        CandleFault.NegativeVolume => Text($"The volume is {candle.Volume}."),
        CandleFault.Misaligned => Text($"{candle.OpenTime:yyyy-MM-ddTHH:mm:ssZ} is no start of a {interval.Code()} candle."),
        CandleFault.InFuture => Text($"{candle.OpenTime:yyyy-MM-ddTHH:mm:ssZ} lies in the future."),
        CandleFault.BadTime => "The time is before 1900.",
        _ => fault.ToString(),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
