using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Finstage.Hosting.Cluster;

/// <summary>
/// The grains' state in the program's own <see cref="IGrainStateStore"/>, which outlives the silo and, in a cluster of several, is shared.
/// The text that was read or written last is the state's tag: of two activations that write, the second finds out and is put away.
/// </summary>
internal sealed class StateStorage(IGrainStateStore store) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, Orleans.Runtime.GrainId grainId, IGrainState<T> grainState)
    {
        var json = await store.ReadAsync(Kind(grainId), Key(grainId), stateName, CancellationToken.None);
        grainState.RecordExists = json is not null;
        grainState.ETag = json;
        grainState.State = json is null ? Activator.CreateInstance<T>() : JsonSerializer.Deserialize<T>(json)!;
    }

    public async Task WriteStateAsync<T>(string stateName, Orleans.Runtime.GrainId grainId, IGrainState<T> grainState)
    {
        var json = JsonSerializer.Serialize(grainState.State);
        if (!await store.ReplaceAsync(Kind(grainId), Key(grainId), stateName, json, grainState.ETag, CancellationToken.None))
        {
            throw new InconsistentStateException($"The state {stateName} of {grainId} was written by another activation.");
        }

        grainState.RecordExists = true;
        grainState.ETag = json;
    }

    // The seam never clears a state; what is asked for here is what a new one holds.
    public Task ClearStateAsync<T>(string stateName, Orleans.Runtime.GrainId grainId, IGrainState<T> grainState)
    {
        grainState.State = Activator.CreateInstance<T>();
        return WriteStateAsync(stateName, grainId, grainState);
    }

    // The cluster's name of a grain's type is the kind in small letters; the store knows it as the embedded host writes it.
    private static string Kind(Orleans.Runtime.GrainId grainId) =>
        grainId.Type.ToString() is { Length: > 0 } type ? char.ToUpperInvariant(type[0]) + type[1..] : string.Empty;

    private static string Key(Orleans.Runtime.GrainId grainId) => grainId.Key.ToString()!;
}
