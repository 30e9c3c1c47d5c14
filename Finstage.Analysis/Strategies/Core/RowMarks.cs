using System.Numerics;

namespace Finstage.Analysis.Strategies;

/// <summary>Which rows of a block are marked, for each of several strategies.</summary>
internal readonly struct RowMarks(int strategies)
{
    /// <summary>How many words the marks of one strategy take.</summary>
    private const int Words = Inputs.Block / 64;

    private readonly ulong[] words = new ulong[strategies * Words];

    /// <summary>Adds marks of one strategy for 64 rows, the first being <paramref name="row"/>, a multiple of 64.</summary>
    public void Add(int strategy, int row, ulong marks) => words[(strategy * Words) + (row / 64)] |= marks;

    /// <summary>The first marked row of a strategy at or after one; <paramref name="rows"/> when there is none before that.</summary>
    public int Next(int strategy, int row, int rows)
    {
        var marks = words.AsSpan(strategy * Words, Words);
        for (; row < rows; row = (row | 63) + 1)
        {
            var left = marks[row >> 6] >> (row & 63);
            if (left != 0)
            {
                return Math.Min(rows, row + BitOperations.TrailingZeroCount(left));
            }
        }

        return rows;
    }

    public void Clear() => Array.Clear(words);
}
