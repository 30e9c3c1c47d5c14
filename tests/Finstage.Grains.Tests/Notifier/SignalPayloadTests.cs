using System.Text.Json;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Notifier;
using Finstage.Grains.Tests.Hosts;
using static Finstage.Grains.Tests.Notifier.TestAlerts;

namespace Finstage.Grains.Tests.Notifier;

public sealed class SignalPayloadTests
{
    [Fact]
    public void Parse_WhatWasWritten_GivesEverySignalAgain() => Assert.All(TestSeries.Signals(TestSeries.Walk(1, 600)), signal =>
    {
        var payload = SignalPayload.Parse(SignalPayload.Of(Apple, CandleInterval.OneMonth, signal, 77).ToJson());

        Assert.Equal(signal, payload.ToSignal());
        Assert.Equal(("AAPL", "USD", "1mo", 77L), (payload.Symbol, payload.Currency, payload.Interval, payload.AsOf));
    });

    [Fact]
    public void ToJson_ASignal_HasStableNames() => Assert.Equal(
        """
        {"symbol":"AAPL","currency":"USD","interval":"1d","strategy":"MA_20_BREAKOUT","time":0,"direction":1,"confidence":85,"close":231.1,"reason":"ma-breakout.buy","figures":[231.1,220.5,4.81,null],"asOf":9}
        """,
        SignalPayload.Of(Apple, CandleInterval.OneDay, Signal(), 9).ToJson());

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_FigureThatIsNoNumber_IsAbsent(double figure)
    {
        var payload = SignalPayload.Of(Apple, CandleInterval.OneDay, Signal() with { Figures = new Figures(figure, 1) }, 9);

        Assert.Equal([null, 1, null, null], payload.Figures);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"symbol":null}""")]
    public void Parse_SomethingElse_Throws(string json) => Assert.ThrowsAny<JsonException>(() => SignalPayload.Parse(json));
}
