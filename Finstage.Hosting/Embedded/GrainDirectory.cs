using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Finstage.Hosting.Embedded;

/// <summary>Every kind of grain and every live one. Thread-safe.</summary>
internal sealed class GrainDirectory : IGrains
{
    private readonly FrozenDictionary<Type, GrainContract> byContract;
    private readonly FrozenDictionary<string, GrainContract> byKind;
    private readonly ConcurrentDictionary<GrainId, Mailbox> mailboxes = new();

    public GrainDirectory(GrainRuntime runtime, IReadOnlyList<GrainContract> contracts)
    {
        Runtime = runtime;
        byContract = contracts.ToFrozenDictionary(c => c.Contract);
        byKind = contracts.ToFrozenDictionary(c => c.Kind, StringComparer.Ordinal);
        runtime.Metrics.Observe(() => mailboxes.Select(m => (m.Key.Kind, m.Value.Length)));
    }

    public GrainRuntime Runtime { get; }

    public T Get<T>(string key)
        where T : IKeyedGrain
    {
        GrainId.Check(key, nameof(key));
        return byContract.TryGetValue(typeof(T), out var contract)
            ? (T)GrainProxy.Create(this, contract, new GrainId(contract.Kind, key))
            : throw new InvalidOperationException($"No registered grain class implements {typeof(T)}.");
    }

    /// <summary>Calls a grain on behalf of the code that runs now.</summary>
    public Task<T> CallAsync<T>(GrainContract contract, GrainId id, Func<KeyedGrain, Task<T>> body)
    {
        var chain = CallContext.Chain;
        CallChain.Check(Runtime.Table, chain ?? [], id.Kind);
        return PostAsync(contract, id, chain, body, Runtime.Options.CallTimeout);
    }

    /// <summary>Delivers a reminder, however long it takes.</summary>
    public Task RemindAsync(ReminderBook.Beat beat)
    {
        if (!byKind.TryGetValue(beat.Id.Kind, out var contract))
        {
            throw new InvalidOperationException($"No registered grain class is of kind {beat.Id.Kind}.");
        }

        return PostAsync<object?>(contract, beat.Id, [], async grain =>
        {
            if (!beat.IsChanged)
            {
                await grain.RunRemindAsync(beat.Row.Name);
            }

            return null;
        }, timeout: null);
    }

    /// <summary>Forgets a mailbox that has retired.</summary>
    public void Remove(Mailbox mailbox) => mailboxes.TryRemove(KeyValuePair.Create(mailbox.Id, mailbox));

    /// <summary>Deactivates grains that have been idle for long.</summary>
    public void EndIdle() => EndAll(onlyIdle: true);

    /// <summary>Refuses outside calls, waits for everything under way and deactivates every grain, or gives up when cancelled.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        await Runtime.Lifetime.DrainAsync();
        try
        {
            await Runtime.Lifetime.IdleAsync(cancellation);

            // A grain's last turn may call another and so wake it again; the call table is not circular, so this ends.
            while (!mailboxes.IsEmpty)
            {
                EndAll(onlyIdle: false);
                await Runtime.Lifetime.IdleAsync(cancellation);
            }

            HostLog.Drained(Runtime.Log);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            HostLog.DrainCutShort(Runtime.Log, Runtime.Lifetime.Pending, mailboxes.Count);
        }
        finally
        {
            await Runtime.Lifetime.StopAsync();
        }
    }

    private void EndAll(bool onlyIdle)
    {
        foreach (var (_, mailbox) in mailboxes)
        {
            mailbox.End(onlyIdle);
        }
    }

    private Task<T> PostAsync<T>(
        GrainContract contract, GrainId id, string[]? chain, Func<KeyedGrain, Task<T>> body, TimeSpan? timeout)
    {
        Runtime.Lifetime.Enter(fromOutside: chain is null);
        var call = new Call<T>(Runtime, id, CallChain.Add(chain ?? [], id), body, timeout);
        try
        {
            while (true)
            {
                var mailbox = mailboxes.GetOrAdd(
                    id, static (id, at) => new Mailbox(at.Directory, at.Contract, id), (Directory: this, Contract: contract));
                if (mailbox.TryPost(call))
                {
                    return call.Answer;
                }

                Remove(mailbox);
            }
        }
        catch
        {
            call.Dispose();
            Runtime.Lifetime.Exit();
            throw;
        }
    }
}
