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
        var limit = new Option<int>("--limit") { Description = "At most so many.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var command = new Command("patterns", "Sequences of signals and candlestick patterns, with what came after them.")
        {
            kind, horizon, surviving, limit,
        };
        var options = new ServerOptions(command);
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

        screen.WriteTable(
            ["Pattern", "Horizon", "n", "Dates", "Success", "Average", "Drift", "Excess", "p", "q", "Survives"],
            patterns.Items.Select(p => new[]
            {
                p.Pattern.Replace(">", " > ", StringComparison.Ordinal), p.Horizon, Words.Number(p.Occurrences), Words.Number(p.Dates),
                Words.Percent(p.SuccessRate, 1), Words.Percent(p.AverageReturn, 2), Words.Percent(p.Drift, 2), Words.Percent(p.Excess, 2),
                p.PValue.ToString("0.0e+0", CultureInfo.InvariantCulture), p.QValue.ToString("0.000", CultureInfo.InvariantCulture), p.Survives ? "yes" : "no",
            }),
            2, 3, 4, 5, 6, 7, 8, 9);
    }
}
