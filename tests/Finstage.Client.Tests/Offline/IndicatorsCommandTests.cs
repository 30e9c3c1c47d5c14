using Finstage.Testing;

namespace Finstage.Client.Tests.Offline;

public sealed class IndicatorsCommandTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Indicators_OfAFile_AreCsvWithEmptyFieldsWhereNotReady()
    {
        var run = await Run.Of("indicators", File(4), "--indicator", "sma:2", "--indicator", "macd:1,2,2");

        Assert.Equal(0, run.Code);
        Assert.Equal("time,sma:2,\"macd:1,2,2.macd\",\"macd:1,2,2.signal\",\"macd:1,2,2.histogram\"", run.Lines[0]);
        Assert.Equal("2020-01-01T00:00:00Z,,,,", run.Lines[1]);
        Assert.StartsWith("2020-01-02T00:00:00Z,1.5,0.5,,", run.Lines[2]);
    }

    [Theory]
    [InlineData(2, "rsi", "rsy:14")]
    [InlineData(2, "period", "rsi:0")]
    [InlineData(2, "whole number", "rsi:1.5")]
    [InlineData(1, "more", "sma:20")]
    public async Task Indicators_WithAFault_SaysWhatToWrite(int code, string expected, string indicator)
    {
        var run = await Run.Of("indicators", File(4), "--indicator", indicator);

        Assert.Equal(code, run.Code);
        Assert.Contains(expected, run.Error);
        Assert.Empty(run.Output);
    }

    private string File(int candles) => folder.Write(
        "X.csv",
        "date,open,high,low,close,volume\n" + string.Concat(Enumerable.Range(1, candles).Select(i => $"2020-01-0{i},{i},{i},{i},{i},1\n")));
}
