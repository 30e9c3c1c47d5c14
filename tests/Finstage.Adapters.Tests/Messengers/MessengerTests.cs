using Finstage.Adapters.Messengers;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Tests.Messengers;

public sealed class MessengerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("📌 <b>[AAPL] 애플</b>\n1 &lt; 2 &amp;&amp; 3 &gt; 2", "📌 [AAPL] 애플\n1 < 2 && 3 > 2")]
    [InlineData("&amp;lt;b&gt;", "&lt;b>")]
    [InlineData("<a href=\"https://e.com/?a=1&amp;b=2\">기사</a>!", "기사 (https://e.com/?a=1&b=2)!")]
    [InlineData("a <i>b</i> < c", "a b < c")]
    [InlineData("red &#27;[31m or \u001b]0;title\u0007", "red [31m or ]0;title")]
    public void PlainText_Html_IsReadable(string html, string expected) => Assert.Equal(expected, PlainText.Of(html));

    [Fact]
    public async Task Console_TwoMessages_AreSetApartByABlankLine()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = new ConsoleMessenger(output);

        var result = await console.SendAsync(Chat.ConsoleId, new OutgoingMessage("<b>one</b>\n"), Stop);
        await console.SendAsync(Chat.ConsoleId, new OutgoingMessage("two"), Stop);

        Assert.Equal(new SendResult(SendOutcome.Sent), result);
        Assert.Equal("one\n\ntwo\n\n", output.ToString());
    }

    [Fact]
    public async Task Console_ManyAtOnce_NeverMix()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = new ConsoleMessenger(output);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => console.SendAsync(Chat.ConsoleId, new OutgoingMessage($"{i}\n{i}"), Stop), Stop)));

        var messages = output.ToString().Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(200, messages.Length);
        Assert.All(messages, m => Assert.Equal(m.Split('\n')[0], m.Split('\n')[1]));
    }

    [Fact]
    public async Task Console_ClosedOutput_IsTriedAgainLater()
    {
        var output = new StringWriter();
        await output.DisposeAsync();

        Assert.Equal(SendOutcome.RetryLater, (await new ConsoleMessenger(output).SendAsync(Chat.ConsoleId, new OutgoingMessage("x"), Stop)).Outcome);
    }

    [Fact]
    public async Task Routing_Chats_GoWhereTheyBelong()
    {
        var (console, telegram) = (new Recorder(), new Recorder());
        var routing = new RoutingMessenger(console, telegram);

        await routing.SendAsync(Chat.ConsoleId, new OutgoingMessage("a"), Stop);
        await routing.SendAsync("-100", new OutgoingMessage("b"), Stop);

        Assert.Equal(["console:a"], console.Messages);
        Assert.Equal(["-100:b"], telegram.Messages);
    }

    [Fact]
    public async Task Routing_WithoutTelegram_RefusesItsChats()
    {
        var result = await new RoutingMessenger(new Recorder(), null).SendAsync("-100", new OutgoingMessage("b"), Stop);

        Assert.Equal((SendOutcome.Unauthorized, "No Telegram bot is configured."), (result.Outcome, result.Error));
    }

    private sealed class Recorder : IMessenger
    {
        public List<string> Messages { get; } = [];

        public Task<SendResult> SendAsync(string chat, OutgoingMessage message, CancellationToken cancellation)
        {
            Messages.Add($"{chat}:{message.Html}");
            return Task.FromResult(new SendResult(SendOutcome.Sent));
        }
    }
}
