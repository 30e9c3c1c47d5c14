using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Clustering;

/// <summary>One cluster: windows that look alike.</summary>
/// <param name="Number">Its number, 1 for the one with the most windows.</param>
/// <param name="Size">The fitted windows in it.</param>
/// <param name="Centroid">The mean of their features on the model's scale.</param>
/// <param name="TypicalDistance">The mean distance of its windows to the centroid.</param>
/// <param name="FarDistance">The distance that one in twenty of its windows exceeds: what lies farther is like none of the clusters.</param>
public sealed record Cluster(int Number, int Size, IReadOnlyList<double> Centroid, double TypicalDistance, double FarDistance)
{
    /// <summary>What the shape looks like.</summary>
    public ClusterShape Shape => ClusterShapes.Of(Centroid);

    /// <summary>How much its windows move, in deviations around the mean of all fitted windows.</summary>
    public double Volatility => Centroid[WindowFeatures.Volatility] / FeatureScale.Weight;
}

/// <summary>Where a window belongs.</summary>
/// <param name="Cluster">The nearest cluster's number.</param>
/// <param name="Distance">The distance to its centroid.</param>
/// <param name="IsFar">Whether it lies farther away than nineteen in twenty of the cluster's own windows.</param>
public readonly record struct ClusterPlace(int Cluster, double Distance, bool IsFar);

/// <summary>What was fitted, and on what. Immutable and thread-safe.</summary>
/// <param name="Until">The last date that the fit knew anything of, days since 1970-01-01.</param>
/// <param name="Windows">The windows it was fitted on.</param>
/// <param name="Scale">The scale of the side features.</param>
/// <param name="Clusters">The clusters, by number.</param>
/// <param name="Silhouettes">The mean silhouette of each number of clusters that was tried; the highest was taken.</param>
public sealed record ClusterModel(
    int Until, int Windows, FeatureScale Scale, IReadOnlyList<Cluster> Clusters, IReadOnlyDictionary<int, double> Silhouettes)
{
    private readonly double[] centroids = [.. Clusters.SelectMany(c => c.Centroid)];

    /// <summary>Finds the cluster of a window.</summary>
    /// <param name="window">20 candles.</param>
    /// <returns>Its place; null where nothing moves in it.</returns>
    public ClusterPlace? Place(ReadOnlySpan<Candle> window)
    {
        Span<double> features = stackalloc double[WindowFeatures.Stride];
        if (!WindowFeatures.TryTake(window, features))
        {
            return null;
        }

        Scale.Apply(features);
        var (index, squared) = Points.Nearest(features, centroids);
        var distance = Math.Sqrt(squared);
        return new ClusterPlace(Clusters[index].Number, distance, distance > Clusters[index].FarDistance);
    }
}
