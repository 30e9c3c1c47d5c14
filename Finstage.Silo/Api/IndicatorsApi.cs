using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;
using Finstage.Analysis.Text;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Silo.Api;

/// <summary><c>/api/symbols/{symbol}/indicators/{id}</c>: an indicator over a stored series, calculated from its first candle.</summary>
internal static class IndicatorsApi
{
    private const int DefaultRows = 500;
    private const int MaxRows = 5_000;

    // What the query says besides the indicator's own parameters.
    private static readonly string[] OwnWords = ["interval", "limit", "cursor"];

    public static void Map(WebApplication app) => app.MapGet("/api/symbols/{symbol}/indicators/{id}", CalculateAsync)
        .AddEndpointFilter<RouteHandlerBuilder, SeriesTag>();

    private static async Task<IResult> CalculateAsync(
        string symbol, string id, string? interval, int? limit, string? cursor, HttpRequest request,
        IGrains grains, IMarketStore store, CancellationToken cancellation)
    {
        if (!Read.Interval(interval, out var length, out var problem) || !Read.Limit(limit, DefaultRows, MaxRows, out var count, out problem))
        {
            return problem!;
        }

        var before = long.MaxValue;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out before))
        {
            return Problems.BadField("cursor", "it is not one that this API gave out.");
        }

        var (found, missing) = await SymbolsApi.FindAsync(symbol, grains, store, cancellation);
        if (found is null)
        {
            return missing!;
        }

        try
        {
            var text = Text(id, request.Query);
            _ = IndicatorCatalog.Key(text);
            var candles = await store.ReadCandlesAsync(found.Code, length, long.MinValue, long.MaxValue, int.MaxValue, cancellation);
            var series = IndicatorSeries.Calculate([text], new SeriesContext(length, TradingCalendar.For(found.Exchange)), candles);
            return Results.Ok(Page(series, before, count));
        }
        catch (Exception fault) when (fault is IndicatorException or SeriesTooShortException)
        {
            return Problems.BadField("id", fault.Message);
        }
    }

    /// <summary>The indicator as text: as written, or made of the parameters that the query names.</summary>
    private static string Text(string id, IQueryCollection query)
    {
        var named = query.Keys.Where(key => !OwnWords.Contains(key)).ToList();
        if (named.Count == 0)
        {
            return id;
        }

        var info = IndicatorCatalog.Get(id.Split(':')[0]);
        var unknown = named.FirstOrDefault(name => info.Parameters.All(p => p.Name != name));
        if (unknown is not null)
        {
            var names = info.Parameters.Select(p => p.Name).ToList();
            throw new IndicatorException($"{info.Id} has no parameter '{unknown}', but {string.Join(", ", names)}.{Nearest.Hint(unknown, names)}");
        }

        return $"{info.Id}:" + string.Join(',', info.Parameters.Select(p =>
            query[p.Name].FirstOrDefault() ?? p.Default.ToString(CultureInfo.InvariantCulture)));
    }

    private static IndicatorDto Page(IndicatorSeries series, long before, int count)
    {
        var end = series.Count;
        while (end > 0 && series.TimeAt(end - 1) > before)
        {
            end--;
        }

        var start = Math.Max(0, end - count);
        var rows = new List<IndicatorRowDto>(end - start);
        for (var row = start; row < end; row++)
        {
            rows.Add(new IndicatorRowDto(
                Shapes.Time(series.TimeAt(row)),
                [.. Enumerable.Range(0, series.Columns.Count).Select(column => double.IsFinite(series[row, column]) ? series[row, column] : (double?)null)]));
        }

        var next = start == 0 ? null : series.TimeAt(start - 1).ToString(CultureInfo.InvariantCulture);
        return new IndicatorDto(series.Columns[0].Indicator.Text, [.. series.Columns.Select(c => c.Output)], rows, next);
    }
}
