using System.CommandLine;
using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Client.Output;

namespace Finstage.Client.Server;

/// <summary><c>candles SYM</c>: stored candles, as a table, JSON, or a price file.</summary>
internal static class CandlesCommand
{
    private const int Page = 5_000;

    public static Command Create(Screen screen)
    {
        var code = new Argument<string>("symbol") { Description = "The symbol, such as AAPL or ^GSPC." };
        var interval = new Option<string>("--interval") { Description = "The interval.", HelpName = "1m…1mo", DefaultValueFactory = _ => "1d" };
        var from = new Option<string>("--from") { Description = "From this time on.", HelpName = "TIME" };
        var to = new Option<string>("--to") { Description = "Up to this time, included.", HelpName = "TIME" };
        var limit = new Option<int?>("--limit") { Description = "At most so many, the newest (default: 50 in a table, else all).", HelpName = "N" };
        var csv = new Option<bool>("--csv") { Description = "Print a price file." };
        var command = new Command("candles", "The closed candles of a symbol, oldest first.") { code, interval, from, to, limit, csv };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var (symbol, length) = (parsed.GetValue(code)!, parsed.GetValue(interval)!);
            var isTable = !options.Json(parsed) && !parsed.GetValue(csv);
            var most = parsed.GetValue(limit) ?? (isTable ? 50 : int.MaxValue);
            if (most < 1)
            {
                throw new UsageException("--limit: write a number from 1.");
            }

            var query = $"api/symbols/{Uri.EscapeDataString(symbol)}/candles?interval={Uri.EscapeDataString(length)}"
                + Part("from", parsed.GetValue(from)) + Part("to", parsed.GetValue(to));
            var candles = await ReadAsync(api, query, most, cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(candles);
            }
            else if (parsed.GetValue(csv))
            {
                screen.WriteCsv("symbol,interval,timestamp,open,high,low,close,volume", candles.Select(c => new object?[]
                {
                    symbol, length, c.Time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), c.Open, c.High, c.Low, c.Close, c.Volume,
                }));
            }
            else
            {
                screen.WriteTable(
                    ["Time", "Open", "High", "Low", "Close", "Volume"],
                    candles.Select(c => new[]
                    {
                        Words.Day(c.Time), Words.Price(c.Open), Words.Price(c.High), Words.Price(c.Low), Words.Price(c.Close),
                        c.Volume.ToString("N0", CultureInfo.InvariantCulture),
                    }),
                    1,
                    2,
                    3,
                    4,
                    5);
            }
        });
        return command;
    }

    // The newest page comes first; each cursor leads to the candles before.
    private static async Task<IReadOnlyList<CandleDto>> ReadAsync(FinstageApi api, string query, int most, CancellationToken cancellation)
    {
        var pages = new Stack<IReadOnlyList<CandleDto>>();
        var count = 0;
        string? cursor = null;
        do
        {
            var size = string.Create(CultureInfo.InvariantCulture, $"&limit={Math.Min(Page, most - count)}");
            var page = await api.GetAsync<PageDto<CandleDto>>(query + size + Part("cursor", cursor), cancellation);
            pages.Push(page.Items);
            count += page.Items.Count;
            cursor = page.Next;
        }
        while (cursor is not null && count < most);
        return [.. pages.SelectMany(p => p)];
    }

    private static string Part(string name, string? value) => value is null ? string.Empty : $"&{name}={Uri.EscapeDataString(value)}";
}
