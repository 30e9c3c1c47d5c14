using System.Text;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Reports;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Notifier;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Ports;
using Finstage.Simulation;

namespace Finstage.Silo.Tests;

/// <summary>Whatever titles, names, reasons and symbols hold, every message is one that Telegram takes. FINSTAGE_FUZZ makes it larger.</summary>
public sealed class TelegramFuzzTests
{
    private static readonly string[] Pieces =
    [
        "<", ">", "&", "\"", "'", "</b>", "<b>", "<a href=\"x\">", "&lt;", "&amp", "&#60;", "<!--", "]]>", "<script>", "한국어", "애플 ", "📈", "👩‍👩‍👧‍👦",
        "\ud83d", "\n", "\n\n", "\t", "\u202e", "\0", "{0}", "{", "}", "%s", "#12", "a", "Z9", " ", "…", "http://x/?a=1&b=2", "<i", "/", "\\", "\u001b[31m",
    ];

    [Fact]
    public void Message_OfRandomTexts_IsAcceptedByTheParser()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("FINSTAGE_FUZZ"), out var asked) ? asked : 3_000;
        var random = new Random(20_260_103);
        var strategies = StrategyCatalog.All.Select(s => s.Id).ToArray();
        var messages = 0;
        for (var i = 0; i < count; i++)
        {
            foreach (var message in Messages(random, strategies, i))
            {
                messages++;
                var (text, fault) = TelegramEntities.Parse(message);
                Assert.True(fault is null, $"{fault}: {message}");
                Assert.InRange(text.Length, 1, 4_096);
                Assert.False(string.IsNullOrWhiteSpace(text));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{count} cases, {messages} messages, all accepted");
        Assert.True(messages >= 3 * count);
    }

    [Theory]
    [InlineData("<b>a")]
    [InlineData("a</b>")]
    [InlineData("<b><i>a</b></i>")]
    [InlineData("<script>a</script>")]
    [InlineData("1 < 2")]
    [InlineData("<a href=x>a</a>")]
    public void Parser_BadEntities_AreRefused(string html) => Assert.NotNull(TelegramEntities.Parse(html).Fault);

    private static IEnumerable<string> Messages(Random random, string[] strategies, int id)
    {
        var symbol = new SymbolInfo(Word(random, 1, 12), Word(random, 0, 20), Word(random, 0, 20), SymbolCategory.Stock, "X", Word(random, 0, 3), true);
        var language = random.Next(2) == 0 ? "ko" : "en";
        var signal = new Signal(
            random.Next(3) == 0 ? Word(random, 1, 6) : strategies[random.Next(strategies.Length)], 0, Direction.Buy, random.Next(101),
            Number(random), "ma-breakout.buy", new Figures(Number(random), Number(random), Number(random)));
        var payload = SignalPayload.Of(symbol, CandleInterval.OneDay, signal, random.NextInt64(4_000_000_000));
        yield return AlertFormatter.Signal(payload, language, id);
        var rows = Enumerable.Range(0, random.Next(1, 12)).Select(n => Row(n, AlertKind.Signal, symbol.Code, payload.ToJson())).ToArray();
        foreach (var page in AlertFormatter.Pages(rows, language))
        {
            foreach (var part in HtmlPages.Cut(AlertFormatter.Batch(page, language, id), 4_096))
            {
                yield return part;
            }
        }

        var items = Enumerable.Range(0, random.Next(1, 10)).Select(_ => new NewsHeadline(
            Word(random, 1, 6), Word(random, 0, 6), Word(random, 0, 6), null, Word(random, 1, 60), Word(random, 0, 80), Word(random, 0, 30), null)).ToArray();
        var news = Row(id, AlertKind.News, string.Empty, new NewsPayload(items, random.Next(3), 0).ToJson());
        foreach (var part in HtmlPages.Cut(AlertFormatter.Alone(news, language), 4_096))
        {
            yield return part;
        }
    }

    private static OutboxRow Row(long id, AlertKind kind, string symbol, string payload) => new(
        id, "1", new Alert($"k{id}", kind, symbol, AlertPriority.High, AlertStream.Live, 0, 0, AlertDelivery.Alone, payload), OutboxState.Waiting,
        null, 0, null, null, DateTimeOffset.UnixEpoch, null);

    private static double Number(Random random) => (random.NextDouble() - 0.2) * Math.Pow(10, random.Next(-6, 12));

    private static string Word(Random random, int least, int most)
    {
        var text = new StringBuilder();
        for (var i = random.Next(least, most + 1); i > 0; i--)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return text.ToString();
    }
}
