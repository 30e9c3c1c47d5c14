using System.Globalization;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Candles.Aggregation;
using Finstage.Analysis.Tests.Data;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Candles;

public sealed class CandleAggregatorTests
{
    private static readonly SeriesContext Minutes = new(CandleInterval.OneMinute, TradingCalendar.Nyse);

    [Fact]
    public void Add_PartOfAWeek_ClosesWithTheFirstCandleOfALaterOne()
    {
        var aggregator = new CandleAggregator(SeriesContext.Daily, CandleInterval.OneWeek);

        // Wednesday to Friday, then Tuesday of the week after.
        Assert.False(aggregator.Add(new Candle(Time("2025-01-15"), 10, 12, 9, 11, 100), out _));
        Assert.False(aggregator.Add(new Candle(Time("2025-01-16"), 11, 15, 10, 14, 200), out _));
        Assert.False(aggregator.Add(new Candle(Time("2025-01-17"), 14, 14, 8, 9, 300), out _));
        Assert.True(aggregator.Add(new Candle(Time("2025-01-21"), 9, 10, 9, 10, 50), out var week));

        Assert.Equal(new Candle(Time("2025-01-13"), 10, 15, 8, 9, 600), week);
        Assert.Equal(new Candle(Time("2025-01-20"), 9, 10, 9, 10, 50), aggregator.Open);
    }

    [Theory]
    [InlineData("2025-01-15T09:00Z", "1h", "2025-01-15T09:00Z")] // 04:00 in New York
    [InlineData("2025-01-15T14:29Z", "1h", "2025-01-15T14:00Z")] // 09:29: the short last hour of the pre-market
    [InlineData("2025-01-15T14:30Z", "1h", "2025-01-15T14:30Z")] // the open
    [InlineData("2025-01-15T15:29Z", "1h", "2025-01-15T14:30Z")]
    [InlineData("2025-01-15T20:59Z", "1h", "2025-01-15T20:30Z")] // the short last hour of the day
    [InlineData("2025-01-15T21:00Z", "1h", "2025-01-15T21:00Z")] // the close
    [InlineData("2025-07-15T13:31Z", "1h", "2025-07-15T13:30Z")] // summer time
    [InlineData("2025-11-28T18:10Z", "1h", "2025-11-28T18:00Z")] // a half day closes at 13:00
    [InlineData("2025-01-15T14:34Z", "5m", "2025-01-15T14:30Z")]
    [InlineData("2025-01-15T14:59Z", "15m", "2025-01-15T14:45Z")]
    [InlineData("2025-01-18T14:40Z", "1h", "2025-01-18T14:00Z")] // a Saturday: counted from midnight UTC
    [InlineData("2025-01-16T02:00Z", "1d", "2025-01-15")] // still the 15th in New York
    [InlineData("2025-01-16T02:00Z", "1mo", "2025-01-01")]
    public void Add_Minute_BelongsToItsPart(string time, string interval, string start)
    {
        Assert.True(CandleIntervals.TryParse(interval, out var to));
        var aggregator = new CandleAggregator(Minutes, to);

        aggregator.Add(new Candle(Time(time), 1, 1, 1, 1, 1), out _);

        Assert.Equal(Time(start), aggregator.Open!.Value.Time);
    }

    [Fact]
    public void Closed_RealMinutes_StepByStepEqualsAtOnce()
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        var minutes = RealSeries.Candles("AAPL.1m");
        var fives = CandleAggregator.Closed(Minutes, CandleInterval.FiveMinutes, minutes);
        var fromFives = CandleAggregator.Closed(new SeriesContext(CandleInterval.FiveMinutes, TradingCalendar.Nyse), CandleInterval.FifteenMinutes, fives.ToArray());
        var direct = CandleAggregator.Closed(Minutes, CandleInterval.FifteenMinutes, minutes);

        // The last fifteen minutes are closed by a five that is itself not closed yet.
        Assert.Equal(direct.Take(fromFives.Count), fromFives);
        Assert.InRange(direct.Count - fromFives.Count, 0, 1);
        Assert.All(direct, c => Assert.True(CandleRules.Check(c, CandleInterval.FifteenMinutes, long.MaxValue, false) == CandleFault.None));
    }

    [Fact]
    public void Closed_RealDays_MonthsHoldEveryDay()
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        var days = RealSeries.Candles("SPY.1d");
        var months = CandleAggregator.Closed(SeriesContext.Daily, CandleInterval.OneMonth, days);
        var expected = days.GroupBy(d => (d.OpenTime.Year, d.OpenTime.Month)).SkipLast(1)
            .Select(g => new Candle(
                new DateTimeOffset(g.Key.Year, g.Key.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(),
                g.First().Open, g.Max(d => d.High), g.Min(d => d.Low), g.Last().Close, g.Sum(d => d.Volume)));

        Assert.Equal(expected, months);
    }

    [Fact]
    public void Constructor_WhatDoesNotFit_Throws()
    {
        Assert.Throws<ArgumentException>(() => new CandleAggregator(new SeriesContext(CandleInterval.OneWeek, TradingCalendar.Utc), CandleInterval.OneMonth));
        Assert.Throws<ArgumentException>(() => new CandleAggregator(SeriesContext.Daily, CandleInterval.OneHour));
    }

    [Fact]
    public void Add_EarlierPart_ThrowsAndChangesNothing()
    {
        var aggregator = new CandleAggregator(SeriesContext.Daily, CandleInterval.OneWeek);
        aggregator.Add(new Candle(Time("2025-01-15"), 1, 1, 1, 1, 1), out _);
        var open = aggregator.Open;

        Assert.Throws<ArgumentException>(() => aggregator.Add(new Candle(Time("2025-01-10"), 2, 2, 2, 2, 2), out _));
        Assert.Equal(open, aggregator.Open);
    }

    private static long Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds();
}
