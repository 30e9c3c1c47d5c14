using System.Collections.Concurrent;
using Finstage.Analysis.Statistics;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// Makes a <see cref="BacktestTable"/>: series by series first, then strategy by strategy over all series. Each piece of work writes
/// to places of its own and takes its numbers in a fixed order, so that threads change nothing.
/// </summary>
internal sealed class TableMaker
{
    private readonly OutcomeSet set;
    private readonly Horizon[] horizons;
    private readonly GroupIndex index;
    private readonly Moments[] moments;
    private readonly double[] medians;
    private readonly ChainFigures[] chains;
    private readonly Leaves[] leaves;
    private readonly ConcurrentBag<SampleWork> idle = [];
    private readonly Lazy<(TimeAxis Axis, int[][] Numbers)> times;

    public TableMaker(OutcomeSet set)
    {
        this.set = set;
        horizons = [.. Horizons.All.Where(h => set.Series.Any(s => s.Forward(h) is not null))];
        index = new GroupIndex(set.Series.Count, set.Strategies.Count, horizons.Length);
        moments = new Moments[index.Count];
        medians = new double[index.Count];
        chains = new ChainFigures[index.Count];
        leaves = new Leaves[set.Series.Count * horizons.Length];
        times = new Lazy<(TimeAxis, int[][])>(() =>
        {
            var own = set.Series.Select(s => s.Moments).ToArray();
            var axis = new TimeAxis(own, TimeAxis.UnitOf(set.Interval));
            return (axis, [.. own.Select(axis.Of)]);
        });
    }

    public BacktestTable Make(ParallelOptions parallel)
    {
        Parallel.For(0, set.Series.Count, parallel, WithWork(MeasureSeries));

        // All strategies together first: it is the longest piece.
        Parallel.For(0, (set.Strategies.Count + 1) * horizons.Length, parallel, WithWork((work, piece) =>
            MeasureStrategy(work, piece / horizons.Length, piece % horizons.Length)));
        return new BacktestTable(set, horizons, index, moments, medians, chains);
    }

    private Action<int> WithWork(Action<SampleWork, int> measure) => piece =>
    {
        var work = idle.TryTake(out var taken) ? taken : new SampleWork();
        measure(work, piece);
        idle.Add(work);
    };

    /// <summary>The groups of one symbol: each strategy, and all together.</summary>
    private void MeasureSeries(SampleWork work, int place)
    {
        var series = set.Series[place];
        for (var h = 0; h < horizons.Length; h++)
        {
            if (series.Forward(horizons[h]) is not { } columns)
            {
                continue;
            }

            ref var own = ref leaves[(place * horizons.Length) + h];
            own = new Leaves(series.Rows.Length, set.Strategies.Count);
            for (var k = 0; k < set.Strategies.Count; k++)
            {
                work.Gather(series, columns, k);
                own.Put(k, work.Buys, work.Sells);
                if (work.Count > 0)
                {
                    Put(1 + place, 1 + k, h, work.MomentsOf(columns), work.ChainsInOrder(columns), work);
                }
            }

            work.Clear();
            work.Spread.Clear(columns.Count);
            for (var k = 0; k < set.Strategies.Count; k++)
            {
                Add(work, place, k, h, columns, null);
                Join(1 + place, 0, h, 1 + place, 1 + k);
            }

            PutJoined(1 + place, 0, h, work);
        }
    }

    /// <summary>The groups of one strategy over all symbols, or of all strategies.</summary>
    private void MeasureStrategy(SampleWork work, int strategy, int h)
    {
        var (axis, numbers) = times.Value;
        work.Clear();
        work.Spread.Clear(axis.Count);
        for (var i = 0; i < set.Series.Count; i++)
        {
            if (set.Series[i].Forward(horizons[h]) is { } columns)
            {
                var (first, end) = strategy == 0 ? (0, set.Strategies.Count) : (strategy - 1, strategy);
                for (var k = first; k < end; k++)
                {
                    Add(work, i, k, h, columns, numbers[i]);
                }

                Join(0, strategy, h, 1 + i, strategy);
            }
        }

        PutJoined(0, strategy, h, work);
    }

    private void Add(SampleWork work, int place, int strategy, int h, ForwardColumns columns, int[]? numbers)
    {
        ref readonly var own = ref leaves[(place * horizons.Length) + h];
        work.Add(own.Buys(strategy), own.Sells(strategy));
        work.Spread.Add(set.Series[place], columns, strategy, numbers);
    }

    private void Join(int symbol, int strategy, int h, int fromSymbol, int fromStrategy)
    {
        for (var d = 0; d < GroupIndex.Directions; d++)
        {
            ref var all = ref moments[index[symbol, strategy, h, d]];
            all = Moments.Join(all, moments[index[fromSymbol, fromStrategy, h, d]]);
        }
    }

    private void Put(int symbol, int strategy, int h, (Moments Buy, Moments Sell) sums, Chains found, SampleWork work)
    {
        moments[index[symbol, strategy, h, GroupIndex.Buy]] = sums.Buy;
        moments[index[symbol, strategy, h, GroupIndex.Sell]] = sums.Sell;
        moments[index[symbol, strategy, h, GroupIndex.Both]] = Moments.Join(sums.Buy, sums.Sell);
        Describe(symbol, strategy, h, found, work);
    }

    private void PutJoined(int symbol, int strategy, int h, SampleWork work)
    {
        if (work.Count > 0)
        {
            Describe(symbol, strategy, h, work.ChainsOfSpread(), work);
        }
    }

    private void Describe(int symbol, int strategy, int h, Chains found, SampleWork work)
    {
        // Both together last: it takes the place of the two.
        DescribeOne(GroupIndex.Buy, work.Buys, found.Buy);
        DescribeOne(GroupIndex.Sell, work.Sells, found.Sell);
        DescribeOne(GroupIndex.Both, work.Joined(), found.Both);

        void DescribeOne(int direction, Span<double> returns, in ChainFigures chain)
        {
            var at = index[symbol, strategy, h, direction];
            medians[at] = Selection.Median(returns);
            chains[at] = chain;
        }
    }

    /// <summary>The returns of one series at one horizon: strategy by strategy, BUY before SELL.</summary>
    private readonly struct Leaves(int count, int strategies)
    {
        private readonly double[] returns = new double[count];
        private readonly int[] starts = new int[(2 * strategies) + 1];

        public void Put(int strategy, ReadOnlySpan<double> buys, ReadOnlySpan<double> sells)
        {
            var at = 2 * strategy;
            starts[at + 1] = starts[at] + buys.Length;
            starts[at + 2] = starts[at + 1] + sells.Length;
            buys.CopyTo(returns.AsSpan(starts[at]));
            sells.CopyTo(returns.AsSpan(starts[at + 1]));
        }

        public ReadOnlySpan<double> Buys(int strategy) => returns.AsSpan(starts[2 * strategy]..starts[(2 * strategy) + 1]);

        public ReadOnlySpan<double> Sells(int strategy) => returns.AsSpan(starts[(2 * strategy) + 1]..starts[(2 * strategy) + 2]);
    }
}
