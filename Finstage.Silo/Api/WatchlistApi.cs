using Finstage.Adapters.Http;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using Finstage.Grains.Prices;
using Finstage.Hosting;
using Finstage.Silo.Startup;

namespace Finstage.Silo.Api;

/// <summary><c>/api/watchlist</c> and <c>/api/symbols/{symbol}/thresholds</c>: what is watched, and how closely.</summary>
internal static class WatchlistApi
{
    private const int MaxSymbols = 1_000;

    public static void Map(WebApplication app)
    {
        app.MapGet("/api/watchlist", async (IGrains grains) =>
            (await grains.Get<IMarketGrain>(IMarketGrain.Main).ListAsync()).Where(s => s.Enabled).Select(s => Shapes.Of(s, [])).ToArray());
        app.MapPut("/api/watchlist/{symbol}", PutAsync);
        app.MapDelete("/api/watchlist/{symbol}", RemoveAsync);
        app.MapPut("/api/symbols/{symbol}/thresholds", SetThresholdsAsync);
    }

    private static async Task<IResult> PutAsync(
        string symbol, bool? force, WatchRequest? request, IGrains grains, SymbolCheck check, SiloSettings settings, CancellationToken cancellation)
    {
        if (!SymbolCodes.IsValid(symbol))
        {
            return Problems.BadField("symbol", $"it has 1 to {SymbolCodes.MaxLength} letters, digits and signs such as ^ = . -");
        }

        SymbolCategory? category = null;
        if (request?.Category is { } word)
        {
            if (!SymbolCategories.TryParse(word, out var parsed))
            {
                return Problems.BadField("category", $"'{word}' is none of {SymbolCategories.KnownCodes}.");
            }

            category = parsed;
        }

        var market = grains.Get<IMarketGrain>(IMarketGrain.Main);
        var all = await market.ListAsync();
        var known = await market.FindAsync(symbol);
        if (known is not { Enabled: true } && all.Count(s => s.Enabled) >= MaxSymbols)
        {
            return Problems.BadField("symbol", $"{MaxSymbols} symbols are watched already: remove one.");
        }

        var asked = known ?? new SymbolInfo(
            symbol.ToUpperInvariant(), string.Empty, string.Empty, SymbolCategory.Stock, string.Empty, string.Empty, Enabled: true);
        var (found, problem) = await check.FindAsync(
            asked with { Category = category ?? asked.Category }, force ?? false, all.Select(s => s.Code), cancellation);
        if (problem is not null)
        {
            return problem;
        }

        var described = SymbolCheck.Describe(asked, known is null, found, request, category);
        await market.PutAsync(described);
        await FetchHistoryAsync(grains, settings);
        return Results.Ok(Shapes.Of((await market.FindAsync(described.Code))!, []));
    }

    private static async Task<IResult> RemoveAsync(string symbol, IGrains grains)
    {
        var market = grains.Get<IMarketGrain>(IMarketGrain.Main);
        if (await market.RemoveAsync(symbol))
        {
            return Results.NoContent();
        }

        var watched = (await market.ListAsync()).Where(s => s.Enabled).Select(s => s.Code);
        return Problems.NotFound($"'{symbol}' is not watched.{Analysis.Text.Nearest.Hint(symbol, watched)}");
    }

    private static async Task<IResult> SetThresholdsAsync(
        string symbol, ThresholdsRequest request, IGrains grains, IMarketStore store, CancellationToken cancellation)
    {
        var (found, missing) = await SymbolsApi.FindAsync(symbol, grains, store, cancellation);
        if (found is null)
        {
            return missing!;
        }

        try
        {
            var own = new ThresholdChange(request.Rise, request.Drop, request.FromHigh);
            await grains.Get<IMarketGrain>(IMarketGrain.Main).SetThresholdsAsync(found.Code, own);
        }
        catch (ArgumentException fault)
        {
            var field = fault.Message.Split(' ')[0];
            return Problems.BadField(field is "Rise" or "Drop" or "FromHigh" ? char.ToLowerInvariant(field[0]) + field[1..] : "symbol", fault.Message.Split(" (Parameter")[0]);
        }

        return Results.Ok(Shapes.Of((await grains.Get<ISymbolGrain>(found.Code).PriceAsync()).Thresholds));
    }

    // A new symbol's history is fetched at once; where a run is under way already, the monitor finds it behind.
    private static async Task FetchHistoryAsync(IGrains grains, SiloSettings settings)
    {
        if (settings.Feeds.Enabled)
        {
            var job = grains.Get<IJobGrain>(HistoryJob.JobName);
            if (!(await job.DescribeAsync()).Paused)
            {
                await job.RunAsync();
            }
        }
    }
}
