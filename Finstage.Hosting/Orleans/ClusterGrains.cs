using Orleans;

namespace Finstage.Hosting.Cluster;

/// <summary>The cluster's own grain factory under the seam's name.</summary>
internal sealed class ClusterGrains(IGrainFactory factory) : IGrains
{
    public T Get<T>(string key)
        where T : IKeyedGrain
    {
        GrainId.Check(key, nameof(key));
        return factory.GetGrain<T>(key);
    }
}
