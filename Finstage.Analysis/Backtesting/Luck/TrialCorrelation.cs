namespace Finstage.Analysis.Backtesting;

/// <summary>Where a trial stands in its table.</summary>
/// <param name="Symbol">0 for all symbols, else 1 + the series' place.</param>
/// <param name="Strategy">The strategy's place.</param>
/// <param name="Horizon">The horizon's place.</param>
internal readonly record struct Trial(int Symbol, int Strategy, int Horizon);

/// <summary>How alike trials are. Pure and thread-safe.</summary>
internal static class TrialCorrelation
{
    /// <summary>
    /// The mean correlation of what two trials brought on each moment, nothing counting 0. Of N columns of length 1 around their mean
    /// it is (|Σ columns|² − N) / (N·(N − 1)): no pair needs to be looked at, and of each column only the moments on which there was
    /// something.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="trials">The trials.</param>
    /// <returns>−1 to 1; NaN with fewer than two trials that vary.</returns>
    public static double Of(BacktestTable table, IReadOnlyList<Trial> trials)
    {
        if (trials.Count < 2)
        {
            return double.NaN;
        }

        var series = table.Set.Series;
        var axis = new TimeAxis([.. series.Select(s => s.Moments)], TimeAxis.UnitOf(table.Set.Interval));
        var numbers = series.Select(s => axis.Of(s.Moments)).ToArray();
        var (sum, shift, varied, column) = (new double[axis.Count], 0.0, 0, new Column(axis.Count));
        foreach (var trial in trials)
        {
            column.Clear();
            var (first, end) = trial.Symbol == 0 ? (0, series.Count) : (trial.Symbol - 1, trial.Symbol);
            for (var i = first; i < end; i++)
            {
                column.Add(series[i], series[i].Forward(table.Horizons[trial.Horizon]), trial.Strategy, numbers[i]);
            }

            if (column.Length is var length && length > 0)
            {
                varied++;
                shift -= column.Mean / length;
                column.AddTo(sum, 1 / length);
            }
        }

        return varied < 2 ? double.NaN : (sum.Sum(x => (x + shift) * (x + shift)) - varied) / ((double)varied * (varied - 1));
    }

    /// <summary>What a trial brought on each moment.</summary>
    private sealed class Column(int count)
    {
        private readonly double[] values = new double[count];
        private readonly bool[] isThere = new bool[count];
        private readonly List<int> places = [];

        public double Mean => places.Sum(at => values[at]) / values.Length;

        /// <summary>The square root of Σ(x − mean)²; 0 where nothing varies.</summary>
        public double Length
        {
            get
            {
                var (squares, mean) = (places.Sum(at => values[at] * values[at]), Mean);
                var around = squares - (mean * mean * values.Length);
                return around > 1e-12 * squares ? Math.Sqrt(around) : 0;
            }
        }

        public void Clear()
        {
            foreach (var at in places)
            {
                (values[at], isThere[at]) = (0, false);
            }

            places.Clear();
        }

        public void Add(OutcomeSeries series, ForwardColumns? columns, int strategy, int[] numbers)
        {
            if (columns is null)
            {
                return;
            }

            var range = series.Of(strategy);
            for (var i = range.Start.Value; i < range.End.Value; i++)
            {
                var (at, r) = (numbers[series.Rows[i]], columns.Returns[series.Rows[i]]);
                if (!double.IsNaN(r))
                {
                    values[at] += series.Directions[i] * r;
                    if (!isThere[at])
                    {
                        isThere[at] = true;
                        places.Add(at);
                    }
                }
            }
        }

        public void AddTo(double[] sum, double factor)
        {
            foreach (var at in places)
            {
                sum[at] += factor * values[at];
            }
        }
    }
}
