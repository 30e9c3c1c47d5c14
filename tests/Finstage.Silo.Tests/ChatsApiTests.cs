using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Finstage.Simulation;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;

namespace Finstage.Silo.Tests;

/// <summary>Who is told and what not, over HTTP, with Telegram played by a local server.</summary>
public sealed class ChatsApiTests : IAsyncLifetime
{
    private TelegramStandIn telegram = null!;
    private SiloUnderTest silo = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        telegram = await TelegramStandIn.StartAsync();
        silo = await SiloUnderTest.StartAsync(
            ("Telegram:BotToken", TelegramStandIn.Token), ("Telegram:ApiBaseUrl", telegram.Address), ("Telegram:ChatIds:0", "77"),
            ("Telegram:Chats:0:Id", "-100"), ("Telegram:Chats:0:MinPriority", "high"), ("Telegram:Chats:0:QuietHours", "23:00-07:30"),
            ("Telegram:Chats:0:Symbols:0", "AAPL"), ("Telegram:Chats:0:Language", "en"), ("Notifier:Pace", "00:00:00"));
    }

    public async ValueTask DisposeAsync()
    {
        await silo.DisposeAsync();
        await telegram.DisposeAsync();
    }

    [Fact]
    public async Task Chats_FromSettings_AreListedAndChanged()
    {
        var chats = (await silo.GetAsync("/api/chats")).EnumerateArray().ToDictionary(c => c.GetProperty("id").GetString()!);
        Assert.False(chats["console"].GetProperty("enabled").GetBoolean());
        Assert.Equal(
            ("en", "HIGH", "23:00-07:30", "Asia/Seoul", "AAPL"),
            (Text(chats["-100"], "language"), Text(chats["-100"], "minPriority"), Text(chats["-100"], "quietHours"), Text(chats["-100"], "zone"),
                chats["-100"].GetProperty("symbols")[0].GetString()));

        var changed = await PutAsync("/api/chats/-100", new { language = "ko", minPriority = "medium", symbols = Array.Empty<string>(), quietHours = "", muteHours = 2.0 });

        Assert.Equal(("ko", "MEDIUM", null), (Text(changed, "language"), Text(changed, "minPriority"), changed.GetProperty("quietHours").GetString()));
        Assert.NotNull(changed.GetProperty("mutedUntil").GetString());
        Assert.Equal(0, changed.GetProperty("symbols").GetArrayLength());
    }

    [Theory]
    [InlineData("/api/chats/-100", """{"language":"fr"}""", "language")]
    [InlineData("/api/chats/-100", """{"minPriority":"low"}""", "minPriority")]
    [InlineData("/api/chats/-100", """{"quietHours":"23-7"}""", "quietHours")]
    [InlineData("/api/chats/-100", """{"quietHours":"23:00-07:00","zone":"Asia/Nowhere"}""", "quietHours")]
    [InlineData("/api/chats/-100", """{"symbols":["not a symbol"]}""", "symbols")]
    [InlineData("/api/chats/-100", """{"muteHours":-1}""", "muteHours")]
    [InlineData("/api/symbols/AAPL/mute", """{"hours":-1}""", "hours")]
    [InlineData("/api/symbols/AAPL/mute", """{"chat":"5"}""", "chat")]
    public async Task Put_BadField_IsNamed(string path, string body, string field)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var answer = await silo.Http.PutAsync(path, content, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(field, (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task Mute_Symbol_SuppressesItsAlertsUntilItIsTakenBack()
    {
        Assert.Single((await PutAsync("/api/symbols/AAPL/mute", new { hours = 1 })).EnumerateArray());
        await WriteAsync("a");
        await silo.UntilAsync(async () => (await AlertsAsync("77")).Any(a => Text(a, "state") == "suppressed"));
        Assert.StartsWith("AAPL is muted until ", Text((await AlertsAsync("77"))[0], "lastError"), StringComparison.Ordinal);

        Assert.Empty((await PutAsync("/api/symbols/AAPL/mute", new { hours = 0 })).EnumerateArray());
        await WriteAsync("b");
        await silo.UntilAsync(async () => (await AlertsAsync("77")).Any(a => Text(a, "state") == "sent"));
        Assert.Single(telegram.Accepted, m => m.Chat == "77");
    }

    [Fact]
    public async Task Alerts_ByPages_AreEachThereOnce()
    {
        await WriteAsync("a", "b", "c", "d", "e");

        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = await silo.GetAsync($"/api/alerts?limit=3{(cursor is null ? string.Empty : $"&cursor={cursor}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("id").GetInt64()));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.True(seen.Count >= 10);
        Assert.Equal(seen.Distinct().OrderDescending(), seen);
    }

    [Fact]
    public async Task Alerts_InOneState_LeaveOutTheOthers()
    {
        await PutAsync("/api/symbols/AAPL/mute", new { chat = "-100" });
        await WriteAsync("a");
        await silo.UntilAsync(async () => (await AlertsAsync("77")).Any(a => Text(a, "state") == "sent"));
        await silo.UntilAsync(async () => (await AlertsAsync("-100")).Any(a => Text(a, "state") == "suppressed"));

        Assert.All(await AlertsAsync("77&state=sent"), a => Assert.Equal("sent", Text(a, "state")));
        Assert.Empty(await AlertsAsync("77&state=Suppressed"));
        Assert.Single(await AlertsAsync("-100&state=Suppressed"));
        Assert.Empty(await AlertsAsync("77&state=failed"));
    }

    [Fact]
    public async Task Chat_ThatBlockedTheBot_IsOffInHealthAndComesBackByHand()
    {
        telegram.Judge = _ => (403, """{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}""");
        await WriteAsync("a");
        await silo.UntilAsync(async () => (await ChatHealthAsync("77")).GetProperty("status").GetString() == "off");
        Assert.Equal("403 Forbidden: bot was blocked by the user", Text(await ChatHealthAsync("77"), "error"));

        telegram.Judge = _ => null;
        await PutAsync("/api/chats/77", new { enabled = true });

        // It is marked as sent a moment after Telegram has it.
        await silo.UntilAsync(async () => Text(await ChatHealthAsync("77"), "status") == "ok");
        Assert.Contains(telegram.Accepted, m => m.Chat == "77");
        Assert.Equal("b", Text((await silo.GetAsync("/health")).GetProperty("telegram"), "bot"));
    }

    [Fact]
    public async Task Start_WrongToken_IsSaidAtOnceWithoutIt()
    {
        await using var wrong = await SiloUnderTest.StartAsync(
            ("Telegram:BotToken", "1:WRONG-token"), ("Telegram:ApiBaseUrl", telegram.Address), ("Telegram:ChatIds:0", "77"));

        await wrong.UntilAsync(async () => Text((await wrong.GetAsync("/health")).GetProperty("telegram"), "status") == "failing");

        Assert.Equal("The token is refused: 401 Unauthorized", Text((await wrong.GetAsync("/health")).GetProperty("telegram"), "error"));
        Assert.Contains("Telegram refuses the token (401 Unauthorized)", wrong.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("WRONG", wrong.Output + await wrong.Http.GetStringAsync("/health", Stop), StringComparison.OrdinalIgnoreCase);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private async Task<JsonElement> PutAsync(string path, object body)
    {
        var answer = await silo.Http.PutAsJsonAsync(path, body, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private async Task<JsonElement[]> AlertsAsync(string chat) =>
        [.. (await silo.GetAsync($"/api/alerts?chat={chat}")).GetProperty("items").EnumerateArray()];

    private async Task<JsonElement> ChatHealthAsync(string chat) =>
        (await silo.GetAsync("/health")).GetProperty("telegram").GetProperty("chats").EnumerateArray().Single(c => Text(c, "chat") == chat);

    private async Task WriteAsync(params string[] keys)
    {
        await WriteAsync(silo, keys);
        foreach (var chat in (string[])["77", "-100"])
        {
            await silo.Service<Hosting.IGrains>().Get<Grains.Interfaces.Notifier.INotifierGrain>(chat).WakeAsync(0);
        }
    }

    /// <summary>Writes high alerts of AAPL as the commit of its candles does.</summary>
    internal static async Task WriteAsync(SiloUnderTest silo, params string[] keys)
    {
        var now = TimeProvider.System.GetUtcNow();
        var figures = new Figures(231.1, 220.5, 4.81);
        var signal = new Signal("MA_20_BREAKOUT", 0, Direction.Buy, 85, 231.1, "ma-breakout.buy", figures);
        var apple = new Grains.Interfaces.Market.SymbolInfo("AAPL", "애플", "Apple", Analysis.Symbols.SymbolCategory.Stock, "NASDAQ", "USD", true);
        var asOf = now.ToUnixTimeSeconds();
        var payload = Finstage.Grains.Notifier.SignalPayload.Of(apple, CandleInterval.OneDay, signal, asOf).ToJson();
        var alerts = keys.Select(key => new Alert(
            key, AlertKind.Signal, "AAPL", AlertPriority.High, AlertStream.Live, asOf, asOf, AlertDelivery.Undecided, payload));
        await silo.Service<IMarketStore>().CommitAsync(
            new SeriesCommit("SEED" + keys[0], CandleInterval.OneDay, "csv", 1, 0, "rules", [new Candle(0, 1, 1, 1, 1, 1)], [], [], [.. alerts], Audience.EveryChat, now),
            Stop);
    }
}
