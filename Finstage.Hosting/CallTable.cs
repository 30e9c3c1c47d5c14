namespace Finstage.Hosting;

/// <summary>
/// Which kinds of grains may call which. It is never circular, so that no two grains can wait for each other. A kind is a contract's
/// name without its <c>I</c> and <c>Grain</c>: <c>ISymbolGrain</c> is <c>Symbol</c>. What is not allowed is refused. Build it on one
/// thread; once a host was registered with it, it is fixed and thread-safe.
/// </summary>
public sealed class CallTable
{
    private readonly Dictionary<string, List<string>> allowed = new(StringComparer.Ordinal);
    private bool frozen;

    /// <summary>Lets grains of one kind call grains of others. Repeating what is allowed already changes nothing.</summary>
    /// <param name="caller">The calling kind.</param>
    /// <param name="callees">The kinds that it may call; none says that it calls nobody.</param>
    /// <returns>The same table.</returns>
    /// <exception cref="ArgumentException">A kind's name is empty.</exception>
    /// <exception cref="InvalidOperationException">The table would be circular, or a host was registered with it already.</exception>
    public CallTable Allow(string caller, params string[] callees)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(caller);
        ArgumentNullException.ThrowIfNull(callees);
        if (frozen)
        {
            throw new InvalidOperationException("The call table is in use by a host and cannot change any more.");
        }

        foreach (var callee in callees)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(callee, nameof(callees));
            if (FindPath(callee, caller) is { } path)
            {
                throw new InvalidOperationException(
                    $"{caller} may not be allowed to call {callee}: the table would be circular ({caller} > {string.Join(" > ", path)}).");
            }

            Add(caller, callee);
        }

        return this;
    }

    /// <summary>Whether grains of one kind may call grains of the other.</summary>
    /// <param name="caller">The calling kind.</param>
    /// <param name="callee">The called kind.</param>
    public bool MayCall(string caller, string callee) => allowed.TryGetValue(caller, out var callees) && callees.Contains(callee);

    /// <summary>Fixes the table.</summary>
    internal void Freeze() => frozen = true;

    private void Add(string caller, string callee)
    {
        if (!allowed.TryGetValue(caller, out var callees))
        {
            allowed.Add(caller, callees = []);
        }

        if (!callees.Contains(callee))
        {
            callees.Add(callee);
        }
    }

    // The table has no circles while this runs, so that the search ends; it is as deep as the longest chain.
    private List<string>? FindPath(string from, string to)
    {
        if (from == to)
        {
            return [from];
        }

        foreach (var next in allowed.GetValueOrDefault(from, []))
        {
            if (FindPath(next, to) is { } path)
            {
                path.Insert(0, from);
                return path;
            }
        }

        return null;
    }
}
