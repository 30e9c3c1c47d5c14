using System.CommandLine;
using Finstage.Adapters.Prices;
using Finstage.Analysis;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Client.Output;

namespace Finstage.Client.Offline;

/// <summary><c>analyze FILE…</c>: every signal of every file, or how many there are of each strategy.</summary>
internal static class AnalyzeCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("analyze", "Judge price files with the strategies, offline.");
        var files = new PriceFiles(screen, command);
        var strategy = new Option<string[]>("--strategy")
        {
            Description = "Only these strategies (default: all).", HelpName = "ID", AllowMultipleArgumentsPerToken = true,
        };
        var csv = new Option<bool>("--csv") { Description = "Print every signal as CSV." };
        var json = new Option<bool>("--json") { Description = "Print every signal as JSON." };
        command.Options.Add(strategy);
        command.Options.Add(csv);
        command.Options.Add(json);
        command.Validators.Add(result =>
        {
            if (result.GetValue(csv) && result.GetValue(json))
            {
                result.AddError("--csv and --json exclude one another.");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var strategies = parsed.GetValue(strategy) is { Length: > 0 } ids
                ? [.. ids.Select(StrategyCatalog.Get).DistinctBy(s => s.Id)]
                : StrategyCatalog.All;
            var found = new List<(PriceSeries Series, List<Signal> Signals)>();
            await foreach (var file in files.ReadAsync(parsed, cancellation))
            {
                found.AddRange(file.Series.Select(series => (series, Judge(files.ContextOf(series, parsed), series, strategies))));
            }

            if (parsed.GetValue(csv))
            {
                screen.WriteCsv("symbol,interval,time,strategy,direction,confidence,close", Rows(found));
            }
            else if (parsed.GetValue(json))
            {
                screen.WriteJson(Rows(found).Select(r => new
                {
                    symbol = r[0], interval = r[1], time = r[2], strategy = r[3], direction = r[4], confidence = r[5], close = r[6],
                }));
            }
            else
            {
                Show(screen, found, strategies);
            }
        });
        return command;
    }

    private static List<Signal> Judge(SeriesContext context, PriceSeries series, IReadOnlyList<StrategyInfo> strategies)
    {
        var engine = new SymbolEngine(context, strategies);
        var signals = new List<Signal>();
        engine.Commit(series.Candles, signals);
        return signals;
    }

    private static IEnumerable<object?[]> Rows(IEnumerable<(PriceSeries Series, List<Signal> Signals)> found) =>
        from part in found
        from signal in part.Signals
        select new object?[]
        {
            part.Series.Symbol, part.Series.Interval.Code(), Words.Iso(signal.Time), signal.Strategy,
            signal.Direction == Direction.Buy ? "BUY" : "SELL", signal.Confidence, signal.Close,
        };

    private static void Show(Screen screen, List<(PriceSeries Series, List<Signal> Signals)> found, IReadOnlyList<StrategyInfo> strategies)
    {
        foreach (var (series, signals) in found)
        {
            var span = series.Candles.Length == 0
                ? "no closed candle"
                : $"{Words.Day(series.Candles[0].OpenTime.UtcDateTime)} … {Words.Day(series.Candles[^1].OpenTime.UtcDateTime)}";
            screen.Line($"{series.Symbol} {series.Interval.Code()}: {Words.Number(series.Candles.Length)} candles, {span}, {Words.Number(signals.Count)} signals");
        }

        var all = found.SelectMany(f => f.Signals).ToLookup(s => s.Strategy);
        screen.WriteTable(
            ["Strategy", "Buy", "Sell", "Last"],
            strategies.Select(s => new[]
            {
                s.Id,
                Words.Number(all[s.Id].Count(x => x.Direction == Direction.Buy)),
                Words.Number(all[s.Id].Count(x => x.Direction == Direction.Sell)),
                all[s.Id].Any() ? Last(all[s.Id]) : "–",
            }),
            1,
            2);
    }

    private static string Last(IEnumerable<Signal> signals)
    {
        var last = signals.MaxBy(s => s.Time);
        return $"{Words.Day(DateTimeOffset.FromUnixTimeSeconds(last.Time).UtcDateTime)} {(last.Direction == Direction.Buy ? "BUY" : "SELL")}";
    }
}
