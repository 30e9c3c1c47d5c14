namespace Finstage.Hosting;

/// <summary>Finds grains by kind and key. Thread-safe; getting a grain costs nothing, it is activated by its first call.</summary>
public interface IGrains
{
    /// <summary>A reference to the grain with this key; its calls run one at a time, in the grain's own turns.</summary>
    /// <typeparam name="T">The grain's contract.</typeparam>
    /// <param name="key">The grain's key, 1 to 200 characters.</param>
    T Get<T>(string key)
        where T : IKeyedGrain;
}
