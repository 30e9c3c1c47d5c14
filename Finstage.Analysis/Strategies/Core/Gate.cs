using System.Numerics;
using System.Runtime.Intrinsics;

namespace Finstage.Analysis.Strategies;

/// <summary>
/// Which rows of a block a rule must look at. Rules that fire on crossings let whole vectors of rows pass on which two series stay
/// apart; the rule itself judges the others, so a gate may let too many rows through, never too few.
/// </summary>
public ref struct Gate
{
    /// <summary>Twice the tolerance of <see cref="Compare"/>, over a sum that is at least its maximum: on the safe side.</summary>
    private const double Margin = 2e-9;

    private readonly Span<ulong> rows;
    private readonly int firstRow;
    private readonly int count;

    internal Gate(Span<ulong> rows, int firstRow, int count)
    {
        this.rows = rows;
        this.firstRow = firstRow;
        this.count = count;
        rows.Clear();
    }

    /// <summary>Lets rows through on which a series may cross a multiple of another, either way.</summary>
    public readonly void Crossings(in Series a, in Series b, double factor = 1) =>
        Crossings(a.From(firstRow - 1, count + 1), b.From(firstRow - 1, count + 1), factor);

    /// <summary>Lets rows through on which a series may cross a level, either way.</summary>
    public readonly void Crossings(in Series a, double level) => Crossings(a.From(firstRow - 1, count + 1), default, level);

    /// <summary>Lets rows through on which a series is below one level or above another, or has no value.</summary>
    public readonly void Outside(in Series a, double low, double high)
    {
        var values = a.From(firstRow, count);
        var (lows, highs) = (Vector256.Create(low), Vector256.Create(high));
        var i = 0;
        for (; i + Vector256<double>.Count <= count; i += Vector256<double>.Count)
        {
            var value = Vector256.Create(values[i..]);
            var isInside = Vector256.GreaterThanOrEqual(value, lows) & Vector256.LessThanOrEqual(value, highs);
            Let(i, ~isInside.ExtractMostSignificantBits());
        }

        LetRest(i);
    }

    /// <summary>The next row at or after one that was let through; the block's end when there is none.</summary>
    internal readonly int Next(int row)
    {
        for (var i = row - firstRow; i < count; i = (i | 63) + 1)
        {
            var left = rows[i >> 6] >> (i & 63);
            if (left != 0)
            {
                return firstRow + i + BitOperations.TrailingZeroCount(left);
            }
        }

        return firstRow + count;
    }

    // Both spans start one row before the block. The factor belongs to b; without b it is the level.
    private readonly void Crossings(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double factor)
    {
        var levels = Vector256.Create(factor);
        var i = 0;
        for (; i + Vector256<double>.Count <= count; i += Vector256<double>.Count)
        {
            var aBefore = Vector256.Create(a[i..]);
            var bBefore = b.IsEmpty ? levels : levels * Vector256.Create(b[i..]);
            var before = aBefore - bBefore;
            var now = Vector256.Create(a[(i + 1)..]) - (b.IsEmpty ? levels : levels * Vector256.Create(b[(i + 1)..]));
            var margin = Margin * (Vector256<double>.One + Vector256.Abs(aBefore) + Vector256.Abs(bBefore));
            var staysAbove = Vector256.GreaterThan(before, margin) & Vector256.GreaterThan(now, Vector256<double>.Zero);
            var staysBelow = Vector256.LessThan(before, -margin) & Vector256.LessThan(now, Vector256<double>.Zero);
            Let(i, ~(staysAbove | staysBelow).ExtractMostSignificantBits());
        }

        LetRest(i);
    }

    // Four rows never straddle two words.
    private readonly void Let(int i, uint four) => rows[i >> 6] |= (ulong)(four & 0xF) << (i & 63);

    private readonly void LetRest(int i)
    {
        for (; i < count; i++)
        {
            rows[i >> 6] |= 1UL << (i & 63);
        }
    }
}
