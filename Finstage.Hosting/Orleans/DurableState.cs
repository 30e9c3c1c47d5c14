using Orleans.Runtime;

namespace Finstage.Hosting.Cluster;

/// <summary>The cluster's own state under the seam's name.</summary>
internal sealed class DurableState<T>(IPersistentState<T> state) : IDurableState<T>
    where T : class, new()
{
    public T Value
    {
        get => state.State;
        set => state.State = value;
    }

    public bool Exists => state.RecordExists;

    public Task WriteAsync() => state.WriteStateAsync();
}
