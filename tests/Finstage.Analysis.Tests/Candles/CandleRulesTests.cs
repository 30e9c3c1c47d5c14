using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Tests.Candles;

public sealed class CandleRulesTests
{
    private const long Day = 86_400;
    private static readonly Candle Good = new(20_000 * Day, 10, 12, 9, 11, 100);

    [Fact]
    public void Check_AGoodCandle_FindsNoFault() => Assert.Equal(CandleFault.None, Check(Good));

    [Fact]
    public void Check_ABadCandle_NamesTheFault()
    {
        Assert.Equal(CandleFault.NotFinite, Check(Good with { Open = double.NaN }));
        Assert.Equal(CandleFault.NotFinite, Check(Good with { Volume = double.PositiveInfinity }));
        Assert.Equal(CandleFault.NegativeVolume, Check(Good with { Volume = -1 }));
        Assert.Equal(CandleFault.Inconsistent, Check(Good with { High = 8 }));
        Assert.Equal(CandleFault.Inconsistent, Check(Good with { Close = 12.5 }));
        Assert.Equal(CandleFault.Inconsistent, Check(Good with { Open = 8.5 }));
        Assert.Equal(CandleFault.NotPositive, Check(Good with { Low = 0 }));
        Assert.Equal(CandleFault.Misaligned, Check(Good with { Time = Good.Time + 60 }));
        Assert.Equal(CandleFault.InFuture, Check(Good with { Time = Good.Time + (2 * Day) }));
        Assert.Equal(CandleFault.BadTime, Check(Good with { Time = -90_000 * Day }));
    }

    [Fact]
    public void Check_ANegativePrice_IsFineWhereTheInstrumentAllowsIt() =>
        Assert.Equal(CandleFault.None, Check(new Candle(Good.Time, 17.73, 17.85, -40.32, -37.63, 247_947), allowNonPositive: true));

    private static CandleFault Check(Candle candle, bool allowNonPositive = false) =>
        CandleRules.Check(candle, CandleInterval.OneDay, Good.Time + Day, allowNonPositive);
}
