using System.Text.Json;
using Finstage.Analysis.PriceAlerts;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Tests.Notifier;

public sealed class PriceAlertFormatterTests
{
    // 2025-01-16 14:30:15 UTC, and the session before.
    private const long Now = 1_737_037_815;
    private const long Yesterday = 1_736_899_200;

    private static readonly SymbolInfo Apple = TestAlerts.Apple;

    [Fact]
    public void Batch_PriceAmongSignals_HasItsOwnLine()
    {
        var alert = Alert(PriceAlertKind.DayRise, 231.1, 224.02, 3.1604);
        var row = new Alert(
            alert.Key("AAPL"), AlertKind.Price, "AAPL", AlertPriority.Medium, AlertStream.Live, Now, Now, AlertDelivery.Batch,
            PriceAlertPayload.Of(Apple, alert).ToJson());
        var price = new OutboxRow(1, "7", row, OutboxState.InBatch, 3, 0, null, null, DateTimeOffset.UnixEpoch, null);
        var signal = price with { Id = 2, Alert = TestAlerts.Medium("k") };

        var text = AlertFormatter.Batch([price, signal], "en", 3);

        Assert.Contains(PriceAlertFormatter.Line(PriceAlertPayload.Of(Apple, alert), "en"), text, StringComparison.Ordinal);
        Assert.Contains("MA_20_BREAKOUT", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_DayRise_ToTheLetter() => Check(
        Alert(PriceAlertKind.DayRise, 231.1, 224.02, 3.1604),
        """
        📌 <b>[AAPL] 애플 (종목)</b>

        📈 <b>애플(AAPL) 전일 대비 상승!</b>
        💵 현재가: 231.10
        📅 전일 종가: 224.02
        📊 변동률: <b>+3.16%</b>
        🕒 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #7
        """,
        """
        📌 <b>[AAPL] Apple (Stock)</b>

        📈 <b>Apple (AAPL) up on the previous close!</b>
        💵 Price: 231.10
        📅 Previous close: 224.02
        📊 Change: <b>+3.16%</b>
        🕒 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #7
        """);

    [Fact]
    public void Message_DayDrop_ToTheLetter() => Check(
        Alert(PriceAlertKind.DayDrop, 215.5, 224.02, -3.8033),
        """
        📌 <b>[AAPL] 애플 (종목)</b>

        📉 <b>애플(AAPL) 전일 대비 하락!</b>
        💵 현재가: 215.50
        📅 전일 종가: 224.02
        📊 변동률: <b>-3.80%</b>
        🕒 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #7
        """,
        """
        📌 <b>[AAPL] Apple (Stock)</b>

        📉 <b>Apple (AAPL) down on the previous close!</b>
        💵 Price: 215.50
        📅 Previous close: 224.02
        📊 Change: <b>-3.80%</b>
        🕒 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #7
        """);

    [Fact]
    public void Message_PreviousHigh_ToTheLetter() => Check(
        Alert(PriceAlertKind.PreviousHighBroken, 231.1, 230, 0.4783),
        """
        📌 <b>[AAPL] 애플 (종목)</b>

        🚨 <b>애플(AAPL) 전일 고점 돌파!</b>
        💵 현재가: 231.10
        🔺 전일 고점: 230.00
        📊 돌파폭: <b>+0.48%</b>
        🕒 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #7
        """,
        """
        📌 <b>[AAPL] Apple (Stock)</b>

        🚨 <b>Apple (AAPL) broke the previous day's high!</b>
        💵 Price: 231.10
        🔺 Previous day's high: 230.00
        📊 Above it by: <b>+0.48%</b>
        🕒 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #7
        """);

    [Fact]
    public void Message_PreviousLow_ToTheLetter() => Check(
        Alert(PriceAlertKind.PreviousLowBroken, 219, 220, -0.4545),
        """
        📌 <b>[AAPL] 애플 (종목)</b>

        ⚠️ <b>애플(AAPL) 전일 저점 하회!</b>
        💵 현재가: 219.00
        🔻 전일 저점: 220.00
        📊 하회폭: <b>-0.45%</b>
        🕒 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #7
        """,
        """
        📌 <b>[AAPL] Apple (Stock)</b>

        ⚠️ <b>Apple (AAPL) fell below the previous day's low!</b>
        💵 Price: 219.00
        🔻 Previous day's low: 220.00
        📊 Below it by: <b>-0.45%</b>
        🕒 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #7
        """);

    [Fact]
    public void Message_AllTimeHigh_ToTheLetter() => Check(
        Alert(PriceAlertKind.AllTimeHigh, 1260.5, 1259, 0.1),
        """
        📌 <b>[AAPL] 애플 (종목)</b>

        🚀 <b>애플(AAPL) 최고가 갱신!</b>
        💵 현재가: 1,260.50
        📈 새로운 최고가: 1,260.50
        🕒 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #7
        """,
        """
        📌 <b>[AAPL] Apple (Stock)</b>

        🚀 <b>Apple (AAPL) made a new all-time high!</b>
        💵 Price: 1,260.50
        📈 New high: 1,260.50
        🕒 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #7
        """);

    [Fact]
    public void Message_YearHigh_SaysSo() => Check(
        Alert(PriceAlertKind.YearHigh, 260.5, 259, 0.1),
        """
        📌 <b>[AAPL] 애플 (종목)</b>

        🚀 <b>애플(AAPL) 52주 최고가 갱신!</b>
        💵 현재가: 260.50
        📈 새로운 최고가: 260.50
        🕒 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #7
        """,
        """
        📌 <b>[AAPL] Apple (Stock)</b>

        🚀 <b>Apple (AAPL) made a new 52-week high!</b>
        💵 Price: 260.50
        📈 New high: 260.50
        🕒 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #7
        """);

    [Fact]
    public void Message_DropFromHigh_ToTheLetter() => Check(
        Alert(PriceAlertKind.DropFromHigh, 231.1, 260, -11.1154),
        """
        📌 <b>[AAPL] 애플 (종목)</b>

        🔻 <b>애플(AAPL) 최고가 대비 하락!</b>
        💵 현재가: 231.10
        📈 최고가: 260.00 (2025-01-15)
        📊 낙폭: <b>-11.12%</b>
        🕒 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #7
        """,
        """
        📌 <b>[AAPL] Apple (Stock)</b>

        🔻 <b>Apple (AAPL) down from its high!</b>
        💵 Price: 231.10
        📈 High: 260.00 (2025-01-15)
        📊 Drop: <b>-11.12%</b>
        🕒 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #7
        """);

    [Fact]
    public void Message_HighOfAQuote_WithItsTime()
    {
        var alert = Alert(PriceAlertKind.DropFromHigh, 231.1, 260, -11.1154);

        var text = PriceAlertFormatter.Message(
            PriceAlertPayload.Of(Apple, alert with { Reference = new PricePoint(Now - 60, 260) }), "ko", null);

        Assert.Contains("📈 최고가: 260.00 (2025-01-16 14:29:15 UTC (23:29:15 KST))\n", text, StringComparison.Ordinal);
        Assert.EndsWith("KST)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_Yield_InBasisPoints()
    {
        var alert = Alert(PriceAlertKind.DayRise, 4.37, 4.25, 12) with { Unit = ChangeUnit.BasisPoints };
        var symbol = new SymbolInfo("^TNX", "10년 국채 수익률", "10-Year Treasury Yield", SymbolCategory.Yield, "CBOE", string.Empty, true);

        var text = PriceAlertFormatter.Message(PriceAlertPayload.Of(symbol, alert), "ko", 7);

        Assert.StartsWith("📌 <b>[^TNX] 10년 국채 수익률 (금리)</b>\n", text, StringComparison.Ordinal);
        Assert.Contains("📊 변동률: <b>+12.0bp</b>\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_NoPercentage_TheDifference()
    {
        var text = PriceAlertFormatter.Message(
            PriceAlertPayload.Of(Apple, Alert(PriceAlertKind.PreviousLowBroken, -20.5, -10, null)), "ko", 7);

        Assert.Contains("💵 현재가: -20.50\n🔻 전일 저점: -10.00\n📊 하회폭: <b>-10.50</b>\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_NameWithMarkup_IsEscaped()
    {
        var symbol = Apple with { Code = "A<B", NameKo = "<b>&", NameEn = string.Empty };

        var korean = PriceAlertFormatter.Message(PriceAlertPayload.Of(symbol, Alert(PriceAlertKind.DayRise, 2, 1, 100)), "ko", 7);
        var english = PriceAlertFormatter.Message(PriceAlertPayload.Of(symbol, Alert(PriceAlertKind.DayRise, 2, 1, 100)), "en", 7);

        Assert.StartsWith("📌 <b>[A&lt;B] &lt;b&gt;&amp; (종목)</b>\n\n📈 <b>&lt;b&gt;&amp;(A&lt;B) ", korean, StringComparison.Ordinal);
        Assert.StartsWith("📌 <b>[A&lt;B] A&lt;B (Stock)</b>\n", english, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_EveryKindAndCategory_HasWordsInBothLanguages()
    {
        foreach (var category in Enum.GetValues<SymbolCategory>())
        {
            foreach (var kind in PriceAlertKinds.All)
            {
                var payload = PriceAlertPayload.Of(Apple with { Category = category }, Alert(kind, 231.1, 224.02, 3.1604));
                Assert.Contains("애플(AAPL)", PriceAlertFormatter.Line(payload, "ko"), StringComparison.Ordinal);
                Assert.Contains("Apple (AAPL)", PriceAlertFormatter.Line(payload, "en"), StringComparison.Ordinal);
                Assert.NotEqual(PriceAlertFormatter.Message(payload, "ko", 7), PriceAlertFormatter.Message(payload, "en", 7));
            }
        }

        Assert.Equal(
            "📈 애플(AAPL) 전일 대비 상승 · 231.10 · +3.16%",
            PriceAlertFormatter.Line(PriceAlertPayload.Of(Apple, Alert(PriceAlertKind.DayRise, 231.1, 224.02, 3.1604)), "ko"));
    }

    [Fact]
    public void Payload_Json_IsReadBackAndForeignIsRefused()
    {
        var payload = PriceAlertPayload.Of(Apple, Alert(PriceAlertKind.DropFromHigh, 231.1, 260, null));

        Assert.Equal(payload, PriceAlertPayload.Parse(payload.ToJson()));
        Assert.Throws<JsonException>(() => PriceAlertPayload.Parse("{}"));
        Assert.Throws<ArgumentException>(() => PriceAlertFormatter.Message(payload with { Kind = "moon" }, "ko", 7));
        Assert.Throws<ArgumentException>(() => PriceAlertFormatter.Message(payload with { Category = "moon" }, "ko", 7));
    }

    private static PriceAlert Alert(PriceAlertKind kind, double price, double reference, double? change) => new(
        kind, 1, new DateOnly(2025, 1, 16), AlertPriority.Medium, new PricePoint(Now, price), new PricePoint(Yesterday, reference), change,
        ChangeUnit.Percent);

    private static void Check(PriceAlert alert, string korean, string english)
    {
        var payload = PriceAlertPayload.Parse(PriceAlertPayload.Of(Apple, alert).ToJson());
        Assert.Equal(korean.ReplaceLineEndings("\n"), PriceAlertFormatter.Message(payload, "ko", 7));
        Assert.Equal(english.ReplaceLineEndings("\n"), PriceAlertFormatter.Message(payload, "en", 7));
    }
}
