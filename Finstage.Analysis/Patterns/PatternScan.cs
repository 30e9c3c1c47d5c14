using Finstage.Analysis.Signals;
using Finstage.Analysis.Statistics;

namespace Finstage.Analysis.Patterns;

/// <summary>A pattern as numbers: the types of its steps, −1 where it has fewer than three.</summary>
internal readonly record struct PatternId(short First, short Middle, short Last) : IComparable<PatternId>
{
    public int CompareTo(PatternId other) => (Last, Middle, First).CompareTo((other.Last, other.Middle, other.First));
}

/// <summary>One test: the pattern, the horizon, and how likely its outcome is by chance.</summary>
internal readonly record struct PatternTest(PatternId Id, byte Horizon, double PValue);

/// <summary>
/// Every sequence that ends with one type of event. An occurrence is a last step; before it, within the limit, stand the others in
/// order, each on a candle of its own, the middle one as late and the first one as early as possible. The sums lie in one place for each first
/// step, so memory does not grow with the number of sequences. Not thread-safe.
/// </summary>
internal sealed class PatternScan
{
    private readonly PatternEvents events;
    private readonly PatternOptions options;
    private readonly int horizons;
    private readonly int[] blocks;
    private readonly Tally[] tallies;
    private readonly List<int> touched = [];

    public PatternScan(PatternEvents events, PatternOptions options)
    {
        this.events = events;
        this.options = options;
        horizons = events.Horizons.Count;
        blocks = [.. events.BlockDays.Select(days => DateBlocks.IndexOf(events.LastDate, days) - DateBlocks.IndexOf(events.FirstDate, days) + 1)];
        tallies = [.. Enumerable.Range(0, events.Types.Length).Select(_ => new Tally(blocks))];
    }

    /// <summary>Takes the tests of all sequences of a kind that end with a type, and returns how many sequences there are.</summary>
    public int Run(PatternKind kind, short last, List<PatternTest> tests, CancellationToken cancellation)
    {
        var places = events.Places[last];
        if (kind == PatternKind.Candlestick)
        {
            foreach (var place in places)
            {
                Add(0, place, last);
            }

            return Drain(_ => new PatternId(-1, -1, last), tests);
        }

        var before = new PatternPrefixes(events, last, options.Limit);
        if (kind == PatternKind.Pair)
        {
            for (var i = 0; i < places.Length; i++)
            {
                foreach (ref readonly var seen in before.Of(i))
                {
                    Add(seen.Type, places[i], last);
                }
            }

            return Drain(first => new PatternId((short)first, -1, last), tests);
        }

        var sequences = 0;
        for (short middle = 0; middle < events.Types.Length; middle++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < places.Length; i++)
            {
                if (before.Find(i, middle) is { Latest: var latest and > 0 })
                {
                    foreach (ref readonly var first in before.Of(i))
                    {
                        if (first.Farthest > latest)
                        {
                            Add(first.Type, places[i], last);
                        }
                    }
                }
            }

            var between = middle;
            sequences += Drain(first => new PatternId((short)first, between, last), tests);
        }

        return sequences;
    }

    private void Add(int tally, (int Series, int Index) place, short last)
    {
        var row = events.Columns[place.Series].Rows[place.Index];
        var date = events.Dates[place.Series][row];
        var own = tallies[tally];
        if (own.Occurrences++ == 0)
        {
            touched.Add(tally);
        }

        for (var h = 0; h < horizons; h++)
        {
            var excess = events.Outcome(h, place.Series, row, events.Types[last].Direction).Excess;
            if (!double.IsNaN(excess))
            {
                var days = events.BlockDays[h];
                own.Add(h, DateBlocks.IndexOf(date, days) - DateBlocks.IndexOf(events.FirstDate, days), date, excess);
            }
        }
    }

    private int Drain(Func<int, PatternId> id, List<PatternTest> tests)
    {
        touched.Sort();
        foreach (var index in touched)
        {
            for (var h = 0; h < horizons; h++)
            {
                var mean = tallies[index].Mean(h, options.MinSupport);
                if (!double.IsNaN(mean.PValue))
                {
                    tests.Add(new PatternTest(id(index), (byte)h, mean.PValue));
                }
            }

            tallies[index].Clear();
        }

        var count = touched.Count;
        touched.Clear();
        return count;
    }

    /// <summary>Sums of one sequence by horizon and block.</summary>
    private sealed class Tally(int[] blocks)
    {
        private readonly int[][] counts = [.. blocks.Select(n => new int[n])];
        private readonly double[][] sums = [.. blocks.Select(n => new double[n])];
        private readonly int[] dates = new int[blocks.Length];
        private readonly int[] lastDate = [.. blocks.Select(_ => int.MinValue)];
        private readonly int[] from = [.. blocks.Select(n => n)];
        private readonly int[] to = new int[blocks.Length];

        public int Occurrences { get; set; }

        // They come in order of date, so that a new date is one that differs from the last.
        public void Add(int horizon, int block, int date, double value)
        {
            counts[horizon][block]++;
            sums[horizon][block] += value;
            dates[horizon] += date == lastDate[horizon] ? 0 : 1;
            lastDate[horizon] = date;
            from[horizon] = Math.Min(from[horizon], block);
            to[horizon] = block + 1;
        }

        public BlockMean Mean(int horizon, int minSupport)
        {
            var (first, length) = (from[horizon], to[horizon] - from[horizon]);
            return dates[horizon] < minSupport
                ? BlockMean.None
                : BlockMean.Of(counts[horizon].AsSpan(first, length), sums[horizon].AsSpan(first, length), dates[horizon]);
        }

        public void Clear()
        {
            for (var h = 0; h < blocks.Length; h++)
            {
                if (to[h] > from[h])
                {
                    Array.Clear(counts[h], from[h], to[h] - from[h]);
                    Array.Clear(sums[h], from[h], to[h] - from[h]);
                }

                (dates[h], lastDate[h], from[h], to[h]) = (0, int.MinValue, blocks[h], 0);
            }

            Occurrences = 0;
        }
    }
}
