using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Finstage.Analysis.Strategies;

/// <summary>
/// Everything the rules of an engine watch, as one table of pairs of series: each distinct pair is compared once for all rules, four
/// pairs at a time, without a branch. Not thread-safe.
/// </summary>
internal sealed class Watches
{
    /// <summary>So many strategies can be told apart in a word; the others are asked about every candle.</summary>
    public const int StrategiesMax = 64;

    private const int WordBits = 64;
    private const int Together = 4;

    /// <summary>Twice the tolerance of <see cref="Compare"/>, over a sum that is at least its maximum: on the safe side.</summary>
    private const double Margin = 2e-9;

    private readonly List<Pair> pairs = [];

    // For each pair: who wants to know, and where its two numbers lie from a row's start.
    private readonly List<ulong> strategies = [];
    private int[] placesA = [];
    private int[] placesB = [];
    private double[] factors = [];
    private Sides[] sides = [];
    private ulong watching;

    /// <summary>Whether a strategy watches something.</summary>
    public bool Has(int strategy) => strategy < StrategiesMax && (watching & (1UL << strategy)) != 0;

    /// <summary>Adds a pair, or one more strategy that wants to know of a pair.</summary>
    public void Add(int strategy, in Pair pair)
    {
        if (strategy >= StrategiesMax)
        {
            return;
        }

        var place = pairs.IndexOf(pair);
        if (place < 0)
        {
            place = pairs.Count;
            pairs.Add(pair);
            strategies.Add(0);
        }

        strategies[place] |= 1UL << strategy;
        watching |= 1UL << strategy;
    }

    /// <summary>Says how wide rows are, once every rule is there.</summary>
    public void Begin(int width)
    {
        // What fills up the last four compares a 1 with a 1, for nobody.
        var count = (pairs.Count + Together - 1) / Together * Together;
        (placesA, placesB, factors) = (new int[count], new int[count], new double[count]);
        placesA.AsSpan().Fill(Row.OneSlot);
        placesB.AsSpan().Fill(Row.OneSlot);
        sides = new Sides[(count + WordBits - 1) / WordBits];
        for (var i = 0; i < pairs.Count; i++)
        {
            var pair = pairs[i];
            (placesA[i], placesB[i]) = (pair.A.Slot - (pair.AgoA * width), pair.B.Slot - (pair.AgoB * width));
            factors[i] = pair.Factor;
            sides[i / WordBits].Add(i % WordBits, pair.Kind);
        }
    }

    /// <summary>Takes the next candle and returns the strategies that must be asked about it, a bit each.</summary>
    public ulong Next(Row row)
    {
        ref var start = ref row.From(0)[0];
        var due = 0UL;
        for (var first = 0; first < factors.Length; first += WordBits)
        {
            var (above, below) = (0UL, 0UL);
            var some = Math.Min(WordBits, factors.Length - first);
            ref var placeA = ref placesA[first];
            ref var placeB = ref placesB[first];
            ref var factor = ref factors[first];
            for (var i = 0; i < some; i += Together)
            {
                var a = Four(ref start, ref Unsafe.Add(ref placeA, i));
                var b = Four(ref start, ref Unsafe.Add(ref placeB, i)) * Vector256.LoadUnsafe(ref factor, (nuint)i);
                var apart = a - b;
                var margin = Margin * (Vector256<double>.One + Vector256.Abs(a) + Vector256.Abs(b));
                above |= (ulong)Vector256.GreaterThan(apart, margin).ExtractMostSignificantBits() << i;
                below |= (ulong)Vector256.LessThan(apart, -margin).ExtractMostSignificantBits() << i;
            }

            for (var left = sides[first / WordBits].Next(above, below); left != 0; left &= left - 1)
            {
                due |= strategies[first + BitOperations.TrailingZeroCount(left)];
            }
        }

        return due;
    }

    /// <summary>Forgets every candle.</summary>
    public void Reset()
    {
        foreach (ref var word in sides.AsSpan())
        {
            word.Reset();
        }
    }

    // Number by number: what was only just written cannot be read again as a part of something wider without a wait.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Four(ref double start, ref int places) => Vector256.Create(
        Unsafe.Add(ref start, places),
        Unsafe.Add(ref start, Unsafe.Add(ref places, 1)),
        Unsafe.Add(ref start, Unsafe.Add(ref places, 2)),
        Unsafe.Add(ref start, Unsafe.Add(ref places, 3)));

    /// <summary>How 64 pairs stood on the newest candle, a bit each, and what is watched for in each.</summary>
    private struct Sides
    {
        private ulong rises;
        private ulong falls;
        private ulong atLeast;
        private ulong atMost;
        private ulong wasAbove;
        private ulong wasBelow;

        public void Add(int place, WatchKind kind)
        {
            var bit = 1UL << place;
            rises |= kind is WatchKind.Crosses or WatchKind.Rises ? bit : 0;
            falls |= kind is WatchKind.Crosses or WatchKind.Falls ? bit : 0;
            atLeast |= kind == WatchKind.AtLeast ? bit : 0;
            atMost |= kind == WatchKind.AtMost ? bit : 0;
        }

        /// <summary>Takes where the pairs stand now, and returns those in which what is watched for may have happened.</summary>
        public ulong Next(ulong above, ulong below)
        {
            var rose = rises & ~below & ~(above & wasAbove);
            var fell = falls & ~above & ~(below & wasBelow);
            (wasAbove, wasBelow) = (above, below);
            return rose | fell | (atLeast & ~below) | (atMost & ~above);
        }

        public void Reset() => (wasAbove, wasBelow) = (0, 0);
    }
}
