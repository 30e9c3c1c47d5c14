using System.Buffers;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// Random entries by a common circular shift of dates: all signals of all symbols are moved by the same random number of sessions, and
/// what leaves a series at its end comes in at its beginning. Signals keep their number, their distances, their directions and how they
/// fall together on one day; what they lose is that they know anything. The p-value is the share of such draws that did at least as well,
/// one more counted on either side (Davison and Hinkley 1997, 4.3).
/// </summary>
internal sealed class RandomEntryTest : GroupSums
{
    private readonly int[] shifts;
    private readonly Ring[] rings;

    public RandomEntryTest(BacktestTable table, int horizon, LuckOptions options, LuckFigures[] figures)
        : base(table, horizon, options, figures)
    {
        rings = [.. table.Set.Series.Select(s => s.Forward(Horizon) is { } columns ? new Ring(s, columns) : new Ring())];
        var longest = Math.Max(2, rings.Length == 0 ? 0 : rings.Max(r => r.Sessions));
        var random = new Random(unchecked((options.Seed * 397) + (int)Horizon));
        shifts = [.. Enumerable.Range(0, options.Draws).Select(_ => random.Next(1, longest))];
    }

    // For each draw the sum of returns, then for each the number of outcomes.
    protected override int Width => 2 * shifts.Length;

    protected override void Take(int place, ForwardColumns columns, int strategy, Span<double> buys, Span<double> sells)
    {
        var (series, ring) = (Table.Set.Series[place], rings[place]);
        var range = series.Of(strategy);
        if (range.Start.Equals(range.End) || ring.Sessions == 0)
        {
            return;
        }

        var sums = ArrayPool<double>.Shared.Rent(4 * ring.Sessions);
        var turns = sums.AsSpan(0, 4 * ring.Sessions);
        turns.Clear();
        var buySums = turns[..ring.Sessions];
        var sellSums = turns.Slice(ring.Sessions, ring.Sessions);
        var buyCounts = turns.Slice(2 * ring.Sessions, ring.Sessions);
        var sellCounts = turns[(3 * ring.Sessions)..];
        var rows = series.Rows[range];
        var directions = series.Directions[range];
        var (buyCount, sellCount) = (0, 0);
        for (var i = 0; i < rows.Length; i++)
        {
            if (double.IsNaN(columns.Returns[rows[i]]))
            {
                continue;
            }

            var isBuy = directions[i] > 0;
            Add(ring.Returns(rows[i]), isBuy ? buySums : sellSums);
            if (ring.HasGaps)
            {
                Add(ring.Known(rows[i]), isBuy ? buyCounts : sellCounts);
            }

            (buyCount, sellCount) = (buyCount + (isBuy ? 1 : 0), sellCount + (isBuy ? 0 : 1));
        }

        for (var draw = 0; draw < shifts.Length; draw++)
        {
            var turn = shifts[draw] % ring.Sessions;
            buys[draw] += buySums[turn];
            sells[draw] -= sellSums[turn];
            buys[shifts.Length + draw] += ring.HasGaps ? buyCounts[turn] : buyCount;
            sells[shifts.Length + draw] += ring.HasGaps ? sellCounts[turn] : sellCount;
        }

        ArrayPool<double>.Shared.Return(sums);
    }

    protected override void Conclude(ReadOnlySpan<double> sums, in Moments moments, ref LuckFigures figures)
    {
        // Rounding must not make a draw worse that is the group itself.
        var observed = moments.Sum / moments.Count;
        var least = observed - (1e-9 * Math.Abs(observed));
        var atLeast = 0;
        for (var draw = 0; draw < shifts.Length; draw++)
        {
            var count = sums[shifts.Length + draw];
            atLeast += count > 0 && sums[draw] >= least * count ? 1 : 0;
        }

        figures = figures with { RandomEntryP = (1.0 + atLeast) / (1 + shifts.Length) };
    }

    /// <summary>
    /// The returns of one series by place within the session and by session, written twice after one another so that every turn of the
    /// ring is one stretch.
    /// </summary>
    private readonly struct Ring
    {
        private readonly double[] returns;
        private readonly double[] known;
        private readonly int[] sessionOf;
        private readonly int[] placeOf;

        public Ring(OutcomeSeries series, ForwardColumns columns)
        {
            (sessionOf, placeOf) = (new int[columns.Count], new int[columns.Count]);
            var (session, place, places, date, last) = (-1, 0, 1, int.MinValue, -1);
            for (var row = 0; row < columns.Count; row++)
            {
                var own = series.Context.DateOf(series.Times[row]);
                (session, place) = own == date ? (session, place + 1) : (session + 1, 0);
                date = own;
                (sessionOf[row], placeOf[row]) = (session, place);
                places = Math.Max(places, place + 1);
                last = columns.Exit(row) >= 0 ? session : last;
            }

            // What has no outcome yet is no part of the ring.
            Sessions = last + 1;
            (returns, known) = (new double[places * 2 * Sessions], new double[places * 2 * Sessions]);
            for (var row = 0; row < columns.Count && sessionOf[row] <= last; row++)
            {
                var r = columns.Returns[row];
                if (!double.IsNaN(r))
                {
                    var at = (placeOf[row] * 2 * Sessions) + sessionOf[row];
                    returns[at] = returns[at + Sessions] = r;
                    known[at] = known[at + Sessions] = 1;
                }
            }

            HasGaps = known.AsSpan().Contains(0);
        }

        /// <summary>The sessions of the ring.</summary>
        public int Sessions { get; }

        /// <summary>Whether some places of some sessions have no outcome.</summary>
        public bool HasGaps { get; }

        /// <summary>What a signal at a row would have returned after each turn.</summary>
        public ReadOnlySpan<double> Returns(int row) => returns.AsSpan((placeOf[row] * 2 * Sessions) + sessionOf[row], Sessions);

        /// <summary>1 where it has an outcome after that turn, else 0.</summary>
        public ReadOnlySpan<double> Known(int row) => known.AsSpan((placeOf[row] * 2 * Sessions) + sessionOf[row], Sessions);
    }
}
