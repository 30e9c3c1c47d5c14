using System.CommandLine;
using Finstage.Adapters.Http;
using Finstage.Client.Output;

namespace Finstage.Client.Server;

/// <summary><c>symbols</c>: what is watched and held.</summary>
internal static class SymbolsCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("symbols", "Every symbol, and how much is held of it.");
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var symbols = await api.GetAsync<SymbolDto[]>("api/symbols", cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(symbols);
                return;
            }

            screen.WriteTable(
                ["Symbol", "Name", "Category", "Series", "Candles", "Until"],
                symbols.Select(s => new[]
                {
                    s.Symbol, s.NameEn, s.Category, string.Join(' ', s.Series.Select(x => x.Interval)),
                    Words.Number(s.Series.Sum(x => x.Candles)), s.Series.Count == 0 ? "–" : Words.Day(s.Series.Max(x => x.Last)),
                }),
                4);
        });
        return command;
    }
}
