using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Insights;

/// <summary>A series with what the master knows of its symbol.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="History">Its whole series.</param>
public sealed record WatchedHistory(SymbolInfo Symbol, SeriesHistory History)
{
    /// <summary>
    /// Whether returns of its prices mean anything: nobody can buy a yield or a volatility index, and a percentage of a percentage is no
    /// gain.
    /// </summary>
    public bool HasReturns => Symbol.Category is not (SymbolCategory.Yield or SymbolCategory.Volatility);
}

/// <summary>Reads the series of every watched symbol.</summary>
public static class WatchedHistories
{
    /// <summary>Reads them all; a symbol that nobody described is taken as a stock on plain UTC days.</summary>
    /// <param name="store">The history.</param>
    /// <param name="interval">The candles' interval.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public static async Task<IReadOnlyList<WatchedHistory>> ReadAsync(
        IMarketStore store, CandleInterval interval, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        var symbols = (await store.ReadSymbolsAsync(cancellation)).ToDictionary(s => s.Code);
        var histories = new List<WatchedHistory>();
        foreach (var row in (await store.ReadSeriesAsync(null, cancellation)).Where(s => s.Interval == interval))
        {
            var symbol = symbols.GetValueOrDefault(row.Symbol)
                ?? new SymbolInfo(row.Symbol, row.Symbol, row.Symbol, SymbolCategory.Stock, string.Empty, string.Empty, Enabled: true);
            if (symbol.Enabled)
            {
                var candles = await store.ReadCandlesAsync(
                    row.Symbol, row.Interval, long.MinValue, long.MaxValue, int.MaxValue, cancellation);
                var context = new SeriesContext(row.Interval, TradingCalendar.For(symbol.Exchange));
                histories.Add(new WatchedHistory(symbol, new SeriesHistory(row.Symbol, context, candles)));
            }
        }

        return histories;
    }
}
