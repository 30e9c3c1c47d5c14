using System.Globalization;
using Finstage.Testing;

namespace Finstage.Client.Tests.Offline;

public sealed class AnalyzeCommandTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static string Sample => Path.Combine(Repository.Root, "samples", "GSPC.1d.csv");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Analyze_GoldenCross_EqualsAPlainCalculation()
    {
        var run = await Run.Of("analyze", Sample, "--strategy", "GOLDEN_CROSS_50_200", "--csv");

        Assert.Equal(0, run.Code);
        Assert.Equal(PlainCrosses(Sample), run.Lines.Skip(1).Select(line => line.Split(',')).Select(f => $"{f[2][..10]} {f[4]}"));
    }

    [Fact]
    public async Task Analyze_GoldenCrossOfTheLongSeries_EqualsAPlainCalculation()
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        var file = Path.Combine(Repository.Data, "prices", "GSPC.1d.csv");

        var run = await Run.Of("analyze", file, "--strategy", "GOLDEN_CROSS_50_200", "--csv");

        var crosses = run.Lines.Skip(1).Select(line => line.Split(',')).Select(f => $"{f[2][..10]} {f[4]}").ToList();
        Assert.Equal(PlainCrosses(file), crosses);
        Assert.Equal(27, crosses.Count);
    }

    [Fact]
    public async Task Analyze_Csv_HasTheAgreedColumns()
    {
        var run = await Run.Of("analyze", Sample, "--symbol", "^GSPC", "--strategy", "RSI_OVERBOUGHT", "--csv");

        Assert.Equal("symbol,interval,time,strategy,direction,confidence,close", run.Lines[0]);
        Assert.Matches(@"^\^GSPC,1d,\d{4}-\d\d-\d\dT00:00:00Z,RSI_OVERBOUGHT,SELL,70,\d+(\.\d+)?$", run.Lines[1]);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Analyze_SymbolThatNobodyDescribed_SaysWhatItIsTakenFor()
    {
        var run = await Run.Of("analyze", Sample, "--strategy", "RSI_OVERBOUGHT");

        Assert.Equal(0, run.Code);
        Assert.Contains("GSPC is not in the symbol list: taken as stock", run.Error);
    }

    [Fact]
    public async Task Analyze_Json_IsAListOfSignals()
    {
        var run = await Run.Of("analyze", Sample, "--strategy", "GOLDEN_CROSS_50_200", "--json");

        using var json = System.Text.Json.JsonDocument.Parse(run.Output);
        Assert.Equal("GOLDEN_CROSS_50_200", json.RootElement[0].GetProperty("strategy").GetString());
    }

    [Theory]
    [InlineData(2, "GOLDEN_CROSS_50_200", "--strategy", "GOLDEN_CROS_50_200")]
    [InlineData(2, "1m, 5m", "--interval", "1y")]
    [InlineData(2, "no symbol", "--symbol", "A B")]
    [InlineData(2, "etf_long", "--category", "share")]
    [InlineData(2, "exclude one another", "--csv", "--json")]
    public async Task Analyze_WithAWrongOption_SaysWhatToWrite(int code, string expected, params string[] options)
    {
        var run = await Run.Of(["analyze", Sample, .. options]);

        Assert.Equal(code, run.Code);
        Assert.Contains(expected, run.Error);
    }

    [Theory]
    [InlineData("empty.csv", "")]
    [InlineData("header.csv", "date,open,high,low,close,volume\n")]
    [InlineData("wrong.csv", "when,what\n2020-01-01,1\n")]
    public async Task Analyze_WithAFileThatIsNone_SaysWhy(string name, string text)
    {
        var run = await Run.Of("analyze", folder.Write(name, text));

        Assert.Equal(1, run.Code);
        Assert.Contains(name, run.Error);
    }

    [Fact]
    public async Task Analyze_WithoutTheFile_SaysSo()
    {
        var run = await Run.Of("analyze", folder.File("none.csv"));

        Assert.Equal(1, run.Code);
        Assert.Contains("none.csv", run.Error);
        Assert.Contains("does not exist", run.Error);
    }

    [Fact]
    public async Task Analyze_WithBadRows_KeepsTheGoodAndCountsTheBad()
    {
        var file = folder.Write(
            "BAD.1d.csv",
            """
            date,open,high,low,close,volume
            2020-01-02,10,11,9,10,100
            2020-01-03,10,9,11,10,100
            2020-01-06,NaN,11,9,10,100
            2020-01-07,-1,11,-2,10,100
            2999-01-01,10,11,9,10,100
            2020-01-08,10,11,9
            2020-01-09,10,11,9,10,100
            """);

        var run = await Run.Of("analyze", file);

        Assert.Equal(0, run.Code);
        Assert.Contains("BAD 1d: 2 candles", run.Output);
        Assert.Contains("5 of 7 rows refused", run.Error);
        Assert.Contains("line 3", run.Error);
    }

    /// <summary>The dates of every cross of the 50 and 200 day averages, by the book: sums over arrays, nothing streamed.</summary>
    private static List<string> PlainCrosses(string file)
    {
        var rows = File.ReadLines(file).Select(line => line.Split(',')).ToList();
        var (time, close) = (Array.FindIndex(rows[0], h => h is "date" or "timestamp"), Array.IndexOf(rows[0], "close"));
        var days = rows.Skip(1).Select(r => r[time][..10]).ToArray();
        var closes = rows.Skip(1).Select(r => double.Parse(r[close], CultureInfo.InvariantCulture)).ToArray();
        var crosses = new List<string>();
        for (var i = 200; i < closes.Length; i++)
        {
            var before = Math.Sign(Mean(closes, i - 1, 50) - Mean(closes, i - 1, 200));
            var now = Math.Sign(Mean(closes, i, 50) - Mean(closes, i, 200));
            if (before <= 0 && now > 0)
            {
                crosses.Add($"{days[i]} BUY");
            }
            else if (before >= 0 && now < 0)
            {
                crosses.Add($"{days[i]} SELL");
            }
        }

        return crosses;
    }

    private static double Mean(double[] values, int last, int count) => values.AsSpan(last - count + 1, count).ToArray().Average();
}
