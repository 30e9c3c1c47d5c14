using System.CommandLine;
using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Client.Output;

namespace Finstage.Client.Server;

/// <summary><c>signals [SYM]</c>: the newest signals.</summary>
internal static class SignalsCommand
{
    public static Command Create(Screen screen)
    {
        var symbol = new Argument<string?>("symbol") { Description = "One symbol; all when left out.", Arity = ArgumentArity.ZeroOrOne };
        var strategy = new Option<string>("--strategy") { Description = "One strategy.", HelpName = "ID" };
        var interval = new Option<string>("--interval") { Description = "One interval.", HelpName = "1m…1mo" };
        var limit = new Option<int>("--limit") { Description = "At most so many.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var language = new Option<string>("--lang") { Description = "ko or en.", HelpName = "ko|en", DefaultValueFactory = _ => "en" };
        var csv = new Option<bool>("--csv") { Description = "Print CSV." };
        var command = new Command("signals", "The newest signals, of one symbol or of all.") { symbol, strategy, interval, limit, language, csv };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var path = parsed.GetValue(symbol) is { } code ? $"api/symbols/{Uri.EscapeDataString(code)}/signals" : "api/signals";
            var query = string.Create(CultureInfo.InvariantCulture, $"?limit={parsed.GetValue(limit)}&lang={Escape(parsed.GetValue(language))}");
            query += parsed.GetValue(strategy) is { } id ? $"&strategy={Escape(id)}" : string.Empty;
            query += parsed.GetValue(interval) is { } length ? $"&interval={Escape(length)}" : string.Empty;
            var page = await api.GetAsync<PageDto<SignalDto>>(path + query, cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(page.Items);
            }
            else if (parsed.GetValue(csv))
            {
                screen.WriteCsv(
                    "symbol,interval,time,strategy,direction,confidence,close",
                    page.Items.Select(s => new object?[]
                    {
                        s.Symbol, s.Interval, s.Time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), s.Strategy, s.Direction,
                        s.Confidence, s.Close,
                    }));
            }
            else
            {
                Show(screen, page.Items);
            }
        });
        return command;
    }

    public static void Show(Screen screen, IReadOnlyList<SignalDto> signals) => screen.WriteTable(
        ["Symbol", "Int.", "Time", "Strategy", "Way", "Conf.", "Close", "Reason"],
        signals.Select(s => new[]
        {
            s.Symbol, s.Interval, Words.Day(s.Time), s.Strategy, s.Direction, s.Confidence.ToString(CultureInfo.InvariantCulture),
            Words.Price(s.Close), s.Reason,
        }),
        5,
        6);

    private static string Escape(string? text) => Uri.EscapeDataString(text ?? string.Empty);
}
