using Finstage.Analysis.Reports;

namespace Finstage.Analysis.Tests.Reports;

public sealed class ReportCalendarTests
{
    private static readonly ReportCalendar Calendar = new(new TimeOnly(8, 0));

    [Theory]
    [InlineData("2025-08-17T23:00:00Z", "2025-08-18", true)] // 08:00 in Seoul on the dot
    [InlineData("2025-08-17T22:59:59Z", "2025-08-17", false)] // a second before: still the day before
    [InlineData("2025-08-18T14:59:59Z", "2025-08-18", true)] // a second before midnight
    [InlineData("2025-08-18T15:00:00Z", "2025-08-18", false)] // midnight: the report of the 18th may still be made up
    public void DayAt_AMoment_IsThatOfTheNewestReportDue(string moment, string day, bool isNextTomorrow)
    {
        var at = DateTimeOffset.Parse(moment, null);

        Assert.Equal(DateOnly.Parse(day, null), Calendar.DayAt(at));
        Assert.Equal(isNextTomorrow, Calendar.IsNextTomorrow(at));
    }

    [Fact]
    public void DayBefore_ADay_IsTheWholeDateBeforeInSeoul()
    {
        var (from, to) = ReportCalendar.DayBefore(new DateOnly(2025, 8, 18));

        Assert.Equal(new DateTimeOffset(2025, 8, 16, 15, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(), from);
        Assert.Equal(86_400, to - from);
    }

    [Fact]
    public void Local_AMoment_IsWhatSeoulsClocksShow() =>
        Assert.Equal(new DateTime(2025, 8, 18, 8, 0, 5), ReportCalendar.Local(new DateTimeOffset(2025, 8, 17, 23, 0, 5, TimeSpan.Zero)));

    [Theory]
    [InlineData(14.99, RiskLevel.Low)]
    [InlineData(15, RiskLevel.Medium)]
    [InlineData(25, RiskLevel.Medium)]
    [InlineData(25.01, RiskLevel.High)]
    public void OfVix_ItsClose_IsTheWrittenLevel(double vix, RiskLevel level) => Assert.Equal(level, RiskFacts.OfVix(vix, 0).Level);

    [Fact]
    public void OfReturns_TwentyOfThem_IsTheirDeviationAYear()
    {
        // Returns of +1 % and −1 % in turn: the sample's deviation is 0.01·√(20/19), times √252.
        var closes = new double[22];
        closes[0] = 5_000;
        closes[1] = 100;
        for (var i = 2; i < closes.Length; i++)
        {
            closes[i] = closes[i - 1] * (i % 2 == 0 ? 1.01 : 0.99);
        }

        var risk = RiskFacts.OfReturns(closes, 7)!;

        Assert.Equal(0.01 * Math.Sqrt(20 / 19.0 * 252), risk.Value, 10);
        Assert.Equal((RiskLevel.Medium, 20, 7L, false), (risk.Level, risk.Samples, risk.Time, risk.IsVix));
        Assert.Null(RiskFacts.OfReturns(closes.AsSpan(2), 7));
        closes[5] = 0;
        Assert.Null(RiskFacts.OfReturns(closes, 7));
    }
}
