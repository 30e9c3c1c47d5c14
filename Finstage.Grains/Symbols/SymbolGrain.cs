using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Monitoring;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Microsoft.Extensions.Logging;

namespace Finstage.Grains.Symbols;

/// <summary>
/// One symbol: a <see cref="SeriesKeeper"/> per interval, a <see cref="PriceKeeper"/>, and the word to the notifiers once something is
/// committed.
/// </summary>
internal sealed partial class SymbolGrain(IMarketStore store, IPriceStore prices, TimeProvider clock, ILogger<SymbolGrain> logger)
    : KeyedGrain, ISymbolGrain
{
    private readonly Dictionary<CandleInterval, SeriesKeeper> keepers = [];
    private SymbolInfo? symbol;
    private PriceKeeper? price;

    protected override Task ActivateAsync(CancellationToken cancellation) => Operations.TimeAsync("activation", "Symbol", async () =>
    {
        symbol = await store.ReadSymbolAsync(Key, cancellation)
            ?? new SymbolInfo(Key, Key, Key, SymbolCategory.Stock, string.Empty, string.Empty, Enabled: true);
        price = new PriceKeeper(prices, clock, symbol);
        foreach (var series in await store.ReadSeriesAsync(Key, cancellation))
        {
            await KeeperOf(series.Interval).LoadAsync(cancellation);
        }

        return symbol;
    });

    public async Task<ApplyResult> ApplyAsync(CandleBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var (result, chats) = await KeeperOf(batch.Interval).ApplyAsync(batch, CancellationToken.None);
        await TellAsync(chats);
        return result;
    }

    public async Task<QuoteResult> QuoteAsync(QuoteUpdate quote)
    {
        ArgumentNullException.ThrowIfNull(quote);
        var daily = KeeperOf(CandleInterval.OneDay);
        var (result, chats) = await price!.ApplyAsync(quote, daily.Window, daily.View?.Version ?? 0, CancellationToken.None);
        await TellAsync(chats);
        return result;
    }

    public Task<PriceView> RefreshHighsAsync(EverHigh? ever) =>
        price!.RefreshHighsAsync(KeeperOf(CandleInterval.OneDay).Window, ever, CancellationToken.None);

    public Task<PriceView> PriceAsync() => price!.ViewAsync(CancellationToken.None);

    public Task ReloadAsync()
    {
        keepers.Clear();
        return ActivateAsync(CancellationToken.None);
    }

    public Task<SeriesView[]> DescribeAsync() => Task.FromResult(
        keepers.OrderBy(k => k.Key).Select(k => k.Value.View).OfType<SeriesView>().ToArray());

    public Task<CandleBatch> RecentAsync(CandleInterval interval, int count)
    {
        var keeper = KeeperOf(interval);
        var candles = keeper.Window.Newest(Math.Clamp(count, 0, SeriesKeeper.WindowCapacity));
        var asOf = candles.Length == 0 ? 0 : interval.CloseTime(candles[^1].Time);
        return Task.FromResult(CandleBatch.Of(Key, interval, keeper.View?.Source ?? string.Empty, BatchOrigin.Backfill, asOf, candles));
    }

    private SeriesKeeper KeeperOf(CandleInterval interval)
    {
        if (!keepers.TryGetValue(interval, out var keeper))
        {
            keeper = new SeriesKeeper(store, clock, symbol!, new SeriesContext(interval, TradingCalendar.For(symbol!.Exchange)));
            keepers.Add(interval, keeper);
        }

        return keeper;
    }

    // The rows are in the outbox already: a lost word costs a minute, until the notifier's heartbeat.
    private async Task TellAsync(IReadOnlyList<string> chats)
    {
        foreach (var chat in chats)
        {
            try
            {
                await Grains.Get<INotifierGrain>(chat).WakeAsync(0);
            }
            catch (Exception error)
            {
                LogNotTold(error, Key, chat);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol} could not wake the notifier of chat {Chat}; its heartbeat will find the rows.")]
    private partial void LogNotTold(Exception error, string symbol, string chat);
}
