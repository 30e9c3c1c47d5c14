namespace Finstage.Analysis.Backtesting;

/// <summary>A strategy at a horizon, both directions together, and which tests it passes.</summary>
/// <param name="Row">Its figures.</param>
/// <param name="Luck">Its intervals and its test against random entries.</param>
/// <param name="DeflatedSharpe">
/// How likely its true Sharpe ratio is above what the best of so many trials shows by luck alone, 0 to 1; NaN where nothing varies.
/// </param>
public sealed record LeaderboardRow(BacktestRow Row, LuckFigures Luck, double DeflatedSharpe)
{
    /// <summary>What passes for certain enough: 95 %.</summary>
    public const double Level = 0.95;

    /// <summary>Whether the interval of its average lies above zero.</summary>
    public bool IsAboveZero => Luck.Average.Low > 0;

    /// <summary>Whether at most 5 % of random entries did as well.</summary>
    public bool BeatsRandomEntries => Luck.RandomEntryP <= 1 - Level;

    /// <summary>Whether its Sharpe ratio is beyond what the best of so many trials owes to luck.</summary>
    public bool IsBeyondTheBestOfLuck => DeflatedSharpe >= Level;

    /// <summary>How many of the three tests it passes.</summary>
    public int Passed => (IsAboveZero ? 1 : 0) + (BeatsRandomEntries ? 1 : 0) + (IsBeyondTheBestOfLuck ? 1 : 0);

    /// <summary>Whether it passes all of them.</summary>
    public bool Survives => Passed == 3;
}

/// <summary>
/// Strategies by what survives the tests for luck, and not by what looks best: first those that pass more tests, then by the deflated
/// Sharpe ratio, then by the test against random entries. Immutable and thread-safe.
/// </summary>
/// <param name="Symbol">The symbol; null for all together.</param>
/// <param name="Rows">The rows, best first.</param>
/// <param name="Trials">N: strategies times horizons that were tried.</param>
/// <param name="EffectiveTrials">How many independent trials these amount to; see <see cref="SharpeTests.EffectiveTrials"/>.</param>
/// <param name="MeanCorrelation">The mean correlation of two trials.</param>
public sealed record Leaderboard(
    string? Symbol, IReadOnlyList<LeaderboardRow> Rows, int Trials, double EffectiveTrials, double MeanCorrelation)
{
    /// <summary>How many rows pass every test; where it is 0, nothing here is better than luck.</summary>
    public int Survivors => Rows.Count(r => r.Survives);

    /// <summary>Ranks the strategies of one symbol or of all.</summary>
    /// <param name="luck">The table and what luck says of it; its fewest samples decide who is a trial.</param>
    /// <param name="symbol">The symbol; null for all together.</param>
    public static Leaderboard Of(LuckTable luck, string? symbol = null)
    {
        ArgumentNullException.ThrowIfNull(luck);
        var table = luck.Table;
        var place = table.SymbolPlace(symbol);
        var trials = new List<(int Strategy, int Horizon, BacktestRow Row)>();
        for (var k = 0; k < table.Set.Strategies.Count && place >= 0; k++)
        {
            for (var h = 0; h < table.Horizons.Count; h++)
            {
                if (table.At(place, 1 + k, h, GroupIndex.Both) is { } row
                    && row.Figures.Total >= luck.Options.MinSamples && !double.IsNaN(row.Figures.TradeSharpe))
                {
                    trials.Add((k, h, row));
                }
            }
        }

        var correlation = MeanCorrelationOf(table, place, trials.ConvertAll(t => (t.Strategy, t.Horizon)));
        var effective = SharpeTests.EffectiveTrials(trials.Count, correlation);

        // Ratios of different horizons are not comparable; that there were several counts all the same.
        var highest = table.Horizons.Select((_, h) => SharpeTests.ExpectedHighest(
            Deviation(trials.Where(t => t.Horizon == h).Select(t => t.Row.Figures.TradeSharpe)), effective)).ToArray();
        var rows = trials.Select(t =>
        {
            var f = t.Row.Figures;
            return new LeaderboardRow(
                t.Row, luck.Of(t.Row),
                SharpeTests.Probabilistic(f.TradeSharpe, highest[t.Horizon], f.Trades, f.TradeSkewness, f.TradeKurtosis));
        });
        return new Leaderboard(place > 0 ? table.Set.Series[place - 1].Symbol : symbol, Ranked(rows), trials.Count, effective, correlation);
    }

    private static IReadOnlyList<LeaderboardRow> Ranked(IEnumerable<LeaderboardRow> rows) =>
    [
        .. rows.OrderByDescending(r => r.Passed)
            .ThenByDescending(r => double.IsNaN(r.DeflatedSharpe) ? -1 : r.DeflatedSharpe)
            .ThenBy(r => double.IsNaN(r.Luck.RandomEntryP) ? 2 : r.Luck.RandomEntryP)
            .ThenBy(r => r.Row.Strategy, StringComparer.Ordinal)
            .ThenBy(r => r.Row.Horizon),
    ];

    private static double Deviation(IEnumerable<double> values)
    {
        var own = values.ToArray();
        var mean = own.Length == 0 ? 0 : own.Average();
        return own.Length < 2 ? 0 : Math.Sqrt(own.Sum(x => (x - mean) * (x - mean)) / (own.Length - 1));
    }

    /// <summary>
    /// The mean correlation of what two trials brought on each moment, nothing counting 0. Of N columns of length 1 around their mean
    /// it is (|Σ columns|² − N) / (N·(N − 1)): no pair needs to be looked at.
    /// </summary>
    private static double MeanCorrelationOf(BacktestTable table, int place, List<(int Strategy, int Horizon)> trials)
    {
        if (trials.Count < 2)
        {
            return double.NaN;
        }

        var series = table.Set.Series.Where((_, i) => place == 0 || i == place - 1).ToArray();
        var axis = new TimeAxis([.. series.Select(s => s.Moments)], TimeAxis.UnitOf(table.Set.Interval));
        var numbers = series.Select(s => axis.Of(s.Moments)).ToArray();
        var (sum, column, varied) = (new double[axis.Count], new double[axis.Count], 0);
        foreach (var (strategy, h) in trials)
        {
            Array.Clear(column);
            for (var i = 0; i < series.Length; i++)
            {
                Spread(series[i], series[i].Forward(table.Horizons[h]), strategy, numbers[i], column);
            }

            var mean = column.Average();
            var length = Math.Sqrt(column.Sum(x => (x - mean) * (x - mean)));
            if (length > 0)
            {
                varied++;
                for (var t = 0; t < column.Length; t++)
                {
                    sum[t] += (column[t] - mean) / length;
                }
            }
        }

        return varied < 2 ? double.NaN : (sum.Sum(x => x * x) - varied) / ((double)varied * (varied - 1));
    }

    private static void Spread(OutcomeSeries series, ForwardColumns? columns, int strategy, int[] numbers, double[] into)
    {
        if (columns is null)
        {
            return;
        }

        var range = series.Of(strategy);
        for (var i = range.Start.Value; i < range.End.Value; i++)
        {
            var r = columns.Returns[series.Rows[i]];
            into[numbers[series.Rows[i]]] += double.IsNaN(r) ? 0 : series.Directions[i] * r;
        }
    }
}
