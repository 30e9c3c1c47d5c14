using Finstage.Analysis.Candles;
using Finstage.Analysis.Charts;

namespace Finstage.Analysis.Tests.Charts;

public sealed class TimeMarksTests
{
    [Theory]
    [InlineData(CandleInterval.OneDay, 90, "2024-02 2024-03")]
    [InlineData(CandleInterval.OneDay, 5, "01-02 01-03 01-04 01-05")]
    [InlineData(CandleInterval.OneHour, 60, "01-02 01-03")]
    [InlineData(CandleInterval.FiveMinutes, 60, "01:00 02:00 03:00 04:00")]
    public void Of_CandlesInARow_MarksWhatBegins(CandleInterval interval, int count, string expected)
    {
        var step = interval switch { CandleInterval.OneDay => 86_400L, CandleInterval.OneHour => 3_600L, _ => 300L };
        Candle[] candles = [.. Enumerable.Range(0, count).Select(i => new Candle(1_704_067_200 + (i * step), 1, 1, 1, 1, 0))];

        Assert.StartsWith(expected, string.Join(' ', TimeMarks.Of(candles, interval).Select(m => m.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ManyYears_LeavesRoomToWrite()
    {
        Candle[] candles = [.. Enumerable.Range(0, 400).Select(i => new Candle(i * 86_400L * 31, 1, 1, 1, 1, 0))];

        Assert.InRange(TimeMarks.Of(candles, CandleInterval.OneDay).Count, 4, 7);
    }
}
