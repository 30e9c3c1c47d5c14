using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Finstage.Client;

/// <summary>The help of a command, and how it is used.</summary>
/// <param name="help">The help itself.</param>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        [""] = ["health", "watch", "signals AAPL --limit 5", "candles AAPL --interval 1h --csv > aapl.csv", "analyze prices.csv --strategy GOLDEN_CROSS_50_200"],
        ["health"] = ["health", "health --server http://10.0.0.5:5080 --json"],
        ["symbols"] = ["symbols", "symbols --json"],
        ["symbol"] = ["symbol AAPL", "symbol ^GSPC --json"],
        ["quote"] = ["quote AAPL"],
        ["candles"] = ["candles AAPL --from 2026-03-02", "candles AAPL --interval 1h --csv > aapl.csv"],
        ["signals"] = ["signals", "signals AAPL --limit 5", "signals --strategy GOLDEN_CROSS_50_200 --csv"],
        ["watch"] = ["watch", "watch AAPL NVDA --lang ko", "watch --json | jq 'select(.event == \"signal\")'"],
        ["watchlist"] = ["watchlist", "watchlist add ORCL --name-ko 오라클", "watchlist remove ORCL"],
        ["thresholds"] = ["thresholds AAPL", "thresholds AAPL --rise 4 --drop -4"],
        ["patterns"] = ["patterns", "patterns --surviving"],
        ["clusters"] = ["clusters", "clusters AAPL"],
        ["report"] = ["report", "report --lang en"],
        ["backtest"] = ["backtest prices.csv"],
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
        var command = parseResult.CommandResult.Command;
        if (Examples.TryGetValue(command is RootCommand ? string.Empty : command.Name, out var lines))
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
}
