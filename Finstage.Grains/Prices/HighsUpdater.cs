using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Grains.Prices;

/// <summary>
/// Looks up a symbol's highs: that of 52 weeks in its daily candles, that of all times in the whole monthly history, for which the feed is
/// asked weekly and after every new fetching of the daily candles, such as after a split. Used by jobs alone. Thread-safe.
/// </summary>
public sealed class HighsUpdater(SeriesUpdater updater, IPriceFeed feed, FeedWatch watch, TimeProvider clock)
{
    /// <summary>How long an all-time high is taken for the truth.</summary>
    public static readonly TimeSpan EverLasts = TimeSpan.FromDays(7);

    /// <summary>Looks them up.</summary>
    /// <returns>Whether the feed was asked, and why it gave no answer.</returns>
    public async Task<(bool WasAsked, FeedFailure? Failure)> RefreshAsync(IGrains grains, SymbolInfo symbol, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(grains);
        ArgumentNullException.ThrowIfNull(symbol);
        var grain = grains.Get<ISymbolGrain>(symbol.Code);
        var view = await grain.RefreshHighsAsync(null);
        var whole = await updater.WholeAtAsync(symbol, CandleInterval.OneDay, cancellation);
        var askedAt = DateTimeOffset.FromUnixTimeMilliseconds(view.EverHighAskedAt);
        if (whole is null || (askedAt >= whole && clock.GetUtcNow() - askedAt < EverLasts))
        {
            return (false, null);
        }

        // From the beginning of all prices.
        var request = new PriceRequest(symbol.Code, CandleInterval.OneMonth, long.MinValue, null, symbol.Category.AllowsNonPositive());
        var result = await feed.ReadAsync(request, cancellation);
        var subject = $"{symbol.Code} {CandleInterval.OneMonth.Code()}";
        if (!result.TryGet(out var months, out var failure))
        {
            watch.Failed(feed.Source, subject, failure);
            return (true, failure);
        }

        watch.Answered(feed.Source, subject);
        if (await updater.HasNewSplitAsync(symbol, CandleInterval.OneDay, months.Splits, cancellation))
        {
            // Both must be told in the same shares; the daily candles follow first.
            await updater.UpdateAsync(grains, symbol, CandleInterval.OneDay, isLive: true, cancellation);
            view = await grain.RefreshHighsAsync(null);
        }

        // A symbol in its first month has its whole history in its days.
        var high = months.Closed.Length > 0 ? months.Closed.Select(c => (Price: c.High, c.Time)).MaxBy(c => c.Price)
            : (Price: view.YearHigh ?? double.NaN, Time: view.YearHighTime);
        if (double.IsFinite(high.Price))
        {
            await grain.RefreshHighsAsync(new EverHigh(high.Price, high.Time, clock.GetUtcNow().ToUnixTimeMilliseconds()));
        }

        return (true, null);
    }
}
