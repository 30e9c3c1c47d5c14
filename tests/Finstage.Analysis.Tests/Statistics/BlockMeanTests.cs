using Finstage.Analysis.Statistics;

namespace Finstage.Analysis.Tests.Statistics;

public sealed class BlockMeanTests
{
    [Fact]
    public void Of_ThreeBlocks_IsTheHandWorkedJackknife()
    {
        // Six observations: {1, 2, 3}, {4}, {5, 9}; mean 4. Means without a block: 18/3 = 6, 20/5 = 4, 10/4 = 2.5; their mean 25/6.
        var mean = BlockMean.Of([3, 1, 2], [6, 4, 14], 6);

        var variance = 2 / 3.0 * (Square(6 - (12.5 / 3)) + Square(4 - (12.5 / 3)) + Square(2.5 - (12.5 / 3)));
        Assert.Equal((6, 6, 3, 4.0), (mean.Count, mean.Dates, mean.Blocks, mean.Mean));
        Assert.Equal(Math.Sqrt(variance), mean.StandardError, 12);
    }

    [Fact]
    public void Of_OneObservationPerBlock_IsTheUsualStandardErrorAndTest()
    {
        // With a block for each observation the jackknife is the textbook's σ/√n, ddof 1.
        double[] values = [0.3, -0.1, 0.5, 0.2, 0.4, -0.3, 0.1, 0.6, 0.25, 0.05];
        var mean = BlockMean.Of([.. values.Select(_ => 1)], values, 10);

        var deviation = Math.Sqrt(values.Sum(v => Square(v - 0.2)) / 9);
        Assert.Equal(0.2, mean.Mean, 12);
        Assert.Equal(deviation / Math.Sqrt(10), mean.StandardError, 12);
        var (low, high) = mean.Interval(0.95);
        Assert.Equal(0.2 - (2.262157 * mean.StandardError), low, 6);
        Assert.Equal(0.2 + (2.262157 * mean.StandardError), high, 6);
        Assert.Equal(0.05, BlockMean.Of([.. values.Select(_ => 1)], [.. values.Select(v => v - low)], 10).PValue, 6);
    }

    [Fact]
    public void Of_TooFewBlocksOrOutcomesAllAlike_TestsNothing()
    {
        Assert.Equal(double.NaN, BlockMean.Of([5, 5, 5, 5, 5, 5, 5], [1, 2, 1, 3, 1, 2, 1], 35).PValue);
        Assert.Equal(double.NaN, BlockMean.Of([.. Enumerable.Repeat(3, 20)], [.. Enumerable.Repeat(0.3, 20)], 60).PValue);
        Assert.Equal(BlockMean.None, BlockMean.Of([0, 0], [0, 0], 0));
    }

    [Fact]
    public void Add_AnyOrder_GivesTheSameMean()
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 500).Select(i => (Date: random.Next(100, 900), Value: random.NextDouble() - 0.4)).ToArray();
        var blocks = new DateBlocks(100, 900, 28);
        foreach (var (date, value) in rows)
        {
            blocks.Add(date, value);
        }

        blocks.Add(400, double.NaN);
        var whole = blocks.Mean();
        blocks.Clear();
        foreach (var (date, value) in rows.OrderBy(r => r.Value))
        {
            blocks.Add(date, value);
        }

        Assert.Equal(500, whole.Count);
        Assert.Equal(rows.Select(r => r.Date).Distinct().Count(), whole.Dates);
        Assert.Equal(rows.Average(r => r.Value), whole.Mean, 12);
        Assert.Equal(whole.StandardError, blocks.Mean().StandardError, 12);
    }

    [Fact]
    public void Add_OutcomesThatMoveTogether_CountAsFewPieces()
    {
        // Ten symbols that do the same on each date are worth no more than one.
        var random = new Random(7);
        var (one, ten) = (new DateBlocks(0, 5_000, 28), new DateBlocks(0, 5_000, 28));
        for (var date = 0; date < 5_000; date += 30)
        {
            var value = random.NextDouble() - 0.45;
            one.Add(date, value);
            for (var symbol = 0; symbol < 10; symbol++)
            {
                ten.Add(date, value);
            }
        }

        Assert.Equal(10 * one.Mean().Count, ten.Mean().Count);
        Assert.Equal(one.Mean().PValue, ten.Mean().PValue, 12);
    }

    [Fact]
    public void PValue_OfNoiseInBlocks_IsAsOftenSmallAsItSays()
    {
        // Observations that share their block's shock: naive tests would find far too many.
        var random = new Random(11);
        var small = 0;
        for (var trial = 0; trial < 1_000; trial++)
        {
            var blocks = new DateBlocks(0, 28 * 40, 28);
            for (var block = 0; block < 40; block++)
            {
                var shock = Normal(random);
                var count = 1 + random.Next(6);
                for (var i = 0; i < count; i++)
                {
                    blocks.Add((28 * block) + i, shock + (0.3 * Normal(random)));
                }
            }

            small += blocks.Mean().PValue <= 0.05 ? 1 : 0;
        }

        // 50 are expected; 4 deviations of 6.9 to either side.
        Assert.InRange(small, 23, 77);
    }

    [Fact]
    public void QValues_OfBenjaminiAndHochbergsOwnExample_AreTheirs()
    {
        // Fifteen p-values of the paper of 1995, section 3.2: at 5 % four are rejected.
        double[] p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0];

        var q = FalseDiscovery.QValues(p);
        double[] withGaps = [double.NaN, .. p.Reverse(), double.NaN];
        var again = FalseDiscovery.QValues(withGaps);

        Assert.Equal(4, q.Count(x => x <= 0.05));
        Assert.Equal(0.0095 * 15 / 4, q[3], 12);
        Assert.Equal(q, again[1..^1].Reverse());
        Assert.Equal(double.NaN, again[0]);
    }

    private static double Square(double x) => x * x;

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
