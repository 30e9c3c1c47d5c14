using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Analysis.Strategies;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Silo.Api;

/// <summary>The signals of one symbol or of all.</summary>
internal static class SignalsApi
{
    private const int DefaultSignals = 100;
    private const int MaxSignals = 5_000;

    public static void Map(WebApplication app)
    {
        app.MapGet("/api/strategies", Strategies);
        app.MapGet("/api/signals", (
            string? interval, string? strategy, string? from, string? to, int? limit, string? cursor, string? lang, bool? superseded,
            bool? outcomes, IMarketStore store, IOutcomeStore known, CancellationToken cancellation) =>
            SignalsAsync(null, interval, strategy, from, to, limit, cursor, lang, superseded, outcomes, store, known, cancellation));
        app.MapGet("/api/symbols/{symbol}/signals", async (
            string symbol, string? interval, string? strategy, string? from, string? to, int? limit, string? cursor, string? lang, bool? superseded,
            bool? outcomes, IGrains grains, IMarketStore store, IOutcomeStore known, CancellationToken cancellation) =>
        {
            var (found, problem) = await SymbolsApi.FindAsync(symbol, grains, store, cancellation);
            return found is null
                ? problem!
                : await SignalsAsync(
                    found.Code, interval, strategy, from, to, limit, cursor, lang, superseded, outcomes, store, known, cancellation);
        });
    }

    private static IResult Strategies(string? lang) => Language(lang, out var language, out var problem)
        ? Results.Ok(StrategyList.Of(language))
        : problem!;

    private static async Task<IResult> SignalsAsync(
        string? symbol, string? interval, string? strategy, string? from, string? to, int? limit, string? cursor, string? lang, bool? superseded,
        bool? outcomes, IMarketStore store, IOutcomeStore known, CancellationToken cancellation)
    {
        if (!Read.Interval(interval, out var length, out var problem)
            || !Read.Time("from", from, long.MinValue, out var first, out problem)
            || !Read.Time("to", to, long.MaxValue, out var last, out problem)
            || !Read.Limit(limit, DefaultSignals, MaxSignals, out var count, out problem)
            || !Language(lang, out var language, out problem)
            || !Strategy(strategy, out var id, out problem)
            || !Read.Cursor(cursor, out var before, out problem))
        {
            return problem!;
        }

        var query = new SignalQuery(
            symbol, interval is null ? null : length, id, first, last, count + 1, superseded ?? false, before);
        var rows = await store.ReadSignalsAsync(query, cancellation);
        var items = rows.Take(count).Select(row => Shapes.Of(row, language)).ToArray();
        if (outcomes == true)
        {
            var found = (await known.ReadAsync([.. rows.Take(count).Select(r => r.Id)], cancellation)).ToLookup(o => o.SignalId);
            items = [.. items.Select(s => s with { Outcomes = [.. found[s.Id!.Value].Select(Shapes.Of)] })];
        }

        var next = rows.Count > count
            ? string.Create(CultureInfo.InvariantCulture, $"{rows[count - 1].Signal.Time}_{rows[count - 1].Id}")
            : null;
        return Results.Ok(new PageDto<SignalDto>(items, next));
    }

    public static bool Language(string? text, out string language, out IResult? problem, string field = "lang")
    {
        language = text ?? "ko";
        problem = language is "ko" or "en" ? null : Problems.BadField(field, $"'{text}' is neither ko nor en.");
        return problem is null;
    }

    public static bool Strategy(string? text, out string? id, out IResult? problem)
    {
        (id, problem) = (null, null);
        if (text is null)
        {
            return true;
        }

        try
        {
            id = StrategyCatalog.Get(text).Id;
            return true;
        }
        catch (StrategyException fault)
        {
            problem = Problems.BadField("strategy", fault.Message);
            return false;
        }
    }
}
