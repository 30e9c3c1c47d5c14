using System.Security.Cryptography;
using Finstage.Adapters.Storage;

namespace Finstage.Silo.Access;

/// <summary>
/// Finds the key that a secret belongs to, in a copy of the stored keys that is ten seconds old at most, unless the store cannot be
/// read. So a guess costs no question to the store, and a key that another silo revoked works ten seconds longer. Thread-safe.
/// </summary>
internal sealed partial class KeyRing(ApiKeyStore store, TimeProvider clock, ILogger<KeyRing> log) : IDisposable
{
    /// <summary>How old the copy may be.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(10);

    // To the minute is exact enough for people, and spares a write for each request.
    private static readonly TimeSpan TouchAfter = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile Copy? copy;

    /// <summary>The working key that a secret belongs to; null when it belongs to none.</summary>
    public async Task<ApiKey?> FindAsync(string secret, CancellationToken cancellation)
    {
        var hash = ApiKeyStore.HashOf(secret);
        var keys = (await FreshAsync(cancellation)).Keys;
        ApiKey? found = null;
        foreach (var key in keys)
        {
            // All of them, each in constant time: how long it takes says nothing of what is stored.
            found = CryptographicOperations.FixedTimeEquals(key.Hash, hash) ? key : found;
        }

        if (found is not null)
        {
            await TouchAsync(found, cancellation);
        }

        return found;
    }

    /// <summary>Reads the keys anew for the next question.</summary>
    public void Forget() => copy = null;

    public void Dispose() => reading.Dispose();

    private async Task<Copy> FreshAsync(CancellationToken cancellation)
    {
        if (copy is { } fresh && IsFresh(fresh))
        {
            return fresh;
        }

        await reading.WaitAsync(cancellation);
        try
        {
            var known = copy;
            if (known is not null && IsFresh(known))
            {
                return known;
            }

            var read = clock.GetTimestamp();
            try
            {
                copy = known = new Copy([.. (await store.ReadAsync(cancellation)).Where(k => k.Revoked is null)], read);
            }
            catch (StoreException fault) when (known is not null)
            {
                LogOldKeys(log, fault);
                copy = known = known with { Read = read };
            }

            return known;
        }
        finally
        {
            reading.Release();
        }
    }

    private bool IsFresh(Copy known) => clock.GetElapsedTime(known.Read) < Age;

    private async Task TouchAsync(ApiKey key, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (key.LastUsed is { } last && now - last < TouchAfter && now >= last)
        {
            return;
        }

        // Noted in the copy first, so that those who ask at the same time do not all write.
        if (copy is { } known)
        {
            copy = known with { Keys = [.. known.Keys.Select(k => k.Id == key.Id ? k with { LastUsed = now } : k)] };
        }

        try
        {
            await store.TouchAsync(key.Id, now, cancellation);
        }
        catch (StoreException fault)
        {
            LogUntouched(log, key.Id, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The API keys could not be read again; those read before count on.")]
    private static partial void LogOldKeys(ILogger log, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "That API key {Id} was used could not be noted.")]
    private static partial void LogUntouched(ILogger log, long id, Exception fault);

    private sealed record Copy(IReadOnlyList<ApiKey> Keys, long Read);
}
