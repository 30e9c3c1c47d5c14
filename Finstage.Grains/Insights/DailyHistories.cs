using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Insights;

/// <summary>A daily series with what the master knows of its symbol.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="History">Its whole series.</param>
public sealed record DailyHistory(SymbolInfo Symbol, SeriesHistory History)
{
    /// <summary>
    /// Whether returns of its prices mean anything: nobody can buy a yield or a volatility index, and a percentage of a percentage is no
    /// gain.
    /// </summary>
    public bool HasReturns => Symbol.Category is not (SymbolCategory.Yield or SymbolCategory.Volatility);
}

/// <summary>Reads the daily series of every watched symbol.</summary>
public static class DailyHistories
{
    /// <summary>Reads them all; a symbol that nobody described is taken as a stock on plain UTC days.</summary>
    /// <param name="store">The history.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public static async Task<IReadOnlyList<DailyHistory>> ReadAsync(IMarketStore store, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        var symbols = (await store.ReadSymbolsAsync(cancellation)).ToDictionary(s => s.Code);
        var histories = new List<DailyHistory>();
        foreach (var row in (await store.ReadSeriesAsync(null, cancellation)).Where(s => s.Interval == CandleInterval.OneDay))
        {
            var symbol = symbols.GetValueOrDefault(row.Symbol)
                ?? new SymbolInfo(row.Symbol, row.Symbol, row.Symbol, SymbolCategory.Stock, string.Empty, string.Empty, Enabled: true);
            if (symbol.Enabled)
            {
                var candles = await store.ReadCandlesAsync(
                    row.Symbol, row.Interval, long.MinValue, long.MaxValue, int.MaxValue, cancellation);
                var context = new SeriesContext(row.Interval, TradingCalendar.For(symbol.Exchange));
                histories.Add(new DailyHistory(symbol, new SeriesHistory(row.Symbol, context, candles)));
            }
        }

        return histories;
    }
}
