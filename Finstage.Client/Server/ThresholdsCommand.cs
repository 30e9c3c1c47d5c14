using System.CommandLine;
using Finstage.Adapters.Http;
using Finstage.Client.Output;

namespace Finstage.Client.Server;

/// <summary><c>thresholds SYM</c>: how far a price moves before it is told of; options change it.</summary>
internal static class ThresholdsCommand
{
    public static Command Create(Screen screen)
    {
        var code = new Argument<string>("symbol") { Description = "The symbol." };
        var rise = new Option<double?>("--rise") { Description = "The day's rise, above zero.", HelpName = "X" };
        var drop = new Option<double?>("--drop") { Description = "The day's drop, below zero.", HelpName = "-X" };
        var fromHigh = new Option<double?>("--from-high") { Description = "The drop from the 52-week high, below zero.", HelpName = "-X" };
        var reset = new Option<bool>("--reset") { Description = "Take the category's values for all that is not named." };
        var command = new Command("thresholds", "How far a price moves before it is told of, in percent; yields in basis points.")
        {
            code, rise, drop, fromHigh, reset,
        };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var path = $"api/symbols/{Uri.EscapeDataString(parsed.GetValue(code)!)}";
            var symbol = await api.GetAsync<SymbolDto>(path, cancellation);
            var now = symbol.Thresholds!;
            if (parsed.GetValue(reset) || (parsed.GetValue(rise) ?? parsed.GetValue(drop) ?? parsed.GetValue(fromHigh)) is not null)
            {
                double? Kept(string name, double value) => !parsed.GetValue(reset) && now.Own.Contains(name) ? value : null;
                var request = new ThresholdsRequest(
                    parsed.GetValue(rise) ?? Kept("rise", now.Rise), parsed.GetValue(drop) ?? Kept("drop", now.Drop),
                    parsed.GetValue(fromHigh) ?? Kept("fromHigh", now.FromHigh));
                now = await api.PutAsync<ThresholdsDto>($"{path}/thresholds", request, cancellation);
            }

            if (options.Json(parsed))
            {
                screen.WriteJson(now);
                return;
            }

            string Shown(string name, double value) =>
                $"{Words.Price(value)} {(now.Unit == "basisPoints" ? "bp" : "%")}{(now.Own.Contains(name) ? " (own)" : string.Empty)}";
            screen.WriteTable(
                ["Symbol", "Rise", "Drop", "From high"],
                [[symbol.Symbol, Shown("rise", now.Rise), Shown("drop", now.Drop), Shown("fromHigh", now.FromHigh)]],
                1,
                2,
                3);
        });
        return command;
    }
}
