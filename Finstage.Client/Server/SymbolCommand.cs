using System.CommandLine;
using Finstage.Adapters.Http;
using Finstage.Client.Output;

namespace Finstage.Client.Server;

/// <summary><c>symbol SYM</c>: one symbol, from its grain.</summary>
internal static class SymbolCommand
{
    public static Command Create(Screen screen)
    {
        var code = new Argument<string>("symbol") { Description = "The symbol, such as AAPL or ^GSPC." };
        var command = new Command("symbol", "One symbol: its series and newest signals.") { code };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var path = $"api/symbols/{Uri.EscapeDataString(parsed.GetValue(code)!)}";
            var symbol = await api.GetAsync<SymbolDto>(path, cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(symbol);
                return;
            }

            screen.Line($"{symbol.Symbol} · {symbol.NameEn} · {symbol.NameKo} · {symbol.Category} · {symbol.Exchange} {symbol.Currency}".TrimEnd());
            screen.WriteTable(
                ["Interval", "Source", "Version", "Candles", "From", "Until", "Last close"],
                symbol.Series.Select(s => new[]
                {
                    s.Interval, s.Source, Words.Number(s.Version), Words.Number(s.Candles), Words.Day(s.First), Words.Day(s.Last),
                    s.LastClose is { } close ? Words.Price(close) : "–",
                }),
                2,
                3,
                6);
            var signals = await api.GetAsync<PageDto<SignalDto>>($"{path}/signals?limit=5&lang=en", cancellation);
            SignalsCommand.Show(screen, signals.Items);
        });
        return command;
    }
}
