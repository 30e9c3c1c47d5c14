using System.Diagnostics;
using Finstage.Analysis;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;

namespace Finstage.Benchmarks;

/// <summary>All strategies with all their indicators over all windows, signals collected. Each window starts from nothing.</summary>
internal sealed class StrategyWork
{
    private static readonly SeriesContext Daily = new(CandleInterval.OneDay, TradingCalendar.Nyse);

    private readonly Candle[][] windows;
    private readonly SymbolEngine engine = new(Daily, StrategyCatalog.All);
    private readonly List<Signal> signals = [];

    public StrategyWork(Candle[][] windows) => this.windows = windows;

    /// <summary>Whole windows, as history is replayed.</summary>
    public double Replay()
    {
        signals.Clear();
        foreach (var window in windows)
        {
            engine.Reset();
            engine.Commit(window.AsSpan(), signals);
        }

        return signals.Count;
    }

    /// <summary>One candle at a time, as live candles come.</summary>
    public double OneAtATime()
    {
        signals.Clear();
        foreach (var window in windows)
        {
            engine.Reset();
            foreach (ref readonly var candle in window.AsSpan())
            {
                engine.Commit(candle, signals);
            }
        }

        return signals.Count;
    }

    /// <summary>
    /// The median time of one candle through a warm symbol, in nanoseconds, whatever it fires: each candle is timed by itself, and what
    /// reading the clock takes is taken off.
    /// </summary>
    public double MedianOfOneCandle()
    {
        const int warm = 300;
        var ticks = new List<long>(windows.Length * windows[0].Length);
        foreach (var window in windows)
        {
            engine.Reset();
            signals.Clear();
            for (var i = 0; i < window.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                engine.Commit(window[i], signals);
                var took = Stopwatch.GetTimestamp() - start;
                if (i >= warm)
                {
                    ticks.Add(took);
                }
            }
        }

        var clock = new List<long>(ticks.Count);
        while (clock.Count < ticks.Count)
        {
            var start = Stopwatch.GetTimestamp();
            clock.Add(Stopwatch.GetTimestamp() - start);
        }

        ticks.Sort();
        clock.Sort();
        return (ticks[ticks.Count / 2] - clock[clock.Count / 2]) * 1e9 / Stopwatch.Frequency;
    }

    /// <summary>What a grain does that activates: a new engine and a new list over ten years of daily candles.</summary>
    public double Activate()
    {
        var found = new List<Signal>();
        new SymbolEngine(Daily, StrategyCatalog.All).Commit(windows[0].AsSpan(), found);
        return found.Count;
    }

    /// <summary>What the candles of one window on which nothing fires allocate in a symbol that is at work.</summary>
    public long BytesOfOneWindow()
    {
        OneAtATime();
        engine.Reset();
        signals.Clear();
        var bytes = 0L;
        foreach (ref readonly var candle in windows[0].AsSpan())
        {
            var (count, before) = (signals.Count, GC.GetAllocatedBytesForCurrentThread());
            engine.Commit(candle, signals);
            bytes += signals.Count == count ? GC.GetAllocatedBytesForCurrentThread() - before : 0;
        }

        return bytes;
    }
}
