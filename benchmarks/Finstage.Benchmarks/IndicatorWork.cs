using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;

namespace Finstage.Benchmarks;

/// <summary>A set of indicators over all windows. Each window starts from nothing.</summary>
internal sealed class IndicatorWork
{
    /// <summary>The six indicators that comparisons elsewhere use.</summary>
    public static readonly string[] Six = ["sma:20", "ema:20", "rsi:14", "macd:12,26,9", "bollinger:20,2", "stochastic:14,3,3"];

    private const int Block = 256;

    private readonly Candle[][] windows;
    private readonly IndicatorSet set;
    private readonly double[] rows = new double[Block * 16];

    public IndicatorWork(Candle[][] windows, IEnumerable<string> ids)
    {
        this.windows = windows;
        set = new IndicatorSet(ids, SeriesContext.Daily);
    }

    /// <summary>Every indicator of the catalog, at its defaults.</summary>
    public static IEnumerable<string> WholeCatalog => IndicatorCatalog.All.Select(i => i.Id);

    /// <summary>One candle at a time, through every indicator, as live candles come.</summary>
    public double OneAtATime()
    {
        var sum = 0d;
        foreach (var window in windows)
        {
            set.Reset();
            foreach (ref readonly var candle in window.AsSpan())
            {
                set.Update(candle);
            }

            sum += set.Indicators[0].Value;
        }

        return sum;
    }

    /// <summary>One window more into indicators that are at work: what a candle allocates.</summary>
    public long BytesOfOneWindow()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (ref readonly var candle in windows[0].AsSpan())
        {
            set.Update(candle);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>In blocks, as the engine replays history.</summary>
    public double InBlocks()
    {
        var sum = 0d;
        foreach (var window in windows)
        {
            foreach (var indicator in set.Indicators)
            {
                indicator.Reset();
                for (var done = 0; done < window.Length; done += Block)
                {
                    indicator.Run(window.AsSpan(done, Math.Min(Block, window.Length - done)), rows);
                }
            }

            sum += set.Indicators[0].Value;
        }

        return sum;
    }
}
