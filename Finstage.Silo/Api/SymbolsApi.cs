using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;
using Finstage.Analysis.Text;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Silo.Api;

/// <summary><c>/api/symbols</c> and what lies under it.</summary>
internal static class SymbolsApi
{
    private const int DefaultCandles = 500;
    private const int MaxCandles = 5_000;
    private const int MaxCloses = 250;

    public static void Map(WebApplication app)
    {
        app.MapGet("/api/symbols", ListAsync);
        app.MapGet("/api/symbols/{symbol}", GetAsync);
        app.MapGet("/api/symbols/{symbol}/candles", CandlesAsync).AddEndpointFilter<RouteHandlerBuilder, SeriesTag>();
    }

    /// <summary>The symbol as the master and the store know it, or a 404 that names the nearest.</summary>
    public static async Task<(SymbolInfo? Symbol, IResult? Problem)> FindAsync(
        string code, IGrains grains, IMarketStore store, CancellationToken cancellation)
    {
        var market = grains.Get<IMarketGrain>(IMarketGrain.Main);
        var found = await market.FindAsync(code);
        if (found is not null)
        {
            return (found, null);
        }

        var series = await store.ReadSeriesAsync(null, cancellation);
        if (series.Any(s => s.Symbol == code))
        {
            return (Undescribed(code), null);
        }

        var known = (await market.ListAsync()).Select(s => s.Code).Union(series.Select(s => s.Symbol));
        return (null, Problems.NotFound($"There is no symbol '{code}'.{Nearest.Hint(code, known)}"));
    }

    private static async Task<IResult> ListAsync(
        int? closes, IGrains grains, IMarketStore store, IOverviewStore overview, CancellationToken cancellation)
    {
        var shown = 0;
        if (closes is not null && !Read.Limit(closes, 1, MaxCloses, out shown, out var problem, "closes"))
        {
            return problem!;
        }

        var symbols = await grains.Get<IMarketGrain>(IMarketGrain.Main).ListAsync();
        var series = (await store.ReadSeriesAsync(null, cancellation)).ToLookup(s => s.Symbol);
        var others = series.Select(g => g.Key).Except(symbols.Select(s => s.Code)).Select(Undescribed);
        var quotes = await overview.ReadQuotesAsync(cancellation);
        var recent = await overview.ReadRecentClosesAsync(CandleInterval.OneDay, Math.Max(shown, 2), cancellation);
        return Results.Ok(symbols.Concat(others).Select(s => Shapes.Of(s, series[s.Code].Select(row => Shapes.Of(row, lastClose: null))) with
        {
            Price = Shapes.Of(quotes.GetValueOrDefault(s.Code), recent.GetValueOrDefault(s.Code)),
            Closes = closes is null ? null : [.. (recent.GetValueOrDefault(s.Code)?.Closes ?? []).TakeLast(shown)],
        }).ToArray());
    }

    private static async Task<IResult> GetAsync(string symbol, IGrains grains, IMarketStore store, CancellationToken cancellation)
    {
        var (found, problem) = await FindAsync(symbol, grains, store, cancellation);
        if (found is null)
        {
            return problem!;
        }

        var grain = grains.Get<ISymbolGrain>(found.Code);
        var views = await grain.DescribeAsync();
        var price = await grain.PriceAsync();
        var described = Shapes.Of(found, views.Select(v => new SeriesDto(
            v.Interval.Code(), v.Source, v.Version, v.Candles, Shapes.Time(v.FirstTime), Shapes.Time(v.LastTime),
            double.IsFinite(v.LastClose) ? v.LastClose : null)));
        var last = await store.ReadCandlesAsync(found.Code, CandleInterval.OneDay, long.MinValue, long.MaxValue, 2, cancellation);
        var recent = last.Length == 0 ? null : new RecentCloses(last[^1].Time, [.. last.Select(c => c.Close)]);
        return Results.Ok(described with { Price = Shapes.Of(price, recent), Thresholds = Shapes.Of(price.Thresholds) });
    }

    private static async Task<IResult> CandlesAsync(
        string symbol, string? interval, string? from, string? to, int? limit, string? cursor,
        IGrains grains, IMarketStore store, CancellationToken cancellation)
    {
        if (!Read.Interval(interval, out var length, out var problem)
            || !Read.Time("from", from, long.MinValue, out var first, out problem)
            || !Read.Time("to", to, long.MaxValue, out var last, out problem)
            || !Read.Limit(limit, DefaultCandles, MaxCandles, out var count, out problem))
        {
            return problem!;
        }

        if (cursor is not null)
        {
            if (!long.TryParse(cursor, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var before))
            {
                return Problems.BadField("cursor", "it is not one that this API gave out.");
            }

            last = Math.Min(last, before);
        }

        var (found, missing) = await FindAsync(symbol, grains, store, cancellation);
        if (found is null)
        {
            return missing!;
        }

        // The newest first page; each cursor leads to the candles before. Within a page time ascends.
        var candles = await store.ReadCandlesAsync(found.Code, length, first, last, count + 1, cancellation);
        var hasMore = candles.Length > count;
        var page = hasMore ? candles.AsSpan(1) : candles;
        var items = new CandleDto[page.Length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Shapes.Of(page[i]);
        }

        return Results.Ok(new PageDto<CandleDto>(items, hasMore ? candles[0].Time.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static SymbolInfo Undescribed(string code) =>
        new(code, code, code, SymbolCategory.Stock, string.Empty, string.Empty, Enabled: false);
}
