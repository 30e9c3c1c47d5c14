using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Client.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Finstage.Client.Server;

/// <summary>What is watched: the last prices and the newest signals, and how the connection stands. Not thread-safe.</summary>
/// <param name="symbols">Only these symbols; none for all.</param>
internal sealed class WatchView(IReadOnlyList<string> symbols)
{
    private const int MaxSignals = 100;
    private const int SymbolWidth = 10;
    private const int SignalWidth = 30;
    private const int Narrow = 70;

    // Borders and headers of two tables, the last line, and one to spare.
    private const int Frames = 10;

    private readonly List<string> order = [];
    private readonly Dictionary<string, Price> prices = new(StringComparer.OrdinalIgnoreCase);
    private readonly LinkedList<SignalDto> signals = new();
    private string standing = "connecting …";
    private bool isLive;

    /// <summary>Takes the symbols with the prices they have.</summary>
    public void Take(IEnumerable<SymbolDto> all)
    {
        foreach (var symbol in all.Where(s => IsWatched(s.Symbol) && s.Price is not null))
        {
            Put(symbol.Symbol, symbol.Price!.Price, symbol.Price.ChangePercent, symbol.Price.Time);
        }
    }

    /// <summary>Takes signals in the place of those that were there, the newest first.</summary>
    public void Take(IReadOnlyList<SignalDto> newest)
    {
        signals.Clear();
        foreach (var signal in newest.Reverse().Where(s => IsWatched(s.Symbol)))
        {
            Add(signal);
        }
    }

    /// <summary>Takes an event.</summary>
    /// <returns>What it says in a line; null when it is not for people who watch.</returns>
    public string? Take(LiveItem item)
    {
        switch (item.Kind)
        {
            case "quote":
                var quote = item.As<LiveQuoteDto>();
                if (!IsWatched(quote.Symbol))
                {
                    return null;
                }

                Put(quote.Symbol, quote.Price, quote.ChangePercent, quote.Time);
                return $"{Words.Day(quote.Time)}  {quote.Symbol,-10} {Words.Price(quote.Price),14}  {Change(quote.ChangePercent)}";
            case "signal":
                var signal = item.As<SignalDto>();
                if (!IsWatched(signal.Symbol) || signal.SupersededAt is not null)
                {
                    return null;
                }

                Add(signal);
                return $"{Words.Day(signal.Time)}  {signal.Symbol,-10} {signal.Direction,-4} {signal.Strategy} ({signal.Confidence}): {signal.Reason}";
            case "hello":
                (isLive, standing) = (true, "live");
                return null;
            case LiveItem.Lost:
                (isLive, standing) = (false, $"{item.Data.GetProperty("message").GetString()} Trying again …");
                return standing;
            default:
                return null;
        }
    }

    /// <summary>The screen, as large as the terminal and no larger.</summary>
    public IRenderable Draw(IAnsiConsole console)
    {
        var width = console.Profile.Width;
        var rows = Math.Max(1, (console.Profile.Height - Frames) / 2);
        var more = order.Count > rows ? $" · {order.Count - rows} more symbols: name those to watch" : string.Empty;
        var last = Cut($"{standing}{more} · Ctrl-C stops", width - 3);
        return new Rows(Prices(rows, width), Signals(rows, width), new Markup($"[{(isLive ? "green" : "yellow")}]●[/] {Markup.Escape(last)}"));
    }

    private static string Cut(string text, int width) => text.Length <= width ? text : text[..Math.Max(0, width - 1)] + "…";

    private Table Prices(int rows, int width)
    {
        var hasTime = width >= Narrow;
        var table = new Table().Border(TableBorder.Rounded).Expand()
            .AddColumns(new TableColumn("Symbol"), new TableColumn("Price").RightAligned(), new TableColumn("Change").RightAligned());
        if (hasTime)
        {
            table.AddColumn("Time");
        }

        foreach (var symbol in order.Take(rows))
        {
            var price = prices[symbol];
            var colour = price.Change > 0 ? "green" : price.Change < 0 ? "red" : "default";
            var mark = price.Moved > 0 ? " ▲" : price.Moved < 0 ? " ▼" : "  ";
            List<IRenderable> cells =
            [
                new Markup($"[bold]{Markup.Escape(Cut(symbol, SymbolWidth))}[/]"), new Text(Words.Price(price.Last) + mark),
                new Markup($"[{colour}]{Change(price.Change)}[/]"),
            ];
            if (hasTime)
            {
                cells.Add(new Markup($"[grey]{Words.Day(price.Time)}[/]"));
            }

            table.AddRow(cells);
        }

        return table;
    }

    private Table Signals(int rows, int width)
    {
        // What is left beside the time, the symbol, the signal and the lines between.
        var left = width - 16 - SymbolWidth - SignalWidth - 13;
        var hasReason = left >= 12;
        var table = new Table().Border(TableBorder.Rounded).Expand().AddColumns("Time", "Symbol", "Signal");
        if (hasReason)
        {
            table.AddColumn("Reason");
        }

        foreach (var signal in signals.Take(rows))
        {
            var name = Cut(signal.Strategy, (hasReason ? SignalWidth : width - 16 - SymbolWidth - 10) - 5);
            List<IRenderable> cells =
            [
                new Markup($"[grey]{Words.Day(signal.Time)}[/]"), new Markup($"[bold]{Markup.Escape(Cut(signal.Symbol, SymbolWidth))}[/]"),
                new Markup($"[{(signal.Direction == "BUY" ? "green" : "red")}]{signal.Direction}[/] {Markup.Escape(name)}"),
            ];
            if (hasReason)
            {
                cells.Add(new Text(CutWide(signal.Reason, left)));
            }

            table.AddRow(cells);
        }

        return table;
    }

    // Korean letters are two columns wide.
    private static string CutWide(string text, int width)
    {
        var used = 0;
        for (var i = 0; i < text.Length; i++)
        {
            used += text[i] >= '\u1100' ? 2 : 1;
            if (used > width - 1)
            {
                return text[..i] + "…";
            }
        }

        return text;
    }

    private static string Change(double? percent) =>
        percent is { } change ? change.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) + " %" : "–";

    private bool IsWatched(string symbol) => symbols.Count == 0 || symbols.Contains(symbol, StringComparer.OrdinalIgnoreCase);

    private void Put(string symbol, double last, double? change, DateTime time)
    {
        var before = prices.GetValueOrDefault(symbol);
        if (before is null)
        {
            order.Add(symbol);
        }

        prices[symbol] = new Price(last, change, time, before is null ? 0 : Math.Sign(last - before.Last));
    }

    private void Add(SignalDto signal)
    {
        signals.AddFirst(signal);
        if (signals.Count > MaxSignals)
        {
            signals.RemoveLast();
        }
    }

    private sealed record Price(double Last, double? Change, DateTime Time, int Moved);
}
