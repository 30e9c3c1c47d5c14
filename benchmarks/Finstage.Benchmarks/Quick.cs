using System.Diagnostics;
using System.Globalization;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Charts;

namespace Finstage.Benchmarks;

/// <summary>Every measure in under a minute, as one table: the median and the least of several rounds, and the ratio to a plain reference.</summary>
internal static class Quick
{
    private const int Rounds = 25;

    // Milliseconds of the median on two processors that nothing else uses.
    private static readonly Dictionary<string, int> Bars = new()
    {
        ["all strategies, replayed"] = 50, ["activation: one series (ms count)"] = 2, ["backtest: the grouped table"] = 80, ["backtest: luck, once"] = 5_000,
        ["from SQLite to the grouped table"] = 300, ["the job clusters"] = 20_000, ["the report, from stored results"] = 200,
    };

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
                $"{name,-38} {milliseconds,9:F2} {least,9:F2} {milliseconds * 1e6 / candles,10:F2} {milliseconds / reference,8:F3} {(double)bytes() / SampleWindows.Length,13:F3}{Bar(name)}"));
        }

        output.WriteLine(Invariant($"one candle through a warm symbol, all strategies: median {strategies.MedianOfOneCandle():F0} ns (to reach: 500)"));
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
            output.WriteLine(Invariant($"{name,-38} {milliseconds,9:F2} {least,9:F2} {milliseconds * 1e6 / candles,10:F2}{Bar(name)}"));
        }

        backtests.Luck();
        var start = Stopwatch.GetTimestamp();
        backtests.Luck();
        const string luck = "backtest: luck, once";
        output.WriteLine(Invariant($"{luck,-38} {Stopwatch.GetElapsedTime(start).TotalMilliseconds,9:F2}{Bar(luck)}"));
    }

    /// <summary>The same from an SQLite file on: the table, the clusters' job, the report.</summary>
    public static async Task RunStoreAsync(TextWriter output)
    {
        await using var work = await StoreWork.OpenAsync(SampleWindows.Load());
        await MeasureAsync("from SQLite to the grouped table", 9, work.TableAsync);
        await MeasureAsync("the job clusters", 1, work.ClustersAsync);
        await work.PrepareReportAsync();
        await MeasureAsync("the report, from stored results", 9, work.ReportAsync);
        Chart(output);

        async Task MeasureAsync<T>(string name, int rounds, Func<Task<T>> act)
        {
            var times = new List<double>();
            for (var i = -rounds / 3; i < rounds; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await act();
                if (i >= 0)
                {
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }

            times.Sort();
            output.WriteLine(Invariant($"{name,-38} {times[rounds / 2],9:F2} {times[0],9:F2}{Bar(name)}"));
        }
    }

    private static void Chart(TextWriter output)
    {
        var window = SampleWindows.Load()[^1];
        var subject = new ChartSubject("^GSPC", "S&P 500", SeriesContext.Daily, "en");
        var file = 0;
        double Draw() => file = ChartImage.Draw(subject, window.AsSpan(^ChartImage.Wanted..)).Length;
        var (milliseconds, least) = Measure(Draw);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Draw();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine(Invariant($"{"a chart as PNG",-38} {milliseconds,9:F2} {least,9:F2}, {allocated / 1e3:F0} kB allocated, a file of {file / 1e3:F0} kB"));
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

    private static string Bar(string name) => Bars.TryGetValue(name, out var bar) ? Invariant($"  (to reach: {bar:N0} ms)") : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
