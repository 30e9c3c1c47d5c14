using System.Globalization;
using System.Text;
using Finstage.Adapters.Prices;
using Finstage.Analysis.Candles;

namespace Finstage.Adapters.Tests.Prices;

public sealed class PriceTimeTests
{
    [Theory]
    [InlineData("2025-01-31", "2025-01-31T00:00:00Z")]
    [InlineData("2025-01-31 14:30", "2025-01-31T14:30:00Z")]
    [InlineData("2025-01-31 14:30:15", "2025-01-31T14:30:15Z")]
    [InlineData("2025-01-31T14:30", "2025-01-31T14:30:00Z")]
    [InlineData("2025-01-31T14:30:00", "2025-01-31T14:30:00Z")]
    [InlineData("2025-01-31T14:30:00Z", "2025-01-31T14:30:00Z")]
    [InlineData("2025-01-31T14:30:00.000Z", "2025-01-31T14:30:00Z")]
    [InlineData("2025-01-31T09:30:00-05:00", "2025-01-31T14:30:00Z")]
    [InlineData("2025-01-31 23:30:00+09:00", "2025-01-31T14:30:00Z")]
    [InlineData("1969-12-31T23:59:00Z", "1969-12-31T23:59:00Z")]
    public void TryParse_KnownForms_AreReadAsUtc(string text, string expected)
    {
        Assert.True(PriceTime.TryParse(Encoding.UTF8.GetBytes(text), CandleInterval.OneMinute, out var time));

        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture).ToUnixTimeSeconds(), time);
    }

    [Theory]
    [InlineData("2025-01-31 00:00:00-05:00", CandleInterval.OneDay, "2025-01-31T00:00:00Z")]
    [InlineData("2025-01-31 00:00:00+09:00", CandleInterval.OneDay, "2025-01-31T00:00:00Z")]
    [InlineData("2025-01-31 00:00:00+09:00", CandleInterval.OneHour, "2025-01-30T15:00:00Z")]
    [InlineData("2025-01-31 09:30:00-05:00", CandleInterval.OneDay, "2025-01-31T14:30:00Z")]
    public void TryParse_MidnightOfAZone_IsItsDateForDaysOnly(string text, CandleInterval interval, string expected)
    {
        Assert.True(PriceTime.TryParse(Encoding.UTF8.GetBytes(text), interval, out var time));

        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture).ToUnixTimeSeconds(), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("01/31/2025")]
    [InlineData("2025-1-31")]
    [InlineData("2025-02-29")]
    [InlineData("2025-01-31T24:00:00Z")]
    [InlineData("2025-01-31T14:30:00.5Z")]
    [InlineData("2025-01-31T14:30:00Z and a very long tail after it")]
    [InlineData("1738333800")]
    public void TryParse_AnythingElse_IsNoTime(string text) =>
        Assert.False(PriceTime.TryParse(Encoding.UTF8.GetBytes(text), CandleInterval.OneMinute, out _));
}
