using System.Collections.Concurrent;
using System.Numerics;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// A test in which chance strikes all symbols alike, so that the sums of a group under each stroke of chance are those of its parts
/// added up. Goes series by series, then strategy by strategy; every group takes its parts in a fixed order, so that threads change
/// nothing.
/// </summary>
internal abstract class GroupSums(BacktestTable table, int horizon, LuckOptions options, LuckFigures[] figures)
{
    private readonly ConcurrentBag<Vectors> idle = [];

    protected BacktestTable Table => table;

    protected Horizon Horizon => table.Horizons[horizon];

    protected LuckOptions Options => options;

    /// <summary>How many sums a group has.</summary>
    protected abstract int Width { get; }

    public void Run(ParallelOptions parallel)
    {
        var (series, strategies) = (table.Set.Series.Count, table.Set.Strategies.Count);
        Parallel.For(0, series, parallel, i => WithVectors(v => TestSeries(v, i)));
        var all = new double[strategies][];
        Parallel.For(0, strategies, parallel, k => WithVectors(v => all[k] = TestStrategy(v, k)));
        WithVectors(v =>
        {
            v.Whole.Clear();
            foreach (var one in all)
            {
                Add(one, v.Whole.Sums);
            }

            Conclude(0, 0, v.Whole, v);
        });
    }

    /// <summary>Adds the sums of one strategy on one series.</summary>
    /// <param name="place">The series.</param>
    /// <param name="columns">Its columns at the horizon.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="buys">Takes those of BUY.</param>
    /// <param name="sells">Takes those of SELL.</param>
    protected abstract void Take(int place, ForwardColumns columns, int strategy, Span<double> buys, Span<double> sells);

    /// <summary>What the sums of a group say.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="moments">The group's own.</param>
    /// <param name="figures">Takes it.</param>
    protected abstract void Conclude(ReadOnlySpan<double> sums, in Moments moments, ref LuckFigures figures);

    /// <summary>Adds one vector to another of the same length.</summary>
    protected static void Add(ReadOnlySpan<double> from, Span<double> to)
    {
        var lanes = Vector<double>.Count;
        var i = 0;
        for (; i <= from.Length - lanes; i += lanes)
        {
            (new Vector<double>(from[i..]) + new Vector<double>(to[i..])).CopyTo(to[i..]);
        }

        for (; i < from.Length; i++)
        {
            to[i] += from[i];
        }
    }

    private void WithVectors(Action<Vectors> work)
    {
        var vectors = idle.TryTake(out var taken) ? taken : new Vectors(Width);
        work(vectors);
        idle.Add(vectors);
    }

    private void TestSeries(Vectors v, int place)
    {
        if (table.Set.Series[place].Forward(Horizon) is not { } columns)
        {
            return;
        }

        v.Whole.Clear();
        for (var k = 0; k < table.Set.Strategies.Count; k++)
        {
            v.Part.Clear();
            Take(place, columns, k, v.Part.Buys, v.Part.Sells);
            Add(v.Part.Sums, v.Whole.Sums);
            Conclude(1 + place, 1 + k, v.Part, v);
        }

        Conclude(1 + place, 0, v.Whole, v);
    }

    private double[] TestStrategy(Vectors v, int strategy)
    {
        v.Whole.Clear();
        for (var i = 0; i < table.Set.Series.Count; i++)
        {
            if (table.Set.Series[i].Forward(Horizon) is { } columns)
            {
                Take(i, columns, strategy, v.Whole.Buys, v.Whole.Sells);
            }
        }

        Conclude(0, 1 + strategy, v.Whole, v);
        return [.. v.Whole.Sums];
    }

    private void Conclude(int symbol, int strategy, Sides sides, Vectors v)
    {
        ConcludeOne(GroupIndex.Buy, sides.Buys);
        ConcludeOne(GroupIndex.Sell, sides.Sells);
        sides.Buys.CopyTo(v.Both);
        Add(sides.Sells, v.Both);
        ConcludeOne(GroupIndex.Both, v.Both);

        void ConcludeOne(int direction, ReadOnlySpan<double> sums)
        {
            var at = table.Index[symbol, strategy, horizon, direction];
            ref readonly var moments = ref table.MomentsAt(at);
            if (moments.Count >= options.MinSamples)
            {
                Conclude(sums, moments, ref figures[at]);
            }
        }
    }

    /// <summary>The sums of both directions side by side.</summary>
    private sealed class Sides(int width)
    {
        public double[] Sums { get; } = new double[2 * width];

        public Span<double> Buys => Sums.AsSpan(0, width);

        public Span<double> Sells => Sums.AsSpan(width);

        public void Clear() => Array.Clear(Sums);
    }

    /// <summary>The vectors of one thread.</summary>
    private sealed class Vectors(int width)
    {
        public Sides Part { get; } = new(width);

        public Sides Whole { get; } = new(width);

        public double[] Both { get; } = new double[width];
    }
}
