using Finstage.Analysis.Candles;
using Finstage.Analysis.Charts;
using Finstage.Analysis.Indicators;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;

namespace Finstage.Benchmarks;

/// <summary>One chart of the newest candles of ^GSPC, from candles to PNG, with what explains a strategy and its mark.</summary>
internal sealed class ChartWork(Candle[] candles, string strategy)
{
    private readonly Candle[] wanted = candles[^ChartImage.Wanted..];

    private readonly ChartSubject subject = new("^GSPC", "S&P 500", SeriesContext.Daily, "en")
    {
        Look = ChartLook.For(StrategyCatalog.Get(strategy)), Mark = new ChartMark(candles[^1].Time, Direction.Sell, strategy),
    };

    /// <summary>Draws it.</summary>
    /// <returns>The file's length in bytes.</returns>
    public double Draw() => ChartImage.Draw(subject, wanted).Length;

    /// <summary>What one chart allocates, in bytes.</summary>
    public long Bytes()
    {
        Draw();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Draw();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
