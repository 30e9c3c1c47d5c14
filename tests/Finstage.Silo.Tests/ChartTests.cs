using System.Net;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Charts;
using Finstage.Analysis.Signals;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Finstage.Simulation;

namespace Finstage.Silo.Tests;

/// <summary>Charts after alerts, on command and over HTTP, with Telegram played by a local server.</summary>
public sealed class ChartTests : IAsyncLifetime
{
    private const string Chat = "77";

    private TelegramStandIn telegram = null!;
    private SiloUnderTest silo = null!;
    private int written;

    public async ValueTask InitializeAsync()
    {
        telegram = await TelegramStandIn.StartAsync();
        silo = await SiloUnderTest.StartAsync(
            ("Telegram:BotToken", TelegramStandIn.Token), ("Telegram:ApiBaseUrl", telegram.Address), ("Telegram:ChatIds:0", Chat),
            ("Telegram:UserIds:0", "5"), ("Notifier:Pace", "00:00:00"), ("Notifier:TotalPerSecond", "100000"), ("Notifier:AlonePerHour", "1000"),
            ("Notifier:FirstRetry", "00:00:00.05"), ("Notifier:LongestRetry", "00:00:00.05"));
    }

    public async ValueTask DisposeAsync()
    {
        await silo.DisposeAsync();
        await telegram.DisposeAsync();
    }

    [Fact]
    public async Task HighAlert_ThatArrived_IsAnsweredWithItsChart()
    {
        var row = await AlertAsync("GOLDEN_CROSS_50_200", "golden-cross.sell");

        await silo.UntilAsync(() => Task.FromResult(telegram.Photos.Count == 1));

        var photo = telegram.Photos.Single();
        Assert.Equal((Chat, string.Empty), (photo.Chat, photo.Caption));
        Assert.Equal(Message(row).Number, photo.ReplyTo);
        Assert.Equal((0, 0, 3, 232, 0, 0, 2, 208), Size(photo.Png));
    }

    [Theory]
    [InlineData(400, """{"ok":false,"error_code":400,"description":"Bad Request: IMAGE_PROCESS_FAILED"}""")]
    [InlineData(403, """{"ok":false,"error_code":403,"description":"Forbidden: not enough rights to send photos to the chat"}""")]
    [InlineData(429, """{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":1}}""")]
    [InlineData(500, "oops")]
    [InlineData(0, "")]
    public async Task Chart_ThatIsNotTaken_NeitherRepeatsNorHoldsUpAnAlert(int status, string body)
    {
        var refused = 0;
        telegram.JudgePhoto = _ => Interlocked.Increment(ref refused) > 0 ? (status, body) : null;
        var first = await AlertAsync("GOLDEN_CROSS_50_200", "golden-cross.sell");
        await silo.UntilAsync(() => Task.FromResult(Volatile.Read(ref refused) == 1));

        telegram.JudgePhoto = _ => null;
        var second = await AlertAsync("GOLDEN_CROSS_5_20", "golden-cross.sell");
        await silo.UntilAsync(() => Task.FromResult(telegram.Photos.Count == 1));

        Assert.True(Message(first).Number < Message(second).Number);
        Assert.Equal(Message(second).Number, telegram.Photos.Single().ReplyTo);
        Assert.Equal(1, refused);
        Assert.Equal(OutboxState.Sent, (await RowAsync(first.Id)).State);
    }

    [Fact]
    public async Task Command_Chart_IsAnsweredWithOneAndItsPrice()
    {
        telegram.Say(77, 5, "/chart ^gspc");
        await silo.UntilAsync(() => Task.FromResult(telegram.Photos.Count == 1));

        var photo = telegram.Photos.Single();
        Assert.Contains("<b>[^GSPC] S&amp;P 500", photo.Caption, StringComparison.Ordinal);
        Assert.Null(photo.ReplyTo);
        Assert.DoesNotContain(telegram.Accepted, m => m.Text.Contains("^GSPC", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/chart", "/chart AAPL")]
    [InlineData("/chart ^GSPX", "^GSPC")]
    [InlineData("/chart ^GSPC 7y", "1d, 1w")]
    [InlineData("/chart ^GSPC 1h", "1h 캔들이 없습니다")]
    public async Task Command_ChartThatCannotBe_SaysWhy(string command, string expected)
    {
        telegram.Say(77, 5, command);

        await silo.UntilAsync(() => Task.FromResult(telegram.Accepted.Any(m => m.Text.Contains(expected, StringComparison.Ordinal))));
        Assert.Empty(telegram.Photos);
    }

    [Fact]
    public async Task Command_ChartThatTelegramRefuses_SaysSo()
    {
        telegram.JudgePhoto = _ => (400, """{"ok":false,"error_code":400,"description":"Bad Request: IMAGE_PROCESS_FAILED"}""");

        telegram.Say(77, 5, "/chart ^GSPC");

        await silo.UntilAsync(() => Task.FromResult(telegram.Accepted.Any(m => m.Text.Contains("보내지 못했습니다", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Http_Chart_IsAPictureOrSaysWhatIsWrong()
    {
        var answer = await silo.Http.GetAsync("/api/symbols/^gspc/chart.png?strategy=golden_cross_50_200&lang=en");
        var file = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((0, 0, 3, 232, 0, 0, 2, 208), Size(file));
        foreach (var (path, status) in ((string, HttpStatusCode)[])
        [
            ("/api/symbols/NOPE/chart.png", HttpStatusCode.NotFound), ("/api/symbols/^GSPC/chart.png?interval=1h", HttpStatusCode.NotFound),
            ("/api/symbols/^GSPC/chart.png?interval=7x", HttpStatusCode.BadRequest), ("/api/symbols/^GSPC/chart.png?strategy=NOPE", HttpStatusCode.BadRequest),
            ("/api/symbols/^GSPC/chart.png?lang=fr", HttpStatusCode.BadRequest),
        ])
        {
            Assert.Equal(status, (await silo.Http.GetAsync(path)).StatusCode);
        }
    }

    // Width and height as they stand in the file: 1,000 and 720.
    private static (int, int, int, int, int, int, int, int) Size(byte[] png) => (png[16], png[17], png[18], png[19], png[20], png[21], png[22], png[23]);

    // Throws where it came more than once.
    private SentMessage Message(OutboxRow row) => telegram.Accepted.Single(m => m.Text.TrimEnd().EndsWith($"#{row.Id}", StringComparison.Ordinal));

    private async Task<OutboxRow> RowAsync(long id)
    {
        OutboxRow row = null!;
        await silo.UntilAsync(async () => (row = (await silo.Service<IOutbox>().ReadNewestAsync(Chat, 100, default)).Single(r => r.Id == id)).State == OutboxState.Sent);
        return row;
    }

    /// <summary>Writes a high alert on the newest candle of the S&amp;P 500.</summary>
    private async Task<OutboxRow> AlertAsync(string strategy, string reason)
    {
        var candle = (await silo.Service<IMarketStore>().ReadCandlesAsync("^GSPC", CandleInterval.OneDay, long.MinValue, long.MaxValue, 1, default)).Single();
        var now = TimeProvider.System.GetUtcNow();
        var index = new SymbolInfo("^GSPC", "S&P 500 지수", "S&P 500", Analysis.Symbols.SymbolCategory.Index, "NYSE", "", true);
        var signal = new Signal(strategy, candle.Time, Direction.Sell, 85, candle.Close, reason, new Figures(3_000, 3_001));
        var key = $"chart|{written++}";
        var alert = new Alert(
            key, AlertKind.Signal, "^GSPC", AlertPriority.High, AlertStream.Live, now.ToUnixTimeSeconds(), now.ToUnixTimeSeconds(), AlertDelivery.Undecided,
            SignalPayload.Of(index, CandleInterval.OneDay, signal, now.ToUnixTimeSeconds()).ToJson());
        await silo.Service<IMarketStore>().CommitAsync(
            new SeriesCommit($"SEED{written}", CandleInterval.OneDay, "csv", 1, 0, "rules", [new Candle(0, 1, 1, 1, 1, 1)], [], [], [alert], Audience.EveryChat, now), default);
        await silo.Service<IGrains>().Get<INotifierGrain>(Chat).WakeAsync(0);
        return (await silo.Service<IOutbox>().ReadNewestAsync(Chat, 100, default)).Single(r => r.Alert.Key == key);
    }
}
