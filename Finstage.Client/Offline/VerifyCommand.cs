using System.CommandLine;
using System.Globalization;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Client.Output;

namespace Finstage.Client.Offline;

/// <summary><c>verify lookahead FILE…</c>: shows that no signal depends on candles that came after it.</summary>
internal static class VerifyCommand
{
    public static Command Create(Screen screen)
    {
        var lookAhead = new Command("lookahead", "Show that the signals of every prefix of a file are the prefix of its signals.");
        var files = new PriceFiles(screen, lookAhead);
        var prefixes = new Option<int>("--prefixes")
        {
            Description = "How many random prefixes to judge.", HelpName = "N", DefaultValueFactory = _ => LookAheadCheck.DefaultPrefixes,
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        lookAhead.Options.Add(prefixes);
        lookAhead.Options.Add(json);
        prefixes.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetValueOrDefault<int>() is (< 1 or > 10_000))
            {
                result.AddError("--prefixes must be from 1 to 10000.");
            }
        });
        lookAhead.SetAction(async (parsed, cancellation) =>
        {
            var reports = new List<(string Symbol, LookAheadReport Report)>();
            await foreach (var file in files.ReadAsync(parsed, cancellation))
            {
                foreach (var series in file.Series)
                {
                    var report = LookAheadCheck.Run(
                        files.ContextOf(series, parsed), StrategyCatalog.All, series.Candles, parsed.GetValue(prefixes));
                    reports.Add((series.Symbol, report));
                }
            }

            if (parsed.GetValue(json))
            {
                screen.WriteJson(reports.Select(r => new { symbol = r.Symbol, r.Report.Candles, r.Report.Signals, r.Report.Prefixes, findings = r.Report.Findings }));
            }
            else
            {
                Show(screen, reports);
            }

            return reports.All(r => r.Report.IsClean) ? 0 : 1;
        });
        return new Command("verify", "Check what Finstage promises, on your own files.") { lookAhead };
    }

    private static void Show(Screen screen, IReadOnlyList<(string Symbol, LookAheadReport Report)> reports) => screen.WriteTable(
        ["Symbol", "Candles", "Signals", "Prefixes", "Result"],
        reports.Select(r => new[]
        {
            r.Symbol, Words.Number(r.Report.Candles), Words.Number(r.Report.Signals), r.Report.Prefixes.ToString(CultureInfo.InvariantCulture),
            r.Report.IsClean ? "no look-ahead" : "LOOK-AHEAD: " + string.Join(", ", r.Report.Findings.Select(f => f.Strategy)),
        }),
        1,
        2,
        3);
}
