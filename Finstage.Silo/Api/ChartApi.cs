using Finstage.Analysis.Candles;
using Finstage.Analysis.Charts;
using Finstage.Grains.Charts;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Silo.Api;

/// <summary><c>/api/symbols/{symbol}/chart.png</c>: the picture that Telegram shows.</summary>
internal static class ChartApi
{
    public static void Map(WebApplication app) => app.MapGet("/api/symbols/{symbol}/chart.png", DrawAsync);

    private static async Task<IResult> DrawAsync(
        string symbol, string? interval, string? strategy, string? lang, IGrains grains, IMarketStore store, ChartMaker charts, CancellationToken cancellation)
    {
        if (!Read.Interval(interval, out var length, out var problem) || !SignalsApi.Strategy(strategy, out var id, out problem)
            || !SignalsApi.Language(lang, out var language, out problem))
        {
            return problem!;
        }

        var (found, missing) = await SymbolsApi.FindAsync(symbol, grains, store, cancellation);
        if (found is null)
        {
            return missing!;
        }

        var newest = id is null ? [] : await store.ReadSignalsAsync(new SignalQuery(found.Code, length, id, Limit: 1), cancellation);
        var mark = newest.Count == 0 ? null : new ChartMark(newest[0].Signal.Time, newest[0].Signal.Direction, newest[0].Signal.Strategy);
        return id is not null && mark is null
            ? Problems.BadField("strategy", $"{id} has said nothing yet on {found.Code} {length.Code()} candles; leave it out for a chart without a signal.")
            : await charts.DrawAsync(found.Code, length, language, mark, cancellation) is { } png ? Results.Bytes(png, "image/png")
            : Problems.NotFound($"There are no {length.Code()} candles of {found.Code}.");
    }
}
