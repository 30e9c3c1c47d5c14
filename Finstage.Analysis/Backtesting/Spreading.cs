namespace Finstage.Analysis.Backtesting;

/// <summary>
/// Outcomes of any order put where they begin, BUY and SELL beside one another, so that those that do not overlap can be taken in
/// order. Used over and over; not thread-safe.
/// </summary>
internal sealed class Spreading
{
    private Cell[] cells = [];
    private int length;

    /// <summary>Begins anew.</summary>
    /// <param name="places">How many moments there are.</param>
    public void Clear(int places)
    {
        length = 2 * places;
        if (cells.Length < length)
        {
            cells = new Cell[length];
        }
        else
        {
            Array.Clear(cells, 0, length);
        }
    }

    /// <summary>Adds the outcomes of a strategy on one series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="numbers">The moment of each row; null where it is the row itself.</param>
    public void Add(OutcomeSeries series, ForwardColumns columns, int strategy, int[]? numbers)
    {
        var range = series.Of(strategy);
        var rows = series.Rows[range];
        var directions = series.Directions[range];
        var returns = columns.Returns;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            var r = returns[row];
            if (double.IsNaN(r))
            {
                continue;
            }

            var end = columns.Exit(row);
            if (numbers is not null)
            {
                (row, end) = (numbers[row], numbers[end]);
            }

            // By arithmetic: whether a signal buys or sells cannot be guessed.
            ref var cell = ref cells[(2 * row) + ((1 - directions[i]) >> 1)];
            cell.Sum += directions[i] * r;
            cell.Count++;
            cell.End = Math.Max(cell.End, end);
        }
    }

    /// <summary>Takes those of one side that do not overlap.</summary>
    /// <param name="side">0 for BUY, 1 for SELL.</param>
    /// <param name="chain">Takes them.</param>
    public void Take(int side, Chain chain)
    {
        for (var at = side; at < length;)
        {
            ref readonly var cell = ref cells[at];
            if (cell.Count > 0)
            {
                chain.Add(cell.Sum / cell.Count);
            }

            at = Math.Max(at + 2, (2 * cell.End) + side);
        }
    }

    /// <summary>Takes those of both sides together that do not overlap.</summary>
    public void TakeBoth(Chain chain)
    {
        for (var at = 0; at < length;)
        {
            ref readonly var buy = ref cells[at];
            ref readonly var sell = ref cells[at + 1];
            var count = buy.Count + sell.Count;
            if (count > 0)
            {
                chain.Add((buy.Sum + sell.Sum) / count);
            }

            at = Math.Max(at + 2, 2 * Math.Max(buy.End, sell.End));
        }
    }

    private struct Cell
    {
        public double Sum;
        public int Count;
        public int End;
    }
}
