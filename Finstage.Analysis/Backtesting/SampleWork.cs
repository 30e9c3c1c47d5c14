namespace Finstage.Analysis.Backtesting;

/// <summary>What the outcomes of a group that do not overlap show, for each direction.</summary>
internal readonly record struct Chains(ChainFigures Both, ChainFigures Buy, ChainFigures Sell);

/// <summary>The arrays in which one thread gathers the outcomes of one group after another. Not thread-safe.</summary>
internal sealed class SampleWork
{
    private readonly Side buys = new();
    private readonly Side sells = new();
    private readonly Chain chain = new();

    /// <summary>How many outcomes are gathered.</summary>
    public int Count => buys.Count + sells.Count;

    /// <summary>The returns of BUY signals.</summary>
    public Span<double> Buys => buys.Returns.AsSpan(0, buys.Count);

    /// <summary>The returns of SELL signals, with their sign.</summary>
    public Span<double> Sells => sells.Returns.AsSpan(0, sells.Count);

    /// <summary>Begins anew.</summary>
    public void Clear() => (buys.Count, sells.Count) = (0, 0);

    /// <summary>The returns of both.</summary>
    public Span<double> Joined()
    {
        buys.Reserve(sells.Count);
        Sells.CopyTo(buys.Returns.AsSpan(buys.Count));
        return buys.Returns.AsSpan(0, Count);
    }

    /// <summary>Takes the outcomes of a strategy on one series, with the moves on the way.</summary>
    public void Gather(OutcomeSeries series, ForwardColumns columns, int strategy)
    {
        Clear();
        var range = series.Of(strategy);
        var rows = series.Rows[range];
        var directions = series.Directions[range];
        buys.Reserve(rows.Length + 1);
        sells.Reserve(rows.Length + 1);
        var returns = columns.Returns;
        var rises = columns.Rises;
        var falls = columns.Falls;
        var (buy, sell) = (0, 0);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            var r = returns[row];

            // Written to both sides and counted on one: no branch that could be guessed wrong.
            buys.Returns[buy] = r;
            buys.Adverse[buy] = falls[row];
            buys.Favourable[buy] = rises[row];
            buys.Rows[buy] = row;
            sells.Returns[sell] = -r;
            sells.Adverse[sell] = -rises[row];
            sells.Favourable[sell] = -falls[row];
            sells.Rows[sell] = row;
            var known = double.IsNaN(r) ? 0 : 1;
            var isBuy = directions[i] > 0 ? known : 0;
            buy += isBuy;
            sell += known - isBuy;
        }

        (buys.Count, sells.Count) = (buy, sell);
    }

    /// <summary>Adds returns that were gathered before.</summary>
    public void Add(ReadOnlySpan<double> buyReturns, ReadOnlySpan<double> sellReturns)
    {
        buys.Add(buyReturns);
        sells.Add(sellReturns);
    }

    /// <summary>The sums of what was gathered.</summary>
    public (Moments Buy, Moments Sell) MomentsOf(ForwardColumns columns) => (
        Moments.Of(Buys, buys.Adverse.AsSpan(0, buys.Count), buys.Favourable.AsSpan(0, buys.Count), columns),
        Moments.Of(Sells, sells.Adverse.AsSpan(0, sells.Count), sells.Favourable.AsSpan(0, sells.Count), columns));

    /// <summary>The outcomes that do not overlap of what was gathered from one strategy on one series.</summary>
    public Chains ChainsInOrder(ForwardColumns columns)
    {
        chain.Clear();
        TakeBoth(columns);
        var both = chain.Figures();
        return new Chains(both, TakeOne(buys, columns), TakeOne(sells, columns));
    }

    /// <summary>For outcomes in any order.</summary>
    public Spreading Spread { get; } = new();

    /// <summary>The outcomes that do not overlap of what was spread.</summary>
    public Chains ChainsOfSpread()
    {
        chain.Clear();
        Spread.TakeBoth(chain);
        var both = chain.Figures();
        chain.Clear();
        Spread.Take(0, chain);
        var buy = chain.Figures();
        chain.Clear();
        Spread.Take(1, chain);
        return new Chains(both, buy, chain.Figures());
    }

    private ChainFigures TakeOne(Side side, ForwardColumns columns)
    {
        chain.Clear();
        var free = int.MinValue;
        for (var i = 0; i < side.Count; i++)
        {
            var row = side.Rows[i];
            if (row >= free)
            {
                chain.Add(side.Returns[i]);
                free = columns.Exit(row);
            }
        }

        return chain.Figures();
    }

    // The two sides merged by time.
    private void TakeBoth(ForwardColumns columns)
    {
        var (buy, sell, free) = (0, 0, int.MinValue);
        while (buy < buys.Count || sell < sells.Count)
        {
            var buyRow = buy < buys.Count ? buys.Rows[buy] : int.MaxValue;
            var sellRow = sell < sells.Count ? sells.Rows[sell] : int.MaxValue;
            var row = Math.Min(buyRow, sellRow);
            if (row >= free)
            {
                chain.Add(
                    buyRow == sellRow ? (buys.Returns[buy] + sells.Returns[sell]) / 2
                    : buyRow < sellRow ? buys.Returns[buy]
                    : sells.Returns[sell]);
                free = columns.Exit(row);
            }

            buy += buyRow == row ? 1 : 0;
            sell += sellRow == row ? 1 : 0;
        }
    }

    /// <summary>The outcomes of one direction.</summary>
    private sealed class Side
    {
        public double[] Returns { get; private set; } = new double[512];

        public double[] Adverse { get; private set; } = new double[512];

        public double[] Favourable { get; private set; } = new double[512];

        public int[] Rows { get; private set; } = new int[512];

        public int Count { get; set; }

        public void Reserve(int more)
        {
            if (Count + more > Returns.Length)
            {
                // Only returns are ever added to what is there.
                var size = 2 * (Count + more);
                var grown = new double[size];
                Returns.AsSpan(0, Count).CopyTo(grown);
                (Returns, Adverse, Favourable, Rows) = (grown, new double[size], new double[size], new int[size]);
            }
        }

        public void Add(ReadOnlySpan<double> returns)
        {
            Reserve(returns.Length);
            returns.CopyTo(Returns.AsSpan(Count));
            Count += returns.Length;
        }
    }
}
