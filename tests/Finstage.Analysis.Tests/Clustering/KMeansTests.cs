using Finstage.Analysis.Clustering;

namespace Finstage.Analysis.Tests.Clustering;

public sealed class KMeansTests
{
    private const int Stride = WindowFeatures.Stride;

    [Fact]
    public void Run_ThreeHeapsFarApart_FindsThem()
    {
        var points = Heaps([0, 30, -30], 50, seed: 1);

        var result = KMeans.Run(points, 3, seed: 5, steps: 100, CancellationToken.None);

        Assert.Equal(3, result.Labels.Distinct().Count());
        Assert.All(result.Labels.Chunk(50), heap => Assert.Single(heap.Distinct()));
        Assert.Equal(result.Inertia, Inertia(points, result), 6);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void Run_AnyCloud_EndsWhereNoPointAndNoCentroidWantsToMove(int clusters)
    {
        var points = Heaps([0, 2, 4, 1], 40, seed: clusters);

        var result = KMeans.Run(points, clusters, seed: 3, steps: 1_000, CancellationToken.None);

        for (var i = 0; i < result.Labels.Length; i++)
        {
            var own = Squared(points, i, result.Centroids, result.Labels[i]);
            Assert.All(Enumerable.Range(0, clusters), c => Assert.True(own <= Squared(points, i, result.Centroids, c)));
        }

        for (var c = 0; c < clusters; c++)
        {
            var members = Enumerable.Range(0, result.Labels.Length).Where(i => result.Labels[i] == c).ToArray();
            Assert.NotEmpty(members);
            Assert.All(Enumerable.Range(0, Stride), d =>
                Assert.Equal(members.Average(i => points[(i * Stride) + d]), result.Centroids[(c * Stride) + d], 9));
        }
    }

    [Fact]
    public void Run_FewerDistinctPointsThanClusters_Ends()
    {
        var points = new double[20 * Stride];
        points.AsSpan(10 * Stride).Fill(1);

        var result = KMeans.Run(points, 5, seed: 1, steps: 50, CancellationToken.None);

        Assert.Equal(0, result.Inertia, 12);
    }

    [Fact]
    public void Score_OfAClustering_IsTheNaiveSilhouette()
    {
        var points = Heaps([0, 3, 6], 60, seed: 2);
        foreach (var clusters in (int[])[2, 3, 5])
        {
            var result = KMeans.Run(points, clusters, 1, 100, CancellationToken.None);

            var score = Silhouette.Measure(points, 2_000, 1, CancellationToken.None).Score(result.Labels, clusters);

            Assert.Equal(NaiveSilhouette(points, result.Labels), score, 5);
        }
    }

    [Fact]
    public void Measure_MoreThanTheSample_TakesSoManyAndTheSameForASeed()
    {
        var points = Heaps([0, 30], 300, seed: 4);
        var result = KMeans.Run(points, 2, 1, 100, CancellationToken.None);

        var scores = ((int[])[7, 7, 8]).Select(seed => Silhouette.Measure(points, 100, seed, CancellationToken.None).Score(result.Labels, 2)).ToArray();

        Assert.Equal(scores[0], scores[1]);
        Assert.NotEqual(scores[0], scores[2]);
        Assert.Equal(NaiveSilhouette(points, result.Labels), scores[0], 1);
    }

    /// <summary>Rousseeuw's definition, word for word.</summary>
    private static double NaiveSilhouette(double[] points, int[] labels)
    {
        var n = labels.Length;
        return Enumerable.Range(0, n).Average(i =>
        {
            double Mean(int cluster) => Enumerable.Range(0, n).Where(j => j != i && labels[j] == cluster)
                .Average(j => Math.Sqrt(Squared(points, i, points, j)));
            if (labels.Count(l => l == labels[i]) == 1)
            {
                return 0;
            }

            var a = Mean(labels[i]);
            var b = labels.Distinct().Where(l => l != labels[i]).Min(Mean);
            return (b - a) / Math.Max(a, b);
        });
    }

    private static double Inertia(double[] points, KMeans.Result result) =>
        Enumerable.Range(0, result.Labels.Length).Sum(i => Squared(points, i, result.Centroids, result.Labels[i]));

    private static double Squared(double[] a, int i, double[] b, int j)
    {
        var sum = 0.0;
        for (var d = 0; d < Stride; d++)
        {
            sum += Math.Pow(a[(i * Stride) + d] - b[(j * Stride) + d], 2);
        }

        return sum;
    }

    private static double[] Heaps(double[] middles, int size, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. from middle in middles
               from point in Enumerable.Range(0, size)
               from number in Enumerable.Range(0, Stride)
               select middle + random.NextDouble() + random.NextDouble() - 1,
        ];
    }
}
