using System.Text.Json;

namespace Finstage.Hosting.Embedded;

/// <summary>A state that is read when its grain is activated.</summary>
internal interface IStoredState
{
    string Name { get; }

    Task ReadAsync(CancellationToken cancellation);
}

/// <summary>A state kept as JSON.</summary>
internal sealed class DurableState<T>(GrainRuntime runtime, GrainId id, string name) : IDurableState<T>, IStoredState
    where T : class, new()
{
    private T value = new();

    public string Name => name;

    public T Value
    {
        get => value;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            this.value = value;
        }
    }

    public bool Exists { get; private set; }

    public async Task ReadAsync(CancellationToken cancellation)
    {
        if (await runtime.States.ReadAsync(id.Kind, id.Key, name, cancellation) is not { } json)
        {
            return;
        }

        try
        {
            value = JsonSerializer.Deserialize<T>(json) ?? new T();
            Exists = true;
        }
        catch (JsonException error)
        {
            throw new InvalidOperationException($"The stored state {name} of {id} cannot be read as {typeof(T)}.", error);
        }
    }

    public async Task WriteAsync()
    {
        await runtime.States.WriteAsync(id.Kind, id.Key, name, JsonSerializer.Serialize(value), runtime.Lifetime.Stopped);
        Exists = true;
    }
}
