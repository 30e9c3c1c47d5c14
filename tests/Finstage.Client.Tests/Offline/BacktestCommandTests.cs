using System.Globalization;
using System.Text.Json;
using Finstage.Testing;

namespace Finstage.Client.Tests.Offline;

public sealed class BacktestCommandTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static string Sample => Path.Combine(Repository.Root, "samples", "GSPC.1d.csv");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("1d", 1)]
    [InlineData("1w", 5)]
    [InlineData("1mo", 21)]
    public async Task Backtest_OneStrategy_EqualsAPlainCalculation(string horizon, int sessions)
    {
        var run = await Run.Of("backtest", Sample, "--symbol", "^GSPC", "--strategy", "RSI_OVERBOUGHT", "--horizon", horizon, "--csv");
        var analyzed = await Run.Of("analyze", Sample, "--symbol", "^GSPC", "--strategy", "RSI_OVERBOUGHT", "--csv");

        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        var closes = File.ReadLines(Sample).Skip(1).Select(l => l.Split(',')).Select(f => (Day: f[0], Close: Number(f[4]))).ToList();
        var returns = new List<double>();
        foreach (var day in analyzed.Lines.Skip(1).Select(l => l.Split(',')[2][..10]))
        {
            var at = closes.FindIndex(c => c.Day == day);
            if (at + sessions < closes.Count)
            {
                returns.Add(-((closes[at + sessions].Close / closes[at].Close) - 1)); // overbought is a SELL
            }
        }

        var row = Rows(run).Single(r => r["strategy"] == "RSI_OVERBOUGHT");
        Assert.Equal((horizon, returns.Count, returns.Count(r => r > 0)), (row["horizon"], (int)Number(row["total"]), (int)Number(row["successes"])));
        Assert.Equal(returns.Average(), Number(row["average"]), 1e-12);
        Assert.Equal(returns.Max(), Number(row["best"]), 1e-12);
        Assert.Equal(returns.Min(), Number(row["worst"]), 1e-12);
        var deviation = Math.Sqrt(returns.Sum(r => Math.Pow(r - returns.Average(), 2)) / (returns.Count - 1));
        Assert.Equal(deviation, Number(row["standard_deviation"]), 1e-12);
        Assert.Equal(returns.Average() / deviation * Math.Sqrt(252.0 / sessions), Number(row["sharpe"]), 1e-9);
        Assert.Equal(string.Empty, row["random_entry_p"]); // luck was not asked for
    }

    [Fact]
    public async Task Backtest_MinSamples_LeavesSmallGroupsOut()
    {
        var few = Rows(await Run.Of("backtest", Sample, "--symbol", "^GSPC", "--csv", "--min-samples", "1")).Select(r => Number(r["total"])).ToList();
        var many = Rows(await Run.Of("backtest", Sample, "--symbol", "^GSPC", "--csv", "--min-samples", "100")).Select(r => Number(r["total"])).ToList();

        Assert.True(few.Min() < 100);
        Assert.InRange(many.Count, 10, few.Count - 1);
        Assert.True(many.Min() >= 100);
    }

    [Fact]
    public async Task Backtest_Luck_SaysWhatSurvives()
    {
        string[] words = ["backtest", Sample, "--symbol", "^GSPC", "--horizon", "1w", "--strategy", "MACD_SIGNAL_CROSS", "RSI_OVERBOUGHT", "--luck"];
        var table = await Run.Of(words);
        var json = await Run.Of([.. words, "--json"]);

        Assert.Equal((0, 0), (table.Code, json.Code));
        Assert.Contains("2 trials, worth", table.Output);
        Assert.Contains("none passes all three tests, so nothing here is better than luck", table.Output);
        Assert.Contains("walk forward 1w", table.Output);
        Assert.Contains("today's survivors", table.Output);
        using var view = JsonDocument.Parse(json.Output);
        var luck = view.RootElement.GetProperty("luck");
        Assert.Equal((2, 0), (luck.GetProperty("trials").GetInt32(), luck.GetProperty("survivors").GetInt32()));
        Assert.All(view.RootElement.GetProperty("found").GetProperty("items").EnumerateArray(), i =>
            Assert.InRange(i.GetProperty("luck").GetProperty("randomEntryP").GetDouble(), 0, 1));
    }

    [Fact]
    public async Task Backtest_VolatilityIndex_IsLeftOutAndSaid()
    {
        var vix = folder.File("vix.csv");
        File.Copy(Sample, vix);
        var alone = await Run.Of("backtest", vix, "--symbol", "^VIX");
        var asShare = await Run.Of("backtest", vix, "--symbol", "^VIX", "--category", "stock", "--strategy", "RSI_OVERBOUGHT", "--csv");

        Assert.Equal(2, alone.Code);
        Assert.Contains("^VIX is left out: nobody can buy a yield or a volatility index", alone.Error);
        Assert.Equal(0, asShare.Code);
        Assert.NotEmpty(Rows(asShare));
    }

    [Fact]
    public async Task Backtest_Each_HasARowForEachSymbol()
    {
        var apple = Path.Combine(Repository.Root, "samples", "AAPL.1d.csv");
        var run = await Run.Of("backtest", Sample, apple, "--each", "--horizon", "1d", "--strategy", "RSI_OVERBOUGHT", "--csv");

        Assert.Equal(["AAPL", "AAPL", "GSPC", "GSPC"], Rows(run).Select(r => r["symbol"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Backtest_Trades_AreFilledAtTheNextOpenAndCostSomething()
    {
        string[] words = ["backtest", Sample, "--symbol", "^GSPC", "--trades", "--strategy", "GOLDEN_CROSS_50_200"];
        var free = Rows(await Run.Of([.. words, "--csv", "--commission", "0", "--slippage", "0"]));
        var dear = Rows(await Run.Of([.. words, "--csv", "--commission", "0.01", "--slippage", "0"]));
        using var json = JsonDocument.Parse((await Run.Of([.. words, "--json"])).Output);
        var table = await Run.Of(words);

        var opens = File.ReadLines(Sample).Skip(1).Select(l => l.Split(',')).ToDictionary(f => f[0], f => Number(f[1]));
        var closes = File.ReadLines(Sample).Skip(1).Select(l => l.Split(',')).ToList();
        Assert.NotEmpty(free);
        Assert.All(free, t =>
        {
            Assert.Equal(opens[t["entry_time"][..10]], Number(t["entry_price"]), 1e-9);
            var next = closes.FindIndex(f => f[0] == t["signal_time"][..10]) + 1;
            Assert.Equal(closes[next][0], t["entry_time"][..10]);
        });
        Assert.All(free.Zip(dear), pair => Assert.InRange(Number(pair.First["return"]) - Number(pair.Second["return"]), 0.019, 0.021));
        var report = json.RootElement[0];
        Assert.Equal(free.Count, report.GetProperty("trades").GetInt32());
        Assert.Equal(closes.Count, report.GetProperty("equity").GetArrayLength());
        Assert.Contains("after costs", table.Output);
    }

    [Theory]
    [InlineData("backtest {0} --strategy RSI_OVERBOUGH", "RSI_OVERBOUGHT")]
    [InlineData("backtest {0} --horizon 2d", "--horizon: '2d' is none of 1h, 4h, 1d, 1w, 1mo")]
    [InlineData("backtest {0} --horizon 1h", "1d candles cannot tell 1h")]
    [InlineData("backtest {0} --min-samples 0", "--min-samples must be from 1")]
    [InlineData("backtest {0} --sort best", "--sort: 'best' is none of luck, average")]
    [InlineData("backtest {0} --csv --json", "exclude one another")]
    [InlineData("backtest {0} --stop 0.1", "--stop belongs to --trades")]
    [InlineData("backtest {0} --trades --stop 2", "--stop: Stop must be above 0 and below 1")]
    [InlineData("backtest {0} --trades --commission -1", "--commission: Commission must be from 0 to 0.1")]
    [InlineData("backtest {0} {0}", "comes twice")]
    [InlineData("backtest --trades", "--trades works on files")]
    public async Task Backtest_WordsThatMakeNoSense_AreWrongUsageAndNamed(string words, string expected)
    {
        var run = await Run.Of([.. words.Split(' ').Select(w => w == "{0}" ? Sample : w)]);

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error);
    }

    [Fact]
    public async Task Backtest_CtrlC_EndsWithCodeOne()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGINT for a single process.");

        // Long enough to be interrupted: the sample twenty times under other names, all horizons, with luck.
        var files = Enumerable.Range(0, 20).Select(i => folder.File($"S{i}.csv")).ToArray();
        foreach (var file in files)
        {
            File.Copy(Sample, file);
        }

        var assembly = AppContext.BaseDirectory + "finstage.dll";
        using var process = ProgramProcess.Start(assembly, folder.Path, null, ["backtest", .. files, "--luck"]);
        while (!process.Error.Contains("S0 is not in the symbol list", StringComparison.Ordinal) && !process.HasEnded)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        process.Interrupt();

        Assert.Equal(1, await process.EndAsync());
        Assert.Contains("Stopped.", process.Error);
        Assert.Empty(process.Output);
    }

    private static List<Dictionary<string, string>> Rows(Run run)
    {
        var header = run.Lines[0].Split(',');
        return [.. run.Lines.Skip(1).Select(l => l.Split(',')).Select(f => header.Zip(f).ToDictionary(p => p.First, p => p.Second))];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
