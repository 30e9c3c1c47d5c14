namespace Finstage.Hosting;

/// <summary>
/// Finds grains by kind and key. Thread-safe; getting a grain costs nothing, it is activated by its first call. A call's caller gets
/// the exception that the grain threw; a <see cref="TimeoutException"/> when there is no answer within the call timeout, the outcome
/// then being unknown; or an <see cref="InvalidOperationException"/> at once, when the call table does not allow the call, too many
/// calls wait for the grain, or the host stops.
/// </summary>
public interface IGrains
{
    /// <summary>A reference to the grain with this key; its calls run one at a time, in the grain's own turns.</summary>
    /// <typeparam name="T">The grain's contract.</typeparam>
    /// <param name="key">The grain's key, 1 to 200 characters.</param>
    /// <exception cref="ArgumentException">The key is empty or too long.</exception>
    /// <exception cref="InvalidOperationException">No registered grain class implements the contract.</exception>
    T Get<T>(string key)
        where T : IKeyedGrain;
}
