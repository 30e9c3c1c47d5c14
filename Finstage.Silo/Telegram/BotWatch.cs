using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Ports;
using Finstage.Grains.Prices;
using Finstage.Hosting;
using Finstage.Silo.Startup;

namespace Finstage.Silo.Telegram;

/// <summary>Watches symbols as the API does: checked against the feed first. Thread-safe.</summary>
internal sealed class BotWatch(IGrains grains, SymbolCheck check, SiloSettings settings) : IWatchRequests
{
    private const int MaxSymbols = 1_000;

    public async Task<WatchOutcome> WatchAsync(string symbol, CancellationToken cancellation)
    {
        var market = grains.Get<IMarketGrain>(IMarketGrain.Main);
        var all = await market.ListAsync();
        var known = await market.FindAsync(symbol);
        if (known is { Enabled: true })
        {
            return WatchOutcome.Watched;
        }

        if (all.Count(s => s.Enabled) >= MaxSymbols)
        {
            return WatchOutcome.TooMany;
        }

        var asked = known ?? new SymbolInfo(
            symbol.ToUpperInvariant(), string.Empty, string.Empty, SymbolCategory.Stock, string.Empty, string.Empty, Enabled: true);
        var (quote, problem) = await check.FindAsync(asked, force: false, all.Select(s => s.Code), cancellation);
        if (problem is not null)
        {
            return problem is IStatusCodeHttpResult { StatusCode: StatusCodes.Status404NotFound } ? WatchOutcome.Unknown : WatchOutcome.Unchecked;
        }

        await market.PutAsync(SymbolCheck.Describe(asked, known is null, quote, null, null));
        if (settings.Feeds.Enabled && !(await grains.Get<IJobGrain>(HistoryJob.JobName).DescribeAsync()).Paused)
        {
            await grains.Get<IJobGrain>(HistoryJob.JobName).RunAsync();
        }

        return WatchOutcome.Watched;
    }
}
