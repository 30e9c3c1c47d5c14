using Finstage.Analysis.PriceAlerts;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Tests.Hosts;

/// <summary>A store of prices whose next commit can be made to fail, before or after it took effect.</summary>
internal sealed class FaultyPriceStore(IPriceStore inner) : IPriceStore
{
    /// <summary>Fails the next commit before anything is written.</summary>
    public bool FailNextCommit { get; set; }

    /// <summary>Fails the next commit after it was written, as when the answer is lost.</summary>
    public bool LoseNextAnswer { get; set; }

    public Task<PriceMemory> ReadAsync(string symbol, CancellationToken cancellation) => inner.ReadAsync(symbol, cancellation);

    public async Task<PriceCommitResult> CommitAsync(PriceCommit commit, CancellationToken cancellation)
    {
        if (FailNextCommit)
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

    public Task PutHighsAsync(string symbol, PriceHighs highs, CancellationToken cancellation) => inner.PutHighsAsync(symbol, highs, cancellation);

    public Task PutThresholdsAsync(string symbol, PriceThresholdOverride? own, CancellationToken cancellation) =>
        inner.PutThresholdsAsync(symbol, own, cancellation);

    public Task<IReadOnlyList<PriceAlertRow>> ReadAlertsAsync(string? symbol, int limit, CancellationToken cancellation) =>
        inner.ReadAlertsAsync(symbol, limit, cancellation);
}
