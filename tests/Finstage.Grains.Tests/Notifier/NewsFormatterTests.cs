using System.Text.Json;
using System.Xml.Linq;
using Finstage.Analysis.Signals;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Tests.Notifier;

public sealed class NewsFormatterTests
{
    // 2025-01-16 14:30:15 UTC.
    private const long Now = 1_737_037_815;

    private static readonly NewsHeadline Apple = new(
        "AAPL", "애플", "Apple", "stock", "Apple's new chip", "It is fast.", "https://example.com/a?b=1&c=2", Now);

    private static readonly NewsHeadline Forex = new("INVESTING:FOREX", "외환", "Forex", null, "The dollar rests", null, null, null);

    [Fact]
    public void Message_TwoSources_ToTheLetter()
    {
        var payload = new NewsPayload([Apple, Forex, Apple with { Title = "Second", Summary = null }], 3, Now);

        Assert.Equal(
            """
            🗞️ <b>[AAPL] 애플 (종목)</b>

            📰 <b>Apple's new chip</b>
            It is fast.
            📅 2025-01-16 14:30:15 UTC (23:30:15 KST)
            🔗 <a href="https://example.com/a?b=1&amp;c=2">기사 보러가기</a>

            📰 <b>Second</b>
            📅 2025-01-16 14:30:15 UTC (23:30:15 KST)
            🔗 <a href="https://example.com/a?b=1&amp;c=2">기사 보러가기</a>

            🗞️ <b>[INVESTING:FOREX] 외환</b>

            📰 <b>The dollar rests</b>

            ➕ 외 +3건
            #7
            """.ReplaceLineEndings("\n"),
            NewsFormatter.Message(payload, "ko", 7));
    }

    [Fact]
    public void Message_English_ToTheLetter() => Assert.Equal(
        """
        🗞️ <b>[AAPL] Apple (Stock)</b>

        📰 <b>Apple's new chip</b>
        It is fast.
        📅 2025-01-16 14:30:15 UTC (23:30:15 KST)
        🔗 <a href="https://example.com/a?b=1&amp;c=2">Read the article</a>

        ➕ +1 more
        """.ReplaceLineEndings("\n"),
        NewsFormatter.Message(new NewsPayload([Apple], 1, Now), "en", null));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a & b < c > d \"quoted\"")]
    [InlineData("</b><a href=\"https://evil.example\">x")]
    [InlineData("{0} {1} %s")]
    [InlineData("مرحبا بالعالم שלום")]
    [InlineData("👩‍👩‍👧‍👦🇰🇷 rally")]
    public void Message_UntrustedText_StaysText(string text)
    {
        var item = new NewsHeadline("A<B", text, text, "stock", text, text, "https://example.com/?q=\"><b>", Now);

        var message = NewsFormatter.Message(new NewsPayload([item], 0, Now), "ko", 7);

        // Well-formed, and read back as it was given: nothing of it became markup.
        var read = XDocument.Parse($"<m>{message}</m>").Root!;
        Assert.Contains($"📰 {text}\n{text}\n", read.Value, StringComparison.Ordinal);
        Assert.Equal(["b", "b", "a"], read.Descendants().Select(e => e.Name.LocalName));
        Assert.Equal("https://example.com/?q=\"><b>", read.Descendants("a").Single().Attribute("href")!.Value);
    }

    [Fact]
    public void Message_LongHeadlines_KeepsItsLengthAndCountsTheRest()
    {
        var longest = Apple with
        {
            Title = new string('&', 300), Summary = new string('<', 1_000), Link = "https://example.com/" + new string('x', 2_000),
        };
        foreach (var count in Enumerable.Range(1, NewsPayload.MaxItems))
        {
            var message = NewsFormatter.Message(new NewsPayload([.. Enumerable.Repeat(longest, count)], 5, Now), "ko", long.MaxValue);

            Assert.True(message.Length <= AlertFormatter.MaxLength);
            var told = XDocument.Parse($"<m>{message}</m>").Root!.Descendants("b").Count() - 1;
            Assert.InRange(told, 1, count);
            Assert.Contains($"+{5 + count - told}건", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Message_LongSummaries_AreCutBeforeHeadlinesAreLeftOut()
    {
        var item = Apple with { Summary = string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦 up. ", 100)) };

        var message = NewsFormatter.Message(new NewsPayload([.. Enumerable.Repeat(item, NewsPayload.MaxItems)], 0, Now), "en", 7);

        Assert.Equal(NewsPayload.MaxItems, message.Split("📰").Length - 1);
        Assert.Contains("…", message, StringComparison.Ordinal);
        Assert.DoesNotContain("+", message, StringComparison.Ordinal);
        Assert.DoesNotContain(message.Split('\n'), line => line.EndsWith("\u200D…", StringComparison.Ordinal));
    }

    [Fact]
    public void Message_NoHeadlineOrUnknownCategory_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => NewsFormatter.Message(new NewsPayload([], 0, Now), "ko", 7));
        Assert.Throws<ArgumentException>(() => NewsFormatter.Message(new NewsPayload([Apple with { Category = "moon" }], 0, Now), "ko", 7));
    }

    [Fact]
    public void Alert_Digest_GoesAloneAtOnceAndOnce()
    {
        var alert = new NewsPayload([Apple], 0, Now).ToAlert("42");

        Assert.Equal(
            (AlertKind.News, AlertPriority.Medium, AlertStream.Live, AlertDelivery.Alone, "news|42", string.Empty, Now, Now),
            (alert.Kind, alert.Priority, alert.Stream, alert.Delivery, alert.Key, alert.Symbol, alert.AsOf, alert.DueAt));
        var row = new OutboxRow(7, "1", alert, OutboxState.Waiting, null, 0, null, null, DateTimeOffset.UnixEpoch, null);
        Assert.Equal(NewsFormatter.Message(new NewsPayload([Apple], 0, Now), "en", 7), AlertFormatter.Alone(row, "en"));
        Assert.Null(AlertFormatter.Fault(row, "ko"));
        Assert.NotNull(AlertFormatter.Fault(row with { Alert = alert with { Payload = "{}" } }, "ko"));
        Assert.Throws<JsonException>(() => NewsPayload.Parse("null"));
    }
}
