using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using static Finstage.Grains.Tests.Notifier.TestAlerts;

namespace Finstage.Grains.Tests.Notifier;

public sealed class AlertFormatterTests
{
    // 2025-01-16 14:30:15 UTC.
    private const long AsOf = 1_737_037_815;

    [Fact]
    public void Signal_Korean_IsTheMissionsText() => Assert.Equal(
        """
        🚨 중요 신호 발생!

        📊 AAPL - MA_20_BREAKOUT
        💰 현재가: $231.10
        📈 신뢰도: 85%
        🎯 예상 방향: 상승 (BUY)

        📝 분석 내용:
        종가(231.10)가 이동평균(220.50)을 4.81% 상회했습니다.

        ⏰ 발생 시간: 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #42
        """,
        AlertFormatter.Signal(Payload(), "ko", 42));

    [Fact]
    public void Signal_English_IsTheSameInEnglish() => Assert.Equal(
        """
        🚨 Important signal!

        📊 AAPL - MA_20_BREAKOUT
        💰 Price: $231.10
        📈 Confidence: 85%
        🎯 Expected direction: Up (BUY)

        📝 Analysis:
        The close of 231.10 is 4.81 % above its average of 220.50.

        ⏰ Time: 2025-01-16 14:30:15 UTC (23:30:15 KST)
        #42
        """,
        AlertFormatter.Signal(Payload(), "en", 42));

    [Fact]
    public void Signal_Sell_PointsDown()
    {
        var payload = SignalPayload.Of(Apple, CandleInterval.OneDay, Signal(direction: Direction.Sell), AsOf);

        Assert.Contains("🎯 예상 방향: 하락 (SELL)", AlertFormatter.Signal(payload, "ko", 1), StringComparison.Ordinal);
        Assert.Contains("🎯 Expected direction: Down (SELL)", AlertFormatter.Signal(payload, "en", 1), StringComparison.Ordinal);
    }

    [Fact]
    public void Signal_NotSent_HasNoNumber() =>
        Assert.EndsWith("(23:30:15 KST)", AlertFormatter.Signal(Payload(), "ko", null), StringComparison.Ordinal);

    [Fact]
    public void Signal_MarksInTheData_AreEscaped()
    {
        var text = AlertFormatter.Signal(Payload() with { Symbol = "<b>&A", Strategy = "X>Y", Currency = "<&>" }, "ko", 1);

        Assert.Contains("📊 &lt;b&gt;&amp;A - X&gt;Y\n💰 현재가: &lt;&amp;&gt; 231.10\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ko")]
    [InlineData("en")]
    public void Signal_EveryReasonThereIs_HasNoBareMark(string language)
    {
        var candles = Hosts.TestSeries.Walk(1, 900);

        Assert.All(Hosts.TestSeries.Signals(candles).DistinctBy(s => s.Reason), signal =>
        {
            var text = AlertFormatter.Signal(SignalPayload.Of(Apple, CandleInterval.OneHour, signal, AsOf), language, 1);
            Assert.DoesNotContain("<", text, StringComparison.Ordinal);
            Assert.Equal(System.Net.WebUtility.HtmlDecode(text).Count(c => c == '&'), text.Count(c => c == '&') - Count(text, "&lt;") - Count(text, "&gt;"));
        });

        static int Count(string text, string part) => text.Split(part).Length - 1;
    }

    [Theory]
    [InlineData(231.1, "USD", "$231.10")]
    [InlineData(1_234_567.891, "USD", "$1,234,567.89")]
    [InlineData(5_987.371, "", "5,987.37")]
    [InlineData(71_300, "KRW", "₩71,300.00")]
    [InlineData(12.5, "GBP", "£12.50")]
    [InlineData(12.5, "EUR", "€12.50")]
    [InlineData(12.5, "JPY", "¥12.50")]
    [InlineData(12.5, "CHF", "CHF 12.50")]
    [InlineData(0.01234567, "USD", "$0.012346")]
    [InlineData(0.5, "", "0.50")]
    [InlineData(-37.63, "USD", "-$37.63")]
    [InlineData(-0.25, "", "-0.25")]
    [InlineData(0, "USD", "$0.00")]
    public void Price_OfACurrency_HasItsSign(double price, string currency, string expected) =>
        Assert.Equal(expected, AlertFormatter.Price(price, currency));

    [Theory]
    [InlineData(AsOf, "2025-01-16 14:30:15 UTC (23:30:15 KST)")]
    [InlineData(AsOf + (2 * 3_600), "2025-01-16 16:30:15 UTC (01:30:15 KST)")]
    [InlineData(0, "1970-01-01 00:00:00 UTC (09:00:00 KST)")]
    public void Time_AnyMoment_IsInUtcAndSeoul(long time, string expected) => Assert.Equal(expected, AlertFormatter.Time(time));

    [Fact]
    public void Batch_SeveralRows_AreLinesWithTheNewestTime()
    {
        OutboxRow[] rows = [Row(1, Payload() with { AsOf = AsOf }), Row(2, Payload() with { Symbol = "A&B", Direction = -1, Reason = "ma-breakout.sell" })];

        Assert.Equal(
            """
            🔔 신호 모음 (2건)
            🚨 한도 초과 또는 지연된 중요 신호: AAPL 2건

            📊 AAPL - MA_20_BREAKOUT · 상승 (BUY) · 85% · $231.10
            종가(231.10)가 이동평균(220.50)을 4.81% 상회했습니다.

            📊 A&amp;B - MA_20_BREAKOUT · 하락 (SELL) · 85% · $231.10
            종가(231.10)가 이동평균 220.50 대비 4.81%로 하향 이탈했습니다.

            ⏰ 2025-01-16 14:30:16 UTC (23:30:16 KST)
            #7
            """,
            AlertFormatter.Batch([rows[0], rows[1] with { Alert = rows[1].Alert with { AsOf = AsOf + 1 } }], "ko", 7));
        Assert.StartsWith("🔔 Signals (2)\n🚨 High alerts, too many or too late to go alone: AAPL × 2\n\n📊 AAPL - MA_20_BREAKOUT · Up (BUY) · 85% · $231.10\nThe close", AlertFormatter.Batch(rows, "en", 7), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Pages_AnyRows_KeepOrderAndFit(int seed)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(1, 200).Select(i => Row(i, Payload() with { Symbol = new string('&', random.Next(1, 33)) })).ToArray();

        var pages = AlertFormatter.Pages(rows, "ko").ToArray();

        Assert.Equal(rows, pages.SelectMany(p => p));
        Assert.True(pages.Length > 5);
        Assert.All(pages, p => Assert.InRange(AlertFormatter.Batch(p, "ko", long.MaxValue).Length, 1, 4_095));
        Assert.All(pages.SkipLast(1), p => Assert.True(AlertFormatter.Batch(p, "ko", 1).Length > 3_000));
        Assert.Empty(AlertFormatter.Pages([], "ko"));
    }

    [Theory]
    [InlineData("ko")]
    [InlineData("en")]
    public void Signal_ReasonOfANewerVersion_IsToldByItsCode(string language)
    {
        var payload = Payload() with { Strategy = "TURTLE_SOUP", Reason = "turtle-soup.buy" };
        var row = Row(1, payload);

        Assert.Null(AlertFormatter.Fault(row, language));
        Assert.Contains("\nturtle-soup.buy\n", AlertFormatter.Signal(payload, language, 1), StringComparison.Ordinal);
        Assert.Contains("AAPL - TURTLE_SOUP", AlertFormatter.Batch([row], language, 2), StringComparison.Ordinal);
    }

    [Fact]
    public void Fault_ConfidenceThatIsNone_SaysWhy() =>
        Assert.NotEmpty(AlertFormatter.Fault(Row(1, Payload() with { Confidence = 300 }), "ko")!);

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("no json")]
    public void Fault_PayloadOfSomethingElse_SaysWhy(string payload)
    {
        var row = Row(1, Payload());

        Assert.Null(AlertFormatter.Fault(row, "ko"));
        Assert.NotEmpty(AlertFormatter.Fault(row with { Alert = row.Alert with { Payload = payload } }, "ko")!);
    }

    private static SignalPayload Payload() => SignalPayload.Of(Apple, CandleInterval.OneDay, Signal(), AsOf);

    private static OutboxRow Row(long id, SignalPayload payload) => new(
        id, "1", High($"k{id}") with { Payload = payload.ToJson(), AsOf = payload.AsOf }, OutboxState.Waiting, null, 0, null, null,
        DateTimeOffset.UnixEpoch, null);
}
