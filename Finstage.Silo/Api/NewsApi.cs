using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Analysis.Text;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.News;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Silo.Api;

/// <summary><c>/api/news</c>: the stored items, newest first.</summary>
internal static class NewsApi
{
    private const int DefaultItems = 50;
    private const int MaxItems = 1_000;
    private const int FailingShown = 20;

    public static void Map(WebApplication app) => app.MapGet("/api/news", ItemsAsync);

    /// <summary>How the sources stand.</summary>
    public static async Task<NewsHealthDto> HealthAsync(
        SiloSettings settings, INewsStore news, NewsSources sources, IGrains grains, CancellationToken cancellation)
    {
        try
        {
            return await StandingAsync(settings, news, sources, grains, cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new NewsHealthDto("failing", 0, 0, 0, null, 0, []);
        }
    }

    private static async Task<NewsHealthDto> StandingAsync(
        SiloSettings settings, INewsStore news, NewsSources sources, IGrains grains, CancellationToken cancellation)
    {
        var stored = await news.CountNewsAsync(cancellation);
        if (!settings.HasNews)
        {
            return new NewsHealthDto("off", 0, 0, stored, null, 0, []);
        }

        var standings = (await news.ReadFeedsAsync(cancellation)).ToDictionary(s => s.Feed, StringComparer.Ordinal);
        var watched = (await grains.Get<IMarketGrain>(IMarketGrain.Main).ListAsync()).Where(s => s.Enabled).ToList();
        var all = sources.Of(watched);

        // What another address under the same name did is nothing of this one.
        var known = all.Select(s => standings.GetValueOrDefault(s.Source.Id) is { } own && own.Mark == s.Origin.Mark ? own : null).OfType<NewsStanding>().ToList();
        var failing = known.Where(s => s.Failures > 0).ToList();
        var status = failing.Count == 0 ? "ok" : failing.Count == known.Count ? "failing" : "partly";
        return new NewsHealthDto(
            status, all.Count, known.Count - failing.Count, stored, known.Max(s => s.LastAnswer)?.UtcDateTime, failing.Count,
            [.. failing.Take(FailingShown).Select(s => new FailingSourceDto(s.Feed, s.Error ?? string.Empty, s.Failures, s.NextAttempt?.UtcDateTime))]);
    }

    private static async Task<IResult> ItemsAsync(
        string? symbol, string? feed, string? from, int? limit, string? cursor, IGrains grains, IMarketStore store, INewsStore news,
        NewsSources sources, CancellationToken cancellation)
    {
        if (!Read.Time("from", from, long.MinValue, out var first, out var problem)
            || !Read.Limit(limit, DefaultItems, MaxItems, out var count, out problem)
            || !Read.Cursor(cursor, out var before, out problem))
        {
            return problem!;
        }

        SymbolInfo? found = null;
        if (symbol is not null)
        {
            (found, problem) = await SymbolsApi.FindAsync(symbol, grains, store, cancellation);
            if (found is null)
            {
                return problem!;
            }
        }

        var (source, unknown) = await SourceAsync(feed, grains, news, sources, cancellation);
        if (unknown is not null)
        {
            return unknown;
        }

        var rows = await news.ReadNewsAsync(new NewsQuery(found?.Code, source, first, count + 1, before), cancellation);
        var next = rows.Count > count
            ? string.Create(CultureInfo.InvariantCulture, $"{rows[count - 1].Time}_{rows[count - 1].Id}")
            : null;
        return Results.Ok(new PageDto<NewsDto>([.. rows.Take(count).Select(Of)], next));
    }

    // One that is asked no longer still has what it brought.
    private static async Task<(string? Source, IResult? Problem)> SourceAsync(
        string? feed, IGrains grains, INewsStore news, NewsSources sources, CancellationToken cancellation)
    {
        if (feed is null)
        {
            return (null, null);
        }

        var watched = (await grains.Get<IMarketGrain>(IMarketGrain.Main).ListAsync()).Where(s => s.Enabled).ToList();
        var known = sources.Of(watched).Select(s => s.Source.Id).Concat((await news.ReadFeedsAsync(cancellation)).Select(s => s.Feed)).Distinct().ToList();
        var name = known.FirstOrDefault(k => string.Equals(k, feed, StringComparison.OrdinalIgnoreCase));
        return name is null
            ? (null, Problems.BadField("feed", $"There is no source '{feed}'.{Nearest.Hint(feed, known)}"))
            : (name, null);
    }

    private static NewsDto Of(NewsRow row) => new(
        row.Id, row.Title, row.Summary, row.Link, row.Published?.UtcDateTime, Shapes.Time(row.Time), row.SeenAt.UtcDateTime, row.IsTold,
        row.Symbols, row.Feeds);
}
