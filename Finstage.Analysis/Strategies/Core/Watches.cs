using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Finstage.Analysis.Strategies;

/// <summary>
/// Everything the rules of an engine watch, as one table of pairs of series: each distinct pair is compared once for all rules, four
/// rows at a time in a block, four pairs at a time for one candle. Not thread-safe.
/// </summary>
internal sealed class Watches(Series one)
{
    /// <summary>So many strategies can be told apart in a word; the others are asked about every candle.</summary>
    public const int StrategiesMax = 64;

    private const int WordBits = 64;
    private const int Together = 4;

    /// <summary>Twice the tolerance of <see cref="Compare"/>, over a sum that is at least its maximum: on the safe side.</summary>
    private const double Margin = 2e-9;

    private Pair[] pairs = [];
    private double[] factors = [];
    private Word[] words = [];
    private int count;
    private ulong watching;

    /// <summary>A series that is 1 everywhere: what levels are multiples of.</summary>
    public Series One => one;

    /// <summary>Whether a strategy watches something.</summary>
    public bool Has(int strategy) => strategy < StrategiesMax && (watching & (1UL << strategy)) != 0;

    /// <summary>Adds a pair, or one more strategy that wants to know of a pair.</summary>
    public void Add(int strategy, WatchKind kind, Series a, Series b, double factor)
    {
        if (strategy >= StrategiesMax)
        {
            return;
        }

        var bit = 1UL << strategy;
        watching |= bit;
        var place = Array.FindIndex(pairs, 0, count, p => p.Is(kind, a, b, factor));
        if (place < 0)
        {
            place = count++;
            MakeRoom();
            (pairs[place], factors[place]) = (new Pair(kind, a, b, factor), factor);
            words[place / WordBits].Add(place % WordBits, kind);
        }

        pairs[place].Strategies |= bit;
    }

    /// <summary>Takes the next candle, at a row, and returns the strategies that must be asked about it, a bit each.</summary>
    public ulong Next(int row)
    {
        var due = 0UL;
        for (var first = 0; first < count; first += WordBits)
        {
            var (above, below) = (0UL, 0UL);
            var some = pairs.AsSpan(first, Math.Min(WordBits, pairs.Length - first));
            ref var pair = ref MemoryMarshal.GetReference(some);
            ref var factor = ref factors[first];
            for (var i = 0; i < some.Length; i += Together)
            {
                // Number by number: what was only just written cannot be read again as a part of something wider without a wait.
                var a = Vector256.Create(pair.A.Known(row), At(ref pair, 1).A.Known(row), At(ref pair, 2).A.Known(row), At(ref pair, 3).A.Known(row));
                var b = Vector256.Create(pair.B.Known(row), At(ref pair, 1).B.Known(row), At(ref pair, 2).B.Known(row), At(ref pair, 3).B.Known(row));
                var (isAbove, isBelow) = Sides(a, b * Vector256.LoadUnsafe(ref factor, (nuint)i));
                above |= (ulong)isAbove << i;
                below |= (ulong)isBelow << i;
                pair = ref At(ref pair, Together);
            }

            for (var left = words[first / WordBits].Next(above, below); left != 0; left &= left - 1)
            {
                due |= some[BitOperations.TrailingZeroCount(left)].Strategies;
            }
        }

        return due;
    }

    /// <summary>Takes the next candles and marks, for each strategy that watches something, the rows about which it must be asked.</summary>
    /// <param name="firstRow">The block's first row.</param>
    /// <param name="rows">How many rows it has, at least one.</param>
    /// <param name="marks">Takes the marks.</param>
    public void Mark(int firstRow, int rows, RowMarks marks)
    {
        marks.Clear();
        for (var i = 0; i < count; i++)
        {
            ref readonly var pair = ref pairs[i];
            ref var word = ref words[i / WordBits];
            for (var done = 0; done < rows; done += WordBits)
            {
                var some = Math.Min(WordBits, rows - done);
                var (above, below) = Compare(pair, firstRow + done, some);
                var (wasAbove, wasBelow) = word.Of(i % WordBits);
                var quiet = pair.Kind switch
                {
                    WatchKind.Crosses => (above & ((above << 1) | wasAbove)) | (below & ((below << 1) | wasBelow)),
                    WatchKind.AtLeast => below,
                    _ => above,
                };
                word.Set(i % WordBits, above >> (some - 1) & 1, below >> (some - 1) & 1);
                for (var left = pair.Strategies; left != 0; left &= left - 1)
                {
                    marks.Add(BitOperations.TrailingZeroCount(left), done, ~quiet);
                }
            }
        }
    }

    /// <summary>Forgets every candle.</summary>
    public void Reset()
    {
        foreach (ref var word in words.AsSpan())
        {
            word.Reset();
        }
    }

    // There are always Together of them together.
    private static ref Pair At(ref Pair pair, int next) => ref Unsafe.Add(ref pair, next);

    // On which of at most 64 rows one series is clearly above and clearly below the other.
    private static (ulong Above, ulong Below) Compare(in Pair pair, int firstRow, int rows)
    {
        ReadOnlySpan<double> first = pair.A.From(firstRow, rows);
        ReadOnlySpan<double> second = pair.B.From(firstRow, rows);
        var factor = Vector256.Create(pair.Factor);
        var (above, below) = (0UL, 0UL);
        var i = 0;
        for (; i + Together <= rows; i += Together)
        {
            var (isAbove, isBelow) = Sides(Vector256.Create(first[i..]), factor * Vector256.Create(second[i..]));
            above |= (ulong)isAbove << i;
            below |= (ulong)isBelow << i;
        }

        for (; i < rows; i++)
        {
            var (isAbove, isBelow) = Sides(Vector256.Create(first[i]), factor * Vector256.Create(second[i]));
            above |= (ulong)(isAbove & 1) << i;
            below |= (ulong)(isBelow & 1) << i;
        }

        return (above, below);
    }

    private static (uint Above, uint Below) Sides(Vector256<double> a, Vector256<double> b)
    {
        var apart = a - b;
        var margin = Margin * (Vector256<double>.One + Vector256.Abs(a) + Vector256.Abs(b));
        return (
            Vector256.GreaterThan(apart, margin).ExtractMostSignificantBits(),
            Vector256.LessThan(apart, -margin).ExtractMostSignificantBits());
    }

    private void MakeRoom()
    {
        if (count <= pairs.Length)
        {
            return;
        }

        // What is left over compares a series with itself, for nobody.
        Array.Resize(ref pairs, pairs.Length + Together);
        Array.Resize(ref factors, pairs.Length);
        Array.Resize(ref words, ((pairs.Length - 1) / WordBits) + 1);
        pairs.AsSpan(count - 1).Fill(new Pair(WatchKind.Crosses, one, one, 1));
    }

    /// <summary>Two series that are compared, and who wants to know.</summary>
    private struct Pair(WatchKind kind, Series a, Series b, double factor)
    {
        public readonly Series A = a;
        public readonly Series B = b;
        public readonly double Factor = factor;
        public readonly WatchKind Kind = kind;
        public ulong Strategies;

        public readonly bool Is(WatchKind otherKind, Series otherA, Series otherB, double otherFactor) =>
            Kind == otherKind && A == otherA && B == otherB && Factor == otherFactor;
    }

    /// <summary>How 64 pairs stood on the newest candle, and what is watched for in each.</summary>
    private struct Word
    {
        private ulong crosses;
        private ulong atLeast;
        private ulong atMost;

        public ulong Above { get; private set; }

        public ulong Below { get; private set; }

        public void Add(int place, WatchKind kind)
        {
            var bit = 1UL << place;
            crosses |= kind == WatchKind.Crosses ? bit : 0;
            atLeast |= kind == WatchKind.AtLeast ? bit : 0;
            atMost |= kind == WatchKind.AtMost ? bit : 0;
        }

        /// <summary>Takes where the pairs stand now, and returns those in which what is watched for may have happened.</summary>
        public ulong Next(ulong above, ulong below)
        {
            var stayed = (above & Above) | (below & Below);
            (Above, Below) = (above, below);
            return (crosses & ~stayed) | (atLeast & ~below) | (atMost & ~above);
        }

        /// <summary>How one pair stood on the newest candle.</summary>
        public readonly (ulong Above, ulong Below) Of(int place) => (Above >> place & 1, Below >> place & 1);

        public void Set(int place, ulong isAbove, ulong isBelow)
        {
            var others = ~(1UL << place);
            Above = (Above & others) | (isAbove << place);
            Below = (Below & others) | (isBelow << place);
        }

        public void Reset() => (Above, Below) = (0, 0);
    }
}
