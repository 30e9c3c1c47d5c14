using System.Diagnostics;
using System.Globalization;

namespace Finstage.Benchmarks;

/// <summary>Every measure in under a minute, as one table: the median and the least of several rounds, and the ratio to a plain reference.</summary>
internal static class Quick
{
    private const int Rounds = 25;

    public static void Run(TextWriter output)
    {
        var windows = SampleWindows.Load();
        var plain = new PlainReference(windows);
        var six = new IndicatorWork(windows, IndicatorWork.Six);
        var all = new IndicatorWork(windows, IndicatorWork.WholeCatalog);
        var strategies = new StrategyWork(windows);
        (string Name, Func<double> Work, Func<long> Bytes)[] works =
        [
            ("six, plain reference", plain.OneAtATime, plain.BytesOfOneWindow),
            ("six, one candle at a time", six.OneAtATime, six.BytesOfOneWindow),
            ("six, in blocks", six.InBlocks, six.BytesOfOneWindow),
            ("whole catalog, one candle at a time", all.OneAtATime, all.BytesOfOneWindow),
            ("whole catalog, in blocks", all.InBlocks, all.BytesOfOneWindow),
            ("all strategies, replayed", strategies.Replay, strategies.BytesOfOneWindow),
            ("all strategies, one candle at a time", strategies.OneAtATime, strategies.BytesOfOneWindow),
            ("activation: one series (ms count)", strategies.Activate, strategies.BytesOfOneWindow),
            .. IndicatorWork.WholeCatalog
                .Select(id => (id, work: new IndicatorWork(windows, [id])))
                .Select(pair => ("  " + pair.id, (Func<double>)pair.work.InBlocks, (Func<long>)pair.work.BytesOfOneWindow)),
        ];
        var candles = SampleWindows.Count * SampleWindows.Length;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{candles:N0} candles, median and least of {Rounds} rounds, one thread"));
        output.WriteLine(Invariant($"{"work",-38} {"ms",9} {"least",9} {"ns/candle",10} {"x plain",8} {"bytes/candle",13}"));
        var reference = 0d;
        foreach (var (name, work, bytes) in works)
        {
            var (milliseconds, least) = Measure(work);
            reference = reference == 0 ? milliseconds : reference;
            output.WriteLine(Invariant(
                $"{name,-38} {milliseconds,9:F2} {least,9:F2} {milliseconds * 1e6 / candles,10:F2} {milliseconds / reference,8:F3} {(double)bytes() / SampleWindows.Length,13:F3}"));
        }

        output.WriteLine(Invariant($"one candle through a warm symbol, all strategies: median {strategies.MedianOfOneCandle():F0} ns"));
    }

    /// <summary>The same for backtests, which use every processor.</summary>
    public static void RunBacktests(TextWriter output)
    {
        var backtests = new BacktestWork(SampleWindows.Load());
        var candles = SampleWindows.Count * SampleWindows.Length;
        output.WriteLine(Invariant($"{candles:N0} candles, median and least of {Rounds} rounds, {Environment.ProcessorCount} processors"));
        output.WriteLine(Invariant($"{"work",-38} {"ms",9} {"least",9} {"ns/candle",10}"));
        foreach (var (name, work) in new (string, Func<double>)[]
        {
            ("backtest: signals and outcomes", backtests.Outcomes), ("backtest: the grouped table", backtests.Table),
        })
        {
            var (milliseconds, least) = Measure(work);
            output.WriteLine(Invariant($"{name,-38} {milliseconds,9:F2} {least,9:F2} {milliseconds * 1e6 / candles,10:F2}"));
        }

        backtests.Luck();
        var start = Stopwatch.GetTimestamp();
        backtests.Luck();
        output.WriteLine(Invariant($"{"backtest: luck, once",-38} {Stopwatch.GetElapsedTime(start).TotalMilliseconds,9:F2}"));
    }

    /// <summary>The same for one chart, from candles to PNG.</summary>
    public static void RunCharts(TextWriter output)
    {
        var candles = SampleWindows.Load()[^1];
        output.WriteLine(Invariant($"one chart, median and least of {Rounds} rounds, one thread"));
        output.WriteLine(Invariant($"{"work",-38} {"ms",9} {"least",9} {"allocated kB",13} {"file kB",8}"));
        foreach (var strategy in (string[])["GOLDEN_CROSS_50_200", "BOLLINGER_REVERSAL", "MACD_SIGNAL_CROSS"])
        {
            var chart = new ChartWork(candles, strategy);
            var (milliseconds, least) = Measure(chart.Draw);
            output.WriteLine(Invariant($"{"chart: " + strategy,-38} {milliseconds,9:F2} {least,9:F2} {chart.Bytes() / 1e3,13:F0} {chart.Draw() / 1e3,8:F1}"));
        }
    }

    // Warmed up until the compiler has settled; then the median, which a busy neighbour disturbs least.
    private static (double Milliseconds, double Least) Measure(Func<double> work)
    {
        var settled = Stopwatch.GetTimestamp();
        for (var i = 0; i < 40 || Stopwatch.GetElapsedTime(settled).TotalMilliseconds < 250; i++)
        {
            work();
        }

        var times = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return (times[Rounds / 2], times[0]);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
