using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <content>Series, candles, signals and the symbol master.</content>
public sealed partial class SqlStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<SymbolInfo>> ReadSymbolsAsync(CancellationToken cancellation) =>
        market.ReadSymbolsAsync(cancellation);

    /// <inheritdoc/>
    public Task<SymbolInfo?> ReadSymbolAsync(string code, CancellationToken cancellation) =>
        market.ReadSymbolAsync(code, cancellation);

    /// <inheritdoc/>
    public Task PutSymbolsAsync(IReadOnlyList<SymbolInfo> symbols, CancellationToken cancellation) =>
        market.PutSymbolsAsync(symbols, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SeriesRow>> ReadSeriesAsync(string? symbol, CancellationToken cancellation) =>
        market.ReadSeriesAsync(symbol, cancellation);

    /// <inheritdoc/>
    public Task<Candle[]> ReadCandlesAsync(
        string symbol, CandleInterval interval, long from, long to, int limit, CancellationToken cancellation) =>
        market.ReadCandlesAsync(symbol, interval, from, to, limit, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SignalRow>> ReadSignalsAsync(SignalQuery query, CancellationToken cancellation) =>
        market.ReadSignalsAsync(query, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, long>> CountSignalsAsync(
        string? symbol, CandleInterval? interval, CancellationToken cancellation) => market.CountSignalsAsync(symbol, interval, cancellation);

    /// <inheritdoc/>
    public Task<CommitResult> CommitAsync(SeriesCommit commit, CancellationToken cancellation) =>
        market.CommitAsync(commit, cancellation);
}
