namespace Finstage.Hosting;

/// <summary>A small piece of a grain's state that outlives it. Read before the grain's first call; not thread-safe outside a turn.</summary>
/// <typeparam name="T">A type with a public parameterless constructor that serializes as JSON.</typeparam>
public interface IDurableState<T>
    where T : class, new()
{
    /// <summary>The value: what was last written, or a new one.</summary>
    T Value { get; set; }

    /// <summary>Whether it was ever written.</summary>
    bool Exists { get; }

    /// <summary>Writes the value.</summary>
    Task WriteAsync();
}
