using System.CommandLine;
using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Client.Output;

namespace Finstage.Client.Server;

/// <summary><c>news [SYM]</c>: the newest headlines.</summary>
internal static class NewsCommand
{
    public static Command Create(Screen screen)
    {
        var symbol = new Argument<string?>("symbol") { Description = "One symbol; all news when left out.", Arity = ArgumentArity.ZeroOrOne };
        var feed = new Option<string>("--feed") { Description = "One source, such as INVESTING:FOREX.", HelpName = "ID" };
        var from = new Option<string>("--from") { Description = "From this time on, UTC.", HelpName = "TIME" };
        var limit = new Option<int>("--limit") { Description = "At most so many.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var csv = new Option<bool>("--csv") { Description = "Print CSV." };
        var command = new Command("news", "The newest headlines, of one symbol's sources or of all.") { symbol, feed, from, limit, csv };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var query = string.Create(CultureInfo.InvariantCulture, $"api/news?limit={parsed.GetValue(limit)}");
            query += Part("symbol", parsed.GetValue(symbol)) + Part("feed", parsed.GetValue(feed)) + Part("from", parsed.GetValue(from));
            var page = await api.GetAsync<PageDto<NewsDto>>(query, cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(page.Items);
            }
            else if (parsed.GetValue(csv))
            {
                screen.WriteCsv("time,symbols,feeds,title,link", page.Items.Select(n => new object?[]
                {
                    n.Time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), string.Join(' ', n.Symbols),
                    string.Join(' ', n.Feeds), n.Title, n.Link,
                }));
            }
            else
            {
                Show(screen, page.Items, isPart: (parsed.GetValue(symbol) ?? parsed.GetValue(feed) ?? parsed.GetValue(from)) is not null);
            }
        });
        return command;
    }

    private static void Show(Screen screen, IReadOnlyList<NewsDto> news, bool isPart)
    {
        if (news.Count == 0)
        {
            screen.Line(isPart
                ? "No news match; ask for another symbol, source or time."
                : "There are no news yet; the job 'news' looks for them every 90 minutes.");
            return;
        }

        screen.WriteTable(
            ["Time", "About", "Title", "Link"],
            news.Select(n => new[]
            {
                Words.Day(n.Time), n.Symbols.Count > 0 ? string.Join(' ', n.Symbols) : string.Join(' ', n.Feeds), n.Title, n.Link ?? string.Empty,
            }));
    }

    private static string Part(string name, string? value) => value is null ? string.Empty : $"&{name}={Uri.EscapeDataString(value)}";
}
