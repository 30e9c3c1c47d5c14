using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Finstage.Client;

/// <summary>The help of a command, and how it is used.</summary>
/// <param name="help">The help itself.</param>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    internal static readonly IReadOnlyDictionary<string, string[]> Examples = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [""] = ["health", "watch", "signals AAPL --limit 5", "candles AAPL --interval 1h --csv > aapl.csv", "analyze prices.csv --strategy GOLDEN_CROSS_50_200"],
        ["health"] = ["health", "health --server https://finstage.example --json"],
        ["symbols"] = ["symbols", "symbols --json"],
        ["symbol"] = ["symbol AAPL", "symbol ^GSPC --json"],
        ["quote"] = ["quote AAPL"],
        ["candles"] = ["candles AAPL --from 2026-03-02", "candles AAPL --interval 1h --csv > aapl.csv"],
        ["signals"] = ["signals", "signals AAPL --limit 5", "signals --strategy GOLDEN_CROSS_50_200 --csv"],
        ["watch"] = ["watch", "watch AAPL NVDA --lang ko", "watch --json | jq 'select(.event == \"signal\")'"],
        ["watchlist"] = ["watchlist", "watchlist add ORCL --name-ko 오라클", "watchlist remove ORCL"],
        ["thresholds"] = ["thresholds AAPL", "thresholds AAPL --rise 4 --drop -4"],
        ["patterns"] = ["patterns", "patterns --surviving", "patterns --kind pair --horizon 1w --csv > pairs.csv"],
        ["clusters"] = ["clusters", "clusters AAPL"],
        ["mute"] = ["mute AAPL --hours 24", "mute AAPL --off"],
        ["news"] = ["news", "news AAPL --limit 5"],
        ["report"] = ["report", "report --lang en", "report send"],
        ["backtest"] = ["backtest", "backtest prices.csv --luck", "backtest prices.csv --trades --strategy MACD_SIGNAL_CROSS --stop 0.05"],
        ["backup"] = ["backup --data data --to backups --keep 14"],
        ["restore"] = ["restore backups/finstage-20260302T180000Z.db --data data"],
        ["import"] = ["import prices.csv --symbol MSFT --data data"],
        ["analyze"] = ["analyze prices.csv", "analyze prices.csv --strategy GOLDEN_CROSS_50_200 --csv"],
        ["indicators"] = ["indicators prices.csv --indicator rsi:14 --indicator macd"],
        ["strategies"] = ["strategies", "strategies --lang ko --json"],
        ["verify"] = ["verify lookahead prices.csv"],
        ["keys"] = ["keys list", "keys create desk --scope admin", "keys revoke 3"],
        ["jobs"] = ["jobs list", "jobs run history", "jobs pause monitor"],
    };

    public override bool ClearsParseErrors => true;

    /// <summary>Adds the examples to a command line's help.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var path = Path(parseResult.CommandResult);
        var lines = Examples[path.FirstOrDefault(string.Empty)].Where(line => line.StartsWith(string.Join(' ', path), StringComparison.Ordinal)).ToArray();
        if (lines.Length > 0)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var line in lines)
            {
                output.WriteLine($"  finstage {line}");
            }

            output.WriteLine();
        }

        return code;
    }

    // The names of a command and those above it, without the root.
    private static List<string> Path(SymbolResult? result) => result switch
    {
        CommandResult { Command: not RootCommand } command => [.. Path(command.Parent), command.Command.Name],
        _ => [],
    };
}
