using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Tests.Hosts;

/// <summary>A store whose next commit or read of candles can be made to fail, before or after it took effect.</summary>
internal sealed class FaultyMarketStore(IMarketStore inner) : IMarketStore
{
    private int commits;

    /// <summary>Fails the next commit before anything is written.</summary>
    public bool FailNextCommit { get; set; }

    /// <summary>Fails the commit with this number, counted from 1, before anything is written.</summary>
    public int FailCommit { get; set; }

    /// <summary>What every commit fails with from now on, before anything is written; null for nothing.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Fails the next commit after it was written, as when the answer is lost.</summary>
    public bool LoseNextAnswer { get; set; }

    /// <summary>Fails the next read of candles.</summary>
    public bool FailNextRead { get; set; }

    /// <summary>The commits that were asked for.</summary>
    public int Commits => Volatile.Read(ref commits);

    public Task<SymbolInfo?> ReadSymbolAsync(string code, CancellationToken cancellation) => inner.ReadSymbolAsync(code, cancellation);

    public Task<IReadOnlyList<SymbolInfo>> ReadSymbolsAsync(CancellationToken cancellation) => inner.ReadSymbolsAsync(cancellation);

    public Task PutSymbolsAsync(IReadOnlyList<SymbolInfo> symbols, CancellationToken cancellation) =>
        inner.PutSymbolsAsync(symbols, cancellation);

    public Task<IReadOnlyList<SeriesRow>> ReadSeriesAsync(string? symbol, CancellationToken cancellation) =>
        inner.ReadSeriesAsync(symbol, cancellation);

    public Task<Candle[]> ReadCandlesAsync(
        string symbol, CandleInterval interval, long from, long to, int limit, CancellationToken cancellation)
    {
        if (FailNextRead)
        {
            FailNextRead = false;
            throw new IOException("planted: the read failed");
        }

        return inner.ReadCandlesAsync(symbol, interval, from, to, limit, cancellation);
    }

    public Task<IReadOnlyList<SignalRow>> ReadSignalsAsync(SignalQuery query, CancellationToken cancellation) =>
        inner.ReadSignalsAsync(query, cancellation);

    public Task<IReadOnlyDictionary<string, long>> CountSignalsAsync(
        string? symbol, CandleInterval? interval, CancellationToken cancellation) => inner.CountSignalsAsync(symbol, interval, cancellation);

    public async Task<CommitResult> CommitAsync(SeriesCommit commit, CancellationToken cancellation)
    {
        var number = Interlocked.Increment(ref commits);
        if (Failure is { } failure)
        {
            throw failure;
        }

        if (FailNextCommit || number == FailCommit)
        {
            FailNextCommit = false;
            throw new IOException("planted: the disk is full");
        }

        var result = await inner.CommitAsync(commit, cancellation);
        if (LoseNextAnswer)
        {
            LoseNextAnswer = false;
            throw new IOException("planted: the answer was lost");
        }

        return result;
    }
}
