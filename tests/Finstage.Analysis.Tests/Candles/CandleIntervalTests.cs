using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Tests.Candles;

public sealed class CandleIntervalTests
{
    [Fact]
    public void Code_OfEach_ReadsBack() => Assert.All(CandleIntervals.All, interval =>
    {
        Assert.True(CandleIntervals.TryParse(interval.Code(), out var read));
        Assert.Equal(interval, read);
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1M")]
    [InlineData("2d")]
    public void TryParse_OfNoCode_IsFalse(string? code) => Assert.False(CandleIntervals.TryParse(code, out _));

    [Theory]
    [InlineData(CandleInterval.OneMinute, "2024-02-01T14:30:00Z", "2024-02-01T14:31:00Z")]
    [InlineData(CandleInterval.OneDay, "2024-02-28T00:00:00Z", "2024-02-29T00:00:00Z")]
    [InlineData(CandleInterval.OneWeek, "2024-02-26T00:00:00Z", "2024-03-04T00:00:00Z")]
    [InlineData(CandleInterval.OneMonth, "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData(CandleInterval.OneMonth, "2023-02-01T00:00:00Z", "2023-03-01T00:00:00Z")]
    public void CloseTime_OfACandle_IsTheNextOpen(CandleInterval interval, string open, string close) =>
        Assert.Equal(Seconds(close), interval.CloseTime(Seconds(open)));

    [Theory]
    [InlineData(CandleInterval.OneMinute, "2024-02-01T14:30:01Z", false)]
    [InlineData(CandleInterval.OneHour, "2024-02-01T14:30:00Z", true)]
    [InlineData(CandleInterval.OneDay, "2024-02-01T14:30:00Z", false)]
    [InlineData(CandleInterval.OneDay, "1960-02-01T00:00:00Z", true)]
    [InlineData(CandleInterval.OneWeek, "2024-02-26T00:00:00Z", true)]
    [InlineData(CandleInterval.OneWeek, "2024-02-27T00:00:00Z", false)]
    [InlineData(CandleInterval.OneMonth, "2024-02-01T00:00:00Z", true)]
    [InlineData(CandleInterval.OneMonth, "2024-02-02T00:00:00Z", false)]
    public void IsAligned_OfATime_FollowsTheInterval(CandleInterval interval, string time, bool aligned) =>
        Assert.Equal(aligned, interval.IsAligned(Seconds(time)));

    [Fact]
    public void Code_OfNoInterval_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => ((CandleInterval)0).Code());

    private static long Seconds(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds();
}
