using System.Text.Json;
using Finstage.Adapters.Http;
using Finstage.Client.Server;
using Spectre.Console;

namespace Finstage.Client.Tests.Server;

public sealed class WatchViewTests
{
    private static readonly DateTime Noon = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Take_EventsOfAll_SaysEachInALine()
    {
        var view = new WatchView([]);

        Assert.Equal("2026-03-02 12:00  AAPL               231.10  +3.16 %", view.Take(Quote("AAPL", 231.1, 3.16)));
        Assert.Equal("2026-03-02 12:00  AAPL       BUY  GOLDEN_CROSS_50_200 (80): because", view.Take(Signal("AAPL")));
        Assert.Null(view.Take(Item("heartbeat", new { time = Noon })));
    }

    [Fact]
    public void Take_EventsOfOthers_SaysNothing()
    {
        var view = new WatchView(["aapl"]);

        Assert.NotNull(view.Take(Quote("AAPL", 1, 0)));
        Assert.Null(view.Take(Quote("MSFT", 1, 0)));
        Assert.Null(view.Take(Signal("MSFT")));
    }

    [Fact]
    public void Take_SignalsReadAgain_ShowsEachOnce()
    {
        var view = new WatchView([]);
        var signal = Signal("AAPL").As<SignalDto>();
        view.Take([signal]);

        view.Take([signal]);

        Assert.Single(Lines(view, 100, 30), line => line.Contains("GOLDEN_CROSS_50_200", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(60, 12)]
    public void Draw_WithMoreThanFits_IsNoLargerThanTheTerminal(int width, int height)
    {
        var view = new WatchView([]);
        for (var i = 0; i < 60; i++)
        {
            view.Take(Quote($"SYM{i}", 100 + i, i - 30));
            view.Take(Signal($"SYM{i}"));
        }

        var lines = Lines(view, width, height);

        Assert.InRange(lines.Length, 5, height);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.Contains(lines, line => line.Contains("more symbols", StringComparison.Ordinal));
    }

    [Fact]
    public void Draw_AfterTheConnectionIsLost_SaysSoAndKeepsWhatIsKnown()
    {
        var view = new WatchView([]);
        view.Take(Quote("AAPL", 231.1, 3.16));
        view.Take(Item(LiveItem.Lost, new { message = "Gone." }));

        var text = string.Join('\n', Lines(view, 100, 30));

        Assert.Contains("Gone. Trying again …", text);
        Assert.Contains("231.10", text);
    }

    private static LiveItem Quote(string symbol, double price, double change) =>
        Item("quote", new LiveQuoteDto(symbol, price, Noon, 1, change));

    private static LiveItem Signal(string symbol) =>
        Item("signal", new SignalDto(1, symbol, "1d", Noon, "GOLDEN_CROSS_50_200", "BUY", 80, "HIGH", 10, "because", null));

    private static LiveItem Item(string kind, object data) => new(kind, JsonSerializer.SerializeToElement(data, JsonSerializerOptions.Web));

    private static string[] Lines(WatchView view, int width, int height)
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        (console.Profile.Width, console.Profile.Height) = (width, height);
        console.Write(view.Draw(console));
        return output.ToString().TrimEnd('\n', '\r').Split(Environment.NewLine);
    }
}
