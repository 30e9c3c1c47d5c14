using System.CommandLine;
using Finstage.Analysis.Indicators;
using Finstage.Client.Output;

namespace Finstage.Client.Offline;

/// <summary><c>indicators FILE --indicator "rsi:14"</c>: indicators over a price file, as CSV.</summary>
internal static class IndicatorsCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("indicators", "Calculate indicators over a price file; prints CSV, time first, an empty field where there is no value.");
        var files = new PriceFiles(screen, command);
        var indicator = new Option<string[]>("--indicator")
        {
            Description = "An indicator with its parameters, such as rsi:14; may be given again.", HelpName = "ID:PARAMETERS", Required = true,
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        command.Options.Add(indicator);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var names = parsed.GetValue(indicator)!;
            foreach (var name in names)
            {
                _ = IndicatorCatalog.Key(name);
            }

            var isFirst = true;
            await foreach (var file in files.ReadAsync(parsed, cancellation))
            {
                foreach (var series in file.Series)
                {
                    if (!isFirst)
                    {
                        throw new UsageException("indicators takes one series: name one file that holds one symbol and interval.");
                    }

                    isFirst = false;
                    Write(screen, IndicatorSeries.Calculate(names, files.ContextOf(series, parsed), series.Candles), parsed.GetValue(json));
                }
            }
        });
        return command;
    }

    private static void Write(Screen screen, IndicatorSeries series, bool asJson)
    {
        var rows = Enumerable.Range(0, series.Count).Select(row => (
            Time: Words.Iso(series.TimeAt(row)),
            Values: Enumerable.Range(0, series.Columns.Count)
                .Select(column => double.IsFinite(series[row, column]) ? series[row, column] : (double?)null).ToArray()));
        if (asJson)
        {
            screen.WriteJson(new
            {
                columns = series.Columns.Select(c => c.Title),
                items = rows.Select(row => new { time = row.Time, values = row.Values }),
            });
        }
        else
        {
            var header = Screen.CsvLine(["time", .. series.Columns.Select(c => c.Title)]);
            screen.WriteCsv(header, rows.Select(row => (object?[])[row.Time, .. row.Values.Cast<object?>()]));
        }
    }
}
