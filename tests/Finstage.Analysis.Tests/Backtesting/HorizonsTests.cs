using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>Codes and lengths of the horizons.</summary>
public sealed class HorizonsTests
{
    [Fact]
    public void Code_EveryHorizon_ReadsBack()
    {
        foreach (var horizon in Enum.GetValues<Horizon>())
        {
            Assert.True(Horizons.TryParse(horizon.Code(), out var read));
            Assert.Equal(horizon, read);
        }

        Assert.Equal("1h, 4h, 1d, 1w, 1mo", Horizons.KnownCodes);
    }

    [Theory]
    [InlineData("1m")]
    [InlineData("1M")]
    [InlineData("")]
    [InlineData(null)]
    public void TryParse_NoHorizon_IsRefused(string? code) => Assert.False(Horizons.TryParse(code, out _));

    [Theory]
    [InlineData(CandleInterval.OneMinute, "1h 4h 1d 1w 1mo")]
    [InlineData(CandleInterval.OneHour, "1h 4h 1d 1w 1mo")]
    [InlineData(CandleInterval.OneDay, "1d 1w 1mo")]
    [InlineData(CandleInterval.OneWeek, "1w 1mo")]
    [InlineData(CandleInterval.OneMonth, "1mo")]
    public void On_Interval_LeavesOutWhatItCannotTell(CandleInterval interval, string expected) =>
        Assert.Equal(expected, string.Join(' ', Horizons.On(interval).Select(h => h.Code())));

    [Fact]
    public void Sessions_MarketsThatClose_Are1And5And21()
    {
        Assert.Equal([0, 0, 1, 5, 21], Horizons.All.Select(h => h.Sessions(TradingCalendar.Nyse)));
        Assert.Equal([0, 0, 1, 5, 21], Horizons.All.Select(h => h.Sessions(TradingCalendar.Utc)));
        Assert.Equal(252, Horizons.SessionsPerYear(TradingCalendar.Nyse));
    }

    [Fact]
    public void Sessions_MarketsThatNeverClose_Are1And7And30()
    {
        Assert.Equal([0, 0, 1, 7, 30], Horizons.All.Select(h => h.Sessions(TradingCalendar.Always)));
        Assert.Equal(365, Horizons.SessionsPerYear(TradingCalendar.Always));
    }
}
