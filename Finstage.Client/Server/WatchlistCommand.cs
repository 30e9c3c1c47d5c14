using System.CommandLine;
using Finstage.Adapters.Http;
using Finstage.Client.Output;

namespace Finstage.Client.Server;

/// <summary><c>watchlist</c>: what is watched; <c>add</c> and <c>remove</c> change it.</summary>
internal static class WatchlistCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("watchlist", "What is watched.") { List(screen), Add(screen), Remove(screen) };
        var options = new ServerOptions(command);
        command.SetAction((parsed, cancellation) => ListAsync(screen, options, parsed, cancellation));
        return command;
    }

    private static Command List(Screen screen)
    {
        var command = new Command("list", "What is watched.");
        var options = new ServerOptions(command);
        command.SetAction((parsed, cancellation) => ListAsync(screen, options, parsed, cancellation));
        return command;
    }

    private static async Task ListAsync(Screen screen, ServerOptions options, ParseResult parsed, CancellationToken cancellation)
    {
        using var api = options.Connect(parsed);
        var symbols = await api.GetAsync<SymbolDto[]>("api/watchlist", cancellation);
        if (options.Json(parsed))
        {
            screen.WriteJson(symbols);
        }
        else
        {
            Show(screen, symbols);
        }
    }

    private static Command Add(Screen screen)
    {
        var code = new Argument<string>("symbol") { Description = "The symbol, as the feed writes it." };
        var nameKo = new Option<string>("--name-ko") { Description = "Its name in Korean (default: the feed's).", HelpName = "NAME" };
        var nameEn = new Option<string>("--name-en") { Description = "Its name in English (default: the feed's).", HelpName = "NAME" };
        var category = new Option<string>("--category") { Description = "Its category, such as stock, index or etf_long.", HelpName = "CATEGORY" };
        var exchange = new Option<string>("--exchange") { Description = "Where it trades (default: what the feed says).", HelpName = "NAME" };
        var currency = new Option<string>("--currency") { Description = "Its currency (default: what the feed says).", HelpName = "ISO" };
        var force = new Option<bool>("--force") { Description = "Add it even when the feed cannot be asked." };
        var command = new Command("add", "Watch a symbol, once the feed knows it.") { code, nameKo, nameEn, category, exchange, currency, force };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var request = new WatchRequest(
                parsed.GetValue(nameKo), parsed.GetValue(nameEn), parsed.GetValue(category), parsed.GetValue(exchange), parsed.GetValue(currency));
            var path = $"api/watchlist/{Uri.EscapeDataString(parsed.GetValue(code)!)}?force={(parsed.GetValue(force) ? "true" : "false")}";
            var symbol = await api.PutAsync<SymbolDto>(path, request, cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(symbol);
            }
            else
            {
                Show(screen, [symbol]);
            }
        });
        return command;
    }

    private static Command Remove(Screen screen)
    {
        var code = new Argument<string>("symbol") { Description = "The symbol." };
        var command = new Command("remove", "Watch a symbol no longer; what is stored of it stays.") { code };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            await api.DeleteAsync($"api/watchlist/{Uri.EscapeDataString(parsed.GetValue(code)!)}", cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(new { symbol = parsed.GetValue(code), watched = false });
            }
            else
            {
                screen.Line($"{parsed.GetValue(code)} is watched no longer.");
            }
        });
        return command;
    }

    public static void Show(Screen screen, IReadOnlyList<SymbolDto> symbols) => screen.WriteTable(
        ["Symbol", "Name", "이름", "Category", "Exchange", "Currency", "Zone"],
        symbols.Select(s => new[] { s.Symbol, s.NameEn, s.NameKo, s.Category, s.Exchange, s.Currency, s.Zone }),
        [],
        [6, 5, 4]);
}
