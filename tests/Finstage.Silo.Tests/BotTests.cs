using System.Text.Json;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Finstage.Simulation;

namespace Finstage.Silo.Tests;

/// <summary>Commands and buttons, over HTTP, with Telegram played by a local server.</summary>
public sealed class BotTests : IAsyncLifetime
{
    private const long Chat = 77;
    private const long User = 5;

    private TelegramStandIn telegram = null!;
    private SiloUnderTest silo = null!;

    public async ValueTask InitializeAsync()
    {
        telegram = await TelegramStandIn.StartAsync();
        silo = await SiloUnderTest.StartAsync(
            ("Telegram:BotToken", TelegramStandIn.Token), ("Telegram:ApiBaseUrl", telegram.Address), ("Telegram:ChatIds:0", "77"),
            ("Telegram:ChatIds:1", "79"), ("Telegram:UserIds:0", "5"), ("Notifier:Pace", "00:00:00"), ("Notifier:TotalPerSecond", "100000"));
    }

    public async ValueTask DisposeAsync()
    {
        await silo.DisposeAsync();
        await telegram.DisposeAsync();
    }

    [Theory]
    [InlineData("/start", "/price")]
    [InlineData("/help@b", "/signals")]
    [InlineData("/status", "이 채팅")]
    [InlineData("/symbols", "<b>^IXIC</b> 나스닥 지수")]
    [InlineData("/price aapl", "[AAPL] 애플")]
    [InlineData("/price AAPX", "AAPL")]
    [InlineData("/price", "/price AAPL")]
    [InlineData("/signals", "최근 신호")]
    [InlineData("/signals ^GSPC", "<b>^GSPC</b>")]
    [InlineData("/top 1w", "(1w)")]
    [InlineData("/top 1y", "1mo")]
    [InlineData("/report", "일일 퀀트 분석 리포트")]
    [InlineData("/news", "최근 뉴스")]
    [InlineData("/news AAPL", "AAPL")]
    [InlineData("/mute AAPL 2", "/unmute AAPL")]
    [InlineData("/mute AAPL <b>", "&lt;b&gt;")]
    [InlineData("/unmute", "종목")]
    [InlineData("/watch AAPL", "AAPL")]
    [InlineData("/watch ZZZZ", "확인할 수 없습니다")]
    [InlineData("/unwatch JNK", "감시를 해제")]
    [InlineData("/lang fr", "/lang en")]
    [InlineData("/nothing", "/help")]
    [InlineData("/", "/help")]
    [InlineData("/mute", "/mute AAPL")]
    [InlineData("/mute AAPL -1", "'-1'")]
    [InlineData("/mute AAPL NaN", "'NaN'")]
    [InlineData("/mute ZZZZ 1", "'ZZZZ'")]
    [InlineData("/watch", "/watch AAPL")]
    [InlineData("/watch <$>", "'&lt;$&gt;' 은(는) 종목 코드가 아닙니다")]
    [InlineData("/unwatch ZZZZ", "'ZZZZ'")]
    [InlineData("/unmute ZZZZ", "끈 종목이 없습니다")]
    [InlineData("/top 7", "'7'")]
    [InlineData("/top 1W", "(1w)")]
    [InlineData("/lang", "/lang en")]
    [InlineData("/lang KO", "한국어로")]
    [InlineData("/PRICE@B ^gspc", "[^GSPC]")]
    [InlineData("/price\n^GSPC", "[^GSPC]")]
    public async Task Command_OfSomebodyKnown_IsAnsweredInKorean(string command, string expected)
    {
        telegram.Say(Chat, User, command);

        await SeeAsync(m => m.Chat == "77" && m.Text.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Command_WithAVeryLongWord_IsAnsweredBriefly()
    {
        var word = new string('<', 4_000);
        foreach (var command in (string[])["/price ", "/watch ", "/mute AAPL ", "/top ", "/"])
        {
            telegram.Say(Chat, User, command + word);
        }

        await silo.UntilAsync(() => Task.FromResult(telegram.Accepted.Count >= 5));

        Assert.Equal(5, telegram.Accepted.Count);
        Assert.All(telegram.Accepted, m => Assert.InRange(m.Text.Length, 1, 400));
        Assert.All(telegram.Accepted, m => Assert.Contains("…", m.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Command_ForAnotherBotOfTheGroup_IsLeftToIt()
    {
        await silo.UntilAsync(async () => (await silo.GetAsync("/health")).GetProperty("telegram").GetProperty("bot").GetString() == "b");
        telegram.Say(Chat, User, "/unwatch@other_bot AAPL");
        telegram.Say(Chat, User, "/help@b");

        await SeeAsync(m => m.Text.Contains("/signals", StringComparison.Ordinal));

        Assert.Single(telegram.Accepted);
    }

    [Fact]
    public async Task Command_InAChatThatMustWaitForLong_HoldsUpNoOther()
    {
        var refused = 0;
        telegram.Judge = m => m.Chat == "77" && Interlocked.Increment(ref refused) > 0
            ? (429, """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3600","parameters":{"retry_after":3600}}""")
            : null;
        telegram.Say(Chat, User, "/help");
        telegram.Say(Chat, User, "/help");
        telegram.Say(79, User, "/help");

        await SeeAsync(m => m.Chat == "79");

        Assert.Equal(1, refused);
    }

    [Fact]
    public async Task Press_OfAStranger_IsRefusedAndDoesNothing()
    {
        telegram.Press(Chat, 6, "m:AAPL");
        telegram.Press(78, User, "m:AAPL");
        telegram.Say(Chat, User, "/unmute");

        await SeeAsync(m => m.Text.Contains("끈 종목이 없습니다", StringComparison.Ordinal));

        var note = Assert.Single(telegram.Calls, c => c.Method == "answerCallbackQuery").Body;
        Assert.Contains("등록된 사용자", note.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Single(telegram.Accepted);
    }

    [Fact]
    public async Task Message_ThatWasEdited_IsNotHeardAgain()
    {
        telegram.Say(Chat, User, "/unwatch AAPL", isEdited: true);
        telegram.Say(Chat, User, "no command");
        telegram.Say(Chat, User, "/help");

        await SeeAsync(m => m.Text.Contains("/signals", StringComparison.Ordinal));

        Assert.Single(telegram.Accepted);
    }

    [Fact]
    public async Task Lang_English_IsKeptAndSpokenFromThenOn()
    {
        telegram.Say(Chat, User, "/lang en");
        await SeeAsync(m => m.Text == "From now on in English.");
        telegram.Say(Chat, User, "/status");

        await SeeAsync(m => m.Text.Contains("This chat", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Chat, 6)]
    [InlineData(78, User)]
    public async Task Command_OfAStranger_IsRefusedOnceAndDoesNothing(long chat, long user)
    {
        telegram.Say(chat, user, "/unwatch AAPL");
        telegram.Say(chat, user, "/unwatch AAPL");
        telegram.Say(Chat, User, "/help");

        await SeeAsync(m => m.Text.Contains("/signals", StringComparison.Ordinal));

        Assert.Single(telegram.Accepted, m => m.Text.Contains("등록된 사용자", StringComparison.Ordinal));
        Assert.DoesNotContain(telegram.Accepted, m => m.Text.Contains("해제했습니다", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Buttons_UnderAnAlert_MuteItsSymbolAndTellMore()
    {
        var row = await AlertAsync("a");
        var alert = await SeeAsync(m => m.Text.Contains($"#{row.Id}", StringComparison.Ordinal));
        Assert.Contains($"d:{row.Id}", alert.Buttons, StringComparison.Ordinal);
        Assert.Contains("m:AAPL", alert.Buttons, StringComparison.Ordinal);

        telegram.Press(Chat, User, $"d:{row.Id}");
        telegram.Press(Chat, User, "m:AAPL");
        telegram.Press(Chat, User, "d:99999999");

        await SeeAsync(m => m.Text.Contains("🔎 <b>", StringComparison.Ordinal));
        await SeeAsync(m => m.Text.StartsWith("🔕 AAPL", StringComparison.Ordinal));
        await SeeAsync(m => m.Text.Contains("버튼", StringComparison.Ordinal));
        Assert.Equal(3, telegram.Calls.Count(c => c.Method == "answerCallbackQuery"));
        await AlertAsync("b");
        await silo.UntilAsync(async () => (await silo.Service<IOutbox>().ReadNewestAsync("77", 10, default)).Any(r => r.State == OutboxState.Suppressed));
    }

    [Fact]
    public async Task Start_Commands_AreToldInBothLanguages()
    {
        await silo.UntilAsync(() => Task.FromResult(telegram.Calls.Count(c => c.Method == "setMyCommands") == 3));

        var told = telegram.Calls.Where(c => c.Method == "setMyCommands").Select(c => c.Body).ToArray();
        Assert.Equal(["-", "ko", "en"], told.Select(b => b.TryGetProperty("language_code", out var code) ? code.GetString()! : "-"));
        Assert.All(told, b => Assert.All(
            b.GetProperty("commands").EnumerateArray(),
            c => Assert.Matches("^[a-z0-9_]{1,32}$", c.GetProperty("command").GetString())));
    }

    [Fact]
    public async Task Poll_SecondPoller_IsSaidInHealthAndMendsItself()
    {
        telegram.IsPolledElsewhere = true;
        await silo.UntilAsync(async () => Error(await silo.GetAsync("/health"))?.Contains("409 Conflict", StringComparison.Ordinal) == true);

        telegram.IsPolledElsewhere = false;
        telegram.Say(Chat, User, "/help");

        await SeeAsync(m => m.Text.Contains("/signals", StringComparison.Ordinal));
        await silo.UntilAsync(async () => Error(await silo.GetAsync("/health")) is null);
    }

    private static string? Error(JsonElement health) => health.GetProperty("telegram").GetProperty("error").GetString();

    private async Task<SentMessage> SeeAsync(Func<SentMessage, bool> isIt)
    {
        await silo.UntilAsync(() => Task.FromResult(telegram.Accepted.Any(isIt)));
        return telegram.Accepted.First(isIt);
    }

    private async Task<OutboxRow> AlertAsync(string key)
    {
        await ChatsApiTests.WriteAsync(silo, key);
        await silo.Service<IGrains>().Get<INotifierGrain>("77").WakeAsync(0);
        return (await silo.Service<IOutbox>().ReadNewestAsync("77", 10, default)).First(r => r.Alert.Key == key);
    }
}
