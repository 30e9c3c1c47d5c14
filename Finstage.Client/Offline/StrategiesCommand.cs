using System.CommandLine;
using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Client.Output;

namespace Finstage.Client.Offline;

/// <summary><c>strategies</c>: the catalog.</summary>
internal static class StrategiesCommand
{
    public static Command Create(Screen screen)
    {
        var language = new Option<string>("--lang") { Description = "ko or en.", HelpName = "ko|en", DefaultValueFactory = _ => "en" };
        language.OneOf("ko", "en");
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("strategies", "Every strategy: its rule, parameters and warm-up.") { language, json };
        command.SetAction(parsed =>
        {
            var strategies = StrategyList.Of(parsed.GetValue(language)!);
            if (parsed.GetValue(json))
            {
                screen.WriteJson(strategies);
                return;
            }

            screen.WriteTable(
                ["Strategy", "Family", "Warm-up", "Rule"],
                strategies.Select(s => new[] { s.Id, s.Family, s.WarmUp.ToString(CultureInfo.InvariantCulture), s.Description }),
                2);
        });
        return command;
    }
}
