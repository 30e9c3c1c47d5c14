using Finstage.Analysis.Calendars;
using Finstage.Analysis.PriceAlerts;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;

namespace Finstage.Analysis.Tests.PriceAlerts;

public sealed class PriceAlertRulesTests
{
    private const string Wednesday = "2025-01-15T15:00Z";
    private const string Thursday = "2025-01-16T15:00Z";
    private const string Friday = "2025-01-17T15:00Z";

    [Theory]
    [InlineData(new[] { 102.9, 103.0 }, "")] // at the threshold is not beyond it
    [InlineData(new[] { 102.9, 103.01 }, "DayRise 1 Medium 103.01")]
    [InlineData(new[] { 103.1, 102.0, 103.2, 105.9 }, "DayRise 1 Medium 103.1")] // once a day, however often it crosses
    [InlineData(new[] { 103.1, 106.1, 109.1 }, "DayRise 1 Medium 103.1 | DayRise 2 High 106.1 | DayRise 3 High 109.1")]
    [InlineData(new[] { 110.0 }, "DayRise 3 High 110")] // a jump is told once, with the furthest multiple
    [InlineData(new[] { 110.0, 104.0, 107.0, 113.0 }, "DayRise 3 High 110 | DayRise 4 High 113")]
    [InlineData(new[] { 96.9, 93.9 }, "DayDrop 1 Medium 96.9 | DayDrop 2 High 93.9")]
    [InlineData(new[] { 97.0 }, "")]
    [InlineData(new[] { 103.1, 96.9 }, "DayRise 1 Medium 103.1 | DayDrop 1 Medium 96.9")]
    [InlineData(new[] { 103.1, double.NaN, double.PositiveInfinity, 106.1 }, "DayRise 1 Medium 103.1 | DayRise 2 High 106.1")]
    [InlineData(new[] { 0.0 }, "DayDrop 33 High 0")]
    public void Day_Prices_ToldAtEachMultiple(double[] prices, string expected) =>
        Assert.Equal(expected, new Quotes().See(Wednesday, Quotes.After("2025-01-14", 100), prices).Told());

    [Theory]
    [InlineData(SymbolCategory.Index, 101.01, 98.99)]
    [InlineData(SymbolCategory.Futures, 105.01, 94.99)]
    [InlineData(SymbolCategory.Stock, 103.01, 96.99)]
    [InlineData(SymbolCategory.EtfLong, 103.01, 96.99)]
    [InlineData(SymbolCategory.EtfShort, 103.01, 96.99)]
    [InlineData(SymbolCategory.Volatility, 115.01, 84.99)]
    [InlineData(SymbolCategory.Commodity, 103.01, 96.99)]
    [InlineData(SymbolCategory.SectorEtf, 102.01, 97.99)]
    [InlineData(SymbolCategory.GlobalEtf, 102.01, 97.99)]
    [InlineData(SymbolCategory.Credit, 101.01, 98.99)]
    [InlineData(SymbolCategory.Dollar, 101.01, 98.99)]
    public void Day_Category_ItsThreshold(SymbolCategory category, double above, double below)
    {
        var references = Quotes.After("2025-01-14", 100);

        Assert.Equal(string.Empty, new Quotes(category).See(Wednesday, references, above - 0.02, below + 0.02).Told());
        Assert.StartsWith("DayRise 1 Medium", new Quotes(category).See(Wednesday, references, above).Told(), StringComparison.Ordinal);
        Assert.StartsWith("DayDrop 1 Medium", new Quotes(category).See(Wednesday, references, below).Told(), StringComparison.Ordinal);
    }

    [Fact]
    public void Day_Yield_InBasisPointsOnAnyBase()
    {
        Assert.Equal("DayRise 1 Medium 4.36", new Quotes(SymbolCategory.Yield).See(Wednesday, Quotes.After("2025-01-14", 4.25), 4.35, 4.36).Told());
        Assert.Equal("DayDrop 2 High -0.25", new Quotes(SymbolCategory.Yield).See(Wednesday, Quotes.After("2025-01-14", -0.04), -0.13, -0.25).Told());
        var alert = Assert.Single(new Quotes(SymbolCategory.Yield)
            .See(new PricePoint(Quotes.Time(Wednesday), 4.36), Quotes.After("2025-01-14", 4.25), Quotes.Time(Wednesday)).Alerts);
        Assert.Equal((11.0, ChangeUnit.BasisPoints), (Math.Round(alert.Change!.Value, 6), alert.Unit));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-37.63)]
    public void Day_BaseNotAboveZero_NoPercentage(double close) =>
        Assert.Equal(string.Empty, new Quotes(SymbolCategory.Commodity).See(Wednesday, Quotes.After("2025-01-14", close), 10, -100).Told());

    [Fact]
    public void Day_PriceBelowZero_FallsByMoreThanAll() => Assert.Equal(
        "DayDrop 101 High -37.63", new Quotes(SymbolCategory.Commodity).See(Wednesday, Quotes.After("2025-01-14", 18.27), -37.63).Told());

    [Theory]
    [InlineData("2025-01-13")] // a session is missing between
    [InlineData("2025-01-15")] // the quote's own
    [InlineData("2025-01-16")]
    public void Day_CloseIsNotOfTheSessionBefore_Silent(string date)
    {
        var references = new PriceReferences { Previous = new SessionSummary(Quotes.Date(date), 101, 99, 100) };

        Assert.Equal(string.Empty, new Quotes().See(Wednesday, references, 120, 80).Told());
    }

    [Fact]
    public void Day_NothingKnown_Silent() => Assert.Equal(string.Empty, new Quotes().See(Wednesday, new PriceReferences(), 120, 80).Told());

    [Fact]
    public void Day_OverALongWeekend_FridayPrecedesTuesday() => Assert.Equal(
        "DayRise 1 Medium 104", new Quotes().See("2025-01-21T15:00Z", Quotes.After("2025-01-17", 100), 104).Told());

    [Fact]
    public void Day_FutureOnSundayEvening_BelongsToMonday()
    {
        var quotes = new Quotes(SymbolCategory.Futures, TradingCalendar.Cme);
        Assert.Equal("DayRise 1 Medium 106", quotes.See("2025-01-12T23:30Z", Quotes.After("2025-01-10", 100), 106).Told());
        Assert.Equal(Quotes.Date("2025-01-13"), quotes.State.Session);
        Assert.Equal(string.Empty, quotes.See("2025-01-13T15:00Z", Quotes.After("2025-01-10", 100), 107).Told());
        Assert.Equal("DayRise 1 Medium 113", quotes.See("2025-01-13T23:30Z", Quotes.After("2025-01-13", 107), 113).Told());
    }

    [Fact]
    public void Day_TheNextTradingDay_IsArmedAgain()
    {
        var quotes = new Quotes().See(Wednesday, Quotes.After("2025-01-14", 100), 107);
        quotes.Told();

        Assert.Equal("DayRise 1 Medium 111", quotes.See(Thursday, Quotes.After("2025-01-15", 107), 111).Told());
    }

    [Theory]
    [InlineData(new[] { 101.0, 99.0 }, "")]
    [InlineData(new[] { 101.01, 100.0, 101.5 }, "PreviousHighBroken 1 Low 101.01")]
    [InlineData(new[] { 98.99, 100.0, 98.5 }, "PreviousLowBroken 1 Low 98.99")]
    [InlineData(new[] { 98.99, 101.01 }, "PreviousLowBroken 1 Low 98.99 | PreviousHighBroken 1 Low 101.01")]
    public void Range_Prices_EachSideOnceADay(double[] prices, string expected)
    {
        var references = new PriceReferences { Previous = new SessionSummary(Quotes.Date("2025-01-14"), 101, 99, 100) };

        Assert.Equal(expected, new Quotes().See(Wednesday, references, prices).Told());
    }

    [Fact]
    public void Range_BelowZero_IsBrokenWithoutAPercentage()
    {
        var references = new PriceReferences { Previous = new SessionSummary(Quotes.Date("2025-01-14"), -10, -20, -15) };

        var alert = Assert.Single(new Quotes(SymbolCategory.Commodity)
            .See(new PricePoint(Quotes.Time(Wednesday), -9), references, Quotes.Time(Wednesday)).Alerts);

        Assert.Equal((PriceAlertKind.PreviousHighBroken, null, AlertPriority.Low), (alert.Kind, alert.Change, alert.Priority));
    }

    [Fact]
    public void Highs_NewOne_EachKindWithItsPriority()
    {
        var references = new PriceReferences
        {
            YearHigh = new DatedHigh(Quotes.Date("2024-10-01"), 120), AllTimeHigh = new DatedHigh(Quotes.Date("2020-01-01"), 150),
            HighsThrough = Quotes.Date("2025-01-14"),
        };

        Assert.Equal(
            "YearHigh 1 Medium 120.5 | AllTimeHigh 1 High 151",
            new Quotes().See(Wednesday, references, 120, 120.5, 130, 150, 151, 152).Told());
    }

    [Fact]
    public void Highs_AllTimeHighUnknown_OnlyTheYears() => Assert.Equal(
        "YearHigh 1 Medium 121", new Quotes().See(Wednesday, Quotes.Below("2025-01-14", 120, "2024-10-01"), 121).Told());

    [Theory]
    [InlineData("2025-01-07", "")] // the 8th, 10th, 13th and 14th lie between (the 9th was no session)
    [InlineData("2025-01-06", "YearHigh 1 Medium 121")] // and the 7th
    [InlineData("2025-01-14", "")]
    public void Highs_LastOneWasRecent_WaitsForFiveQuietTradingDays(string highDate, string expected) =>
        Assert.Equal(expected, new Quotes().See(Wednesday, Quotes.Below("2025-01-14", 120, highDate), 121).Told());

    [Fact]
    public void Highs_FiveTradingDaysWithoutOne_AreArmedAgain()
    {
        var quotes = new Quotes(SymbolCategory.Stock, TradingCalendar.Always);
        quotes.See("2025-03-01T12:00Z", Quotes.Below("2025-02-28", 120, "2025-01-01"), 121);
        Assert.Equal("YearHigh 1 Medium 121", quotes.Told());
        quotes.See("2025-03-04T12:00Z", Quotes.Below("2025-03-03", 121, "2025-03-01"), 122);
        quotes.See("2025-03-09T12:00Z", Quotes.Below("2025-03-08", 122, "2025-03-04"), 123); // four quiet days
        Assert.Equal(string.Empty, quotes.Told());
        quotes.See("2025-03-15T12:00Z", Quotes.Below("2025-03-14", 123, "2025-03-09"), 124); // five
        Assert.Equal("YearHigh 1 Medium 124", quotes.Told());
    }

    [Fact]
    public void Highs_CandlesLagBehind_QuotesRemember()
    {
        var old = Quotes.Below("2025-01-14", 120, "2024-10-01");
        var quotes = new Quotes().See(Wednesday, old, 125);
        quotes.Told();

        quotes.See(Thursday, old, 124);
        Assert.Equal(125, quotes.State.YearHigh.Quote?.Price);
        quotes.See(Friday, Quotes.Below("2025-01-16", 121, "2025-01-15", 120), 126); // the candles know better: it was a bad print

        Assert.Equal(string.Empty, quotes.Only("YearHigh"));
        Assert.Equal(126, quotes.State.YearHigh.Quote?.Price);
    }

    [Fact]
    public void Highs_OfTheQuotesOwnSession_AreNotUsed()
    {
        var quotes = new Quotes().See(Wednesday, Quotes.Below("2025-01-15", 120, "2025-01-15"), 121);

        Assert.Equal(string.Empty, quotes.Told());
        Assert.Null(quotes.State.YearHigh.Quote);
    }

    [Fact]
    public void Highs_AfterASplit_RememberedPricesNoLongerCount()
    {
        var quotes = new Quotes().See(Wednesday, Quotes.Below("2025-01-14", 400, "2024-10-01"), 404);
        Assert.Equal("YearHigh 1 Medium 404", quotes.Told());

        quotes.See(Thursday, Quotes.Below("2025-01-14", 100, "2024-10-01", 100) with { Version = 1 }, 99, 101.5);

        Assert.Equal(string.Empty, quotes.Told());
        Assert.Equal((101.5, 0), (quotes.State.YearHigh.Quote?.Price, quotes.State.FallLevel));
    }

    [Theory]
    [InlineData(new[] { 95.0 }, "")]
    [InlineData(new[] { 96.0, 94.9 }, "DropFromHigh 1 Medium 94.9")]
    [InlineData(new[] { 94.9, 89.9 }, "DropFromHigh 1 Medium 94.9 | DropFromHigh 2 Medium 89.9")]
    [InlineData(new[] { 84.0 }, "DropFromHigh 3 Medium 84")]
    [InlineData(new[] { 94.9, 97.4, 94.9 }, "DropFromHigh 1 Medium 94.9")] // less than half the threshold regained
    [InlineData(new[] { 94.9, 97.6, 94.9 }, "DropFromHigh 1 Medium 94.9")] // re-armed, but told today already
    [InlineData(new[] { 84.0, 98.0, 94.0 }, "DropFromHigh 3 Medium 84 | DropFromHigh 1 Medium 94")]
    public void Fall_Prices_ToldAtEachMultiple(double[] prices, string expected) => Assert.Equal(
        expected, new Quotes().See(Wednesday, Quotes.Below("2025-01-14", 100, "2024-10-01"), prices).Only("DropFromHigh"));

    [Theory]
    [InlineData(94.0, 92.0, "")] // not regained: silent on the next day
    [InlineData(97.6, 94.9, "DropFromHigh 1 Medium 94.9")]
    [InlineData(88.0, 89.0, "DropFromHigh 2 Medium 88")]
    public void Fall_NextDay_OnlyWhatWasRegainedOrIsFurther(double first, double second, string expected)
    {
        var quotes = new Quotes().See(Wednesday, Quotes.Below("2025-01-14", 100, "2024-10-01"), 94.9);
        quotes.Told();

        quotes.See(Thursday, Quotes.Below("2025-01-15", 100, "2024-10-01", first), first, second);

        Assert.Equal(expected, quotes.Only("DropFromHigh"));
    }

    [Fact]
    public void Fall_SecondMultipleRegainedByHalf_IsToldAgainAnotherDay()
    {
        var quotes = new Quotes().See(Wednesday, Quotes.Below("2025-01-14", 100, "2024-10-01"), 89.9, 92.6);
        Assert.Equal("DropFromHigh 2 Medium 89.9", quotes.Only("DropFromHigh"));

        quotes.See(Thursday, Quotes.Below("2025-01-15", 100, "2024-10-01", 92.6), 89.9);

        Assert.Equal("DropFromHigh 2 Medium 89.9", quotes.Only("DropFromHigh"));
    }

    [Fact]
    public void Fall_FromAHighOfTheSameDay_IsMeasuredFromIt()
    {
        var quotes = new Quotes().See(Wednesday, Quotes.Below("2025-01-14", 100, "2024-10-01"), 110, 104);

        Assert.Equal("DropFromHigh 1 Medium 104", quotes.Only("DropFromHigh"));
    }

    [Fact]
    public void Fall_LongBelowAtFirstSight_Silent()
    {
        var quotes = new Quotes().See(Wednesday, Quotes.Below("2025-01-14", 100, "2024-10-01", close: 71), 70.5);
        Assert.Equal(string.Empty, quotes.Told());

        quotes.See(Thursday, Quotes.Below("2025-01-15", 100, "2024-10-01", close: 70.5), 69.5);
        Assert.Equal("DropFromHigh 6 Medium 69.5", quotes.Told());
    }

    [Fact]
    public void Fall_YieldAndBaseBelowZero_InBasisPoints()
    {
        var quotes = new Quotes(SymbolCategory.Yield).See(Wednesday, Quotes.Below("2025-01-14", -0.1, "2024-10-01"), -0.39, -0.41);

        Assert.Equal("DropFromHigh 1 Medium -0.41", quotes.Only("DropFromHigh"));
        Assert.Equal(
            string.Empty,
            new Quotes(SymbolCategory.Commodity).See(Wednesday, Quotes.Below("2025-01-14", -1, "2024-10-01"), -50).Only("DropFromHigh"));
    }

    [Fact]
    public void Apply_StaleQuote_LeavesEverythingAsItWas()
    {
        var quotes = new Quotes();
        var now = Quotes.Time(Wednesday);
        var references = Quotes.After("2025-01-14", 100);

        Assert.Same(quotes.State, quotes.See(new PricePoint(now - PriceAlertRules.MaxAge - 1, 110), references, now).State);
        Assert.Same(quotes.State, quotes.See(new PricePoint(now + PriceAlertRules.MaxLead + 1, 110), references, now).State);
        Assert.NotEmpty(quotes.See(new PricePoint(now - PriceAlertRules.MaxAge, 110), references, now).Alerts);
        Assert.Same(quotes.State, quotes.See(new PricePoint(now - PriceAlertRules.MaxAge, 120), references, now).State); // not newer
    }

    [Fact]
    public void Apply_OutsideEverySession_Silent()
    {
        var quotes = new Quotes();
        var saturday = Quotes.Time("2025-01-18T15:00Z");

        Assert.Same(quotes.State, quotes.See(new PricePoint(saturday, 110), Quotes.After("2025-01-17", 100), saturday).State);
    }

    [Fact]
    public void Alert_OfADay_SaysAgainstWhat()
    {
        var now = Quotes.Time(Wednesday);
        var alert = Assert.Single(new Quotes().See(new PricePoint(now, 104), Quotes.After("2025-01-14", 100), now).Alerts);

        Assert.Equal(new PricePoint(Quotes.Time("2025-01-14T00:00Z"), 100), alert.Reference);
        Assert.Equal(4, alert.Change!.Value, 9);
        Assert.Equal("price|AAPL|day_rise|1|2025-01-15", alert.Key("AAPL"));
    }
}
