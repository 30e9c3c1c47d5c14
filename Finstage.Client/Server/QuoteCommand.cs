using System.CommandLine;
using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Client.Output;

namespace Finstage.Client.Server;

/// <summary><c>quote SYM</c>: the last price, from the symbol's grain.</summary>
internal static class QuoteCommand
{
    public static Command Create(Screen screen)
    {
        var code = new Argument<string>("symbol") { Description = "The symbol, such as AAPL or ^GSPC." };
        var command = new Command("quote", "The last price of a symbol, and its highs.") { code };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var symbol = await api.GetAsync<SymbolDto>($"api/symbols/{Uri.EscapeDataString(parsed.GetValue(code)!)}", cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(new { symbol.Symbol, symbol.Currency, symbol.Price });
                return 0;
            }

            if (symbol.Price is not { } price)
            {
                screen.Warn($"There is no price of {symbol.Symbol} yet: the feed is asked for it while its exchange trades.");
                return 1;
            }

            screen.WriteTable(
                ["Symbol", "Price", "Time", "Previous close", "Change", "52-week high", "All-time high"],
                [
                    [
                        symbol.Symbol, $"{Words.Price(price.Price)} {symbol.Currency}".TrimEnd(), Words.Day(price.Time),
                        price.PreviousClose is { } close ? Words.Price(close) : "–",
                        price.ChangePercent is { } change ? change.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) + " %" : "–",
                        High(price.YearHigh, price.YearHighDate), High(price.AllTimeHigh, price.AllTimeHighDate),
                    ],
                ],
                1,
                3,
                4);
            return 0;
        });
        return command;
    }

    private static string High(double? price, DateTime? date) => price is null || date is null ? "–" : $"{Words.Price(price.Value)} ({Words.Day(date.Value)})";
}
