using System.Runtime.InteropServices;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Strategies;

/// <summary>
/// Collects the signals of one block of candles, which come strategy by strategy, and hands them on candle by candle. Each strategy's
/// signals come in order, so they are dealt out by row instead of sorted.
/// </summary>
internal sealed class SignalBlock
{
    private readonly int[] places = new int[Inputs.Block + 1];
    private Said[] said = new Said[Inputs.Block];
    private int count;

    /// <summary>Makes room for what a strategy says of a row of the block; the caller writes it there.</summary>
    public ref Signal Add(int row)
    {
        if (count == said.Length)
        {
            Array.Resize(ref said, 2 * count);
        }

        ref var next = ref said[count++];
        next.Row = row;
        return ref next.Signal;
    }

    /// <summary>Appends the signals to a list by candle, then by strategy, and starts anew.</summary>
    /// <param name="rows">How many rows the block has.</param>
    /// <param name="into">The list.</param>
    public void Drain(int rows, List<Signal> into)
    {
        if (count == 0)
        {
            return;
        }

        var before = into.Count;
        CollectionsMarshal.SetCount(into, before + count);
        var target = CollectionsMarshal.AsSpan(into)[before..];
        var mine = said.AsSpan(0, count);
        count = 0;
        if (rows == 1)
        {
            for (var i = 0; i < mine.Length; i++)
            {
                target[i] = mine[i].Signal;
            }

            return;
        }

        // How many signals each row has, then where the first of each goes.
        var starts = places.AsSpan(0, rows + 1);
        starts.Clear();
        foreach (ref readonly var one in mine)
        {
            starts[one.Row + 1]++;
        }

        for (var i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        foreach (ref readonly var one in mine)
        {
            target[starts[one.Row]++] = one.Signal;
        }
    }

    private struct Said
    {
        public int Row;
        public Signal Signal;
    }
}
