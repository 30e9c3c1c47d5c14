using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Charts;
using Finstage.Analysis.Indicators;
using Finstage.Analysis.Strategies;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Charts;

/// <summary>Reads what a chart needs, and has it drawn. Thread-safe.</summary>
public sealed class ChartMaker(IMarketStore store)
{
    /// <summary>Draws a symbol's closed candles.</summary>
    /// <param name="symbol">The symbol's code; one that nobody described is taken as trading on plain UTC days.</param>
    /// <param name="interval">The candles' interval.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>: which colours rise and fall.</param>
    /// <param name="mark">The signal to show and to explain, or null: the chart ends with its candle, so that it shows what was known.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <returns>A PNG file; null where there are no candles.</returns>
    public async Task<byte[]?> DrawAsync(string symbol, CandleInterval interval, string language, ChartMark? mark, CancellationToken cancellation)
    {
        var candles = await store.ReadCandlesAsync(symbol, interval, long.MinValue, mark?.Time ?? long.MaxValue, ChartImage.Wanted, cancellation);
        if (candles.Length == 0)
        {
            return null;
        }

        var known = await store.ReadSymbolAsync(symbol, cancellation);
        var calendar = known is null ? TradingCalendar.Utc : TradingCalendar.For(known.Exchange);
        var strategy = mark is null ? null : StrategyCatalog.All.FirstOrDefault(s => s.Id == mark.Strategy);
        return ChartImage.Draw(
            new ChartSubject(symbol, known?.NameEn ?? string.Empty, new SeriesContext(interval, calendar), language) { Look = ChartLook.For(strategy), Mark = mark },
            candles);
    }
}
