using System.CommandLine;
using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Client.Output;

namespace Finstage.Client.Server;

/// <summary><c>patterns</c>: what survives of all that was tried, and what comes nearest.</summary>
internal static class PatternsCommand
{
    public static Command Create(Screen screen)
    {
        var kind = new Option<string>("--kind") { Description = "One kind.", HelpName = "pair|triple|candlestick" };
        var horizon = new Option<string>("--horizon") { Description = "One horizon.", HelpName = "1d|1w|1mo" };
        var surviving = new Option<bool>("--surviving") { Description = "Only those that stand out from all that was tried." };
        var limit = new Option<int>("--limit") { Description = "At most so many, 1 to 2000.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var csv = new Option<bool>("--csv") { Description = "Print CSV." };
        var command = new Command("patterns", "Sequences of signals and candlestick patterns, with what came after them.")
        {
            kind, horizon, surviving, limit, csv,
        };
        var options = new ServerOptions(command);
        kind.OneOf("pair", "triple", "candlestick");
        horizon.OneOf("1d", "1w", "1mo");
        limit.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetValueOrDefault<int>() is < 1 or > 2_000)
            {
                result.AddError("--limit must be from 1 to 2000.");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(csv) && options.Json(result))
            {
                result.AddError("--csv and --json exclude one another.");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var query = string.Create(CultureInfo.InvariantCulture, $"api/patterns?limit={parsed.GetValue(limit)}");
            query += parsed.GetValue(kind) is { } word ? $"&kind={Uri.EscapeDataString(word)}" : string.Empty;
            query += parsed.GetValue(horizon) is { } ahead ? $"&horizon={Uri.EscapeDataString(ahead)}" : string.Empty;
            query += parsed.GetValue(surviving) ? "&surviving=true" : string.Empty;
            var patterns = await api.GetAsync<PatternsDto>(query, cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(patterns);
            }
            else if (parsed.GetValue(csv))
            {
                WriteCsv(screen, patterns);
            }
            else
            {
                Show(screen, patterns);
            }
        });
        return command;
    }

    public static void Show(Screen screen, PatternsDto patterns)
    {
        if (patterns.RanAt is null)
        {
            screen.Line("The job 'patterns' has not run yet; it does every morning.");
            return;
        }

        screen.Line($"{patterns.Series} series, {Words.Number(patterns.Candles)} candles, {Words.Day(patterns.First!.Value)} … {Words.Day(patterns.Last!.Value)}");
        foreach (var tried in patterns.Tried)
        {
            screen.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{tried.Kind}: {Words.Number(tried.Seen)} seen, {Words.Number(tried.Tested)} tests, {tried.Surviving} survive (false discoveries at {100 * patterns.Rate:0} %)"));
        }

        if (patterns.Items.Count == 0)
        {
            screen.Line("None to show.");
            return;
        }

        // The figures of a pattern beside its number, its steps below: names as long as these leave no room beside.
        var rows = patterns.Items.Select((p, i) => new[]
        {
            Words.Number(i + 1), p.Horizon, Words.Number(p.Occurrences), Words.Number(p.Dates), Words.Percent(p.SuccessRate, 1), Words.Percent(p.AverageReturn, 2),
            Words.Percent(p.Excess, 2), p.PValue.ToString("0.0e+0", CultureInfo.InvariantCulture), p.QValue.ToString("0.000", CultureInfo.InvariantCulture),
            p.Survives ? "yes" : "no",
        });
        screen.WriteTable(["#", "For", "n", "Dates", "Success", "Average", "Excess", "p", "q", "Survives"], rows, [0, 2, 3, 4, 5, 6, 7, 8], [3]);
        foreach (var (pattern, i) in patterns.Items.Select((p, i) => (p, i)))
        {
            screen.Line($"{Words.Number(i + 1),3}  {pattern.Pattern.Replace(">", " > ", StringComparison.Ordinal)}");
        }
    }

    public static void WriteCsv(Screen screen, PatternsDto patterns) => screen.WriteCsv(
        "kind,pattern,horizon,occurrences,dates,success_rate,average_return,drift,excess,p_value,q_value,survives",
        patterns.Items.Select(p => new object?[]
        {
            p.Kind, p.Pattern, p.Horizon, p.Occurrences, p.Dates, p.SuccessRate, p.AverageReturn, p.Drift, p.Excess, p.PValue, p.QValue, p.Survives ? "true" : "false",
        }));
}
