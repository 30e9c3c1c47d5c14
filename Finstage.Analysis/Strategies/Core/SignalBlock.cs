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

    /// <summary>Adds what a strategy said of a row of the block.</summary>
    public void Add(Word strategy, int row, Direction direction, byte confidence, Word reason, in Figures figures)
    {
        if (count == said.Length)
        {
            Array.Resize(ref said, 2 * count);
        }

        ref var next = ref said[count++];
        next.Strategy = strategy;
        next.Reason = reason;
        next.Row = (short)row;
        next.Direction = (sbyte)direction;
        next.Confidence = confidence;
        next.Figures = figures;
    }

    /// <summary>Appends the signals to a list by candle, then by strategy, and starts anew.</summary>
    /// <param name="inputs">Where the times and closes are.</param>
    /// <param name="firstRow">The block's first row.</param>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="into">The list.</param>
    public void Drain(Inputs inputs, int firstRow, int rows, List<Signal> into)
    {
        if (count == 0)
        {
            return;
        }

        // How many signals each row has, then where the first of each goes.
        var starts = places.AsSpan(0, rows + 1);
        starts.Clear();
        var mine = said.AsSpan(0, count);
        foreach (ref readonly var one in mine)
        {
            starts[one.Row - firstRow + 1]++;
        }

        for (var i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        var before = into.Count;
        CollectionsMarshal.SetCount(into, before + count);
        var target = CollectionsMarshal.AsSpan(into)[before..];
        var close = inputs.Close;
        foreach (ref readonly var one in mine)
        {
            target[starts[one.Row - firstRow]++] = new Signal(
                one.Strategy, inputs.TimeAt(one.Row), (Direction)one.Direction, one.Confidence, close[one.Row], one.Reason, one.Figures);
        }

        count = 0;
    }

    private struct Said
    {
        public Word Strategy;
        public Word Reason;
        public short Row;
        public sbyte Direction;
        public byte Confidence;
        public Figures Figures;
    }
}
