namespace Finstage.Analysis.Backtesting;

/// <summary>A group's figures, and which tests for luck it passes.</summary>
/// <param name="Row">Its figures.</param>
/// <param name="Luck">Its intervals and its test against random entries.</param>
/// <param name="DeflatedSharpe">
/// How likely its true Sharpe ratio is above what the best of so many trials shows by luck alone, 0 to 1; NaN where nothing varies, and
/// where the group is no trial: only strategies with both directions together are.
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

    /// <summary>Ranks the strategies of one symbol, or of all together.</summary>
    /// <param name="luck">The table and what luck says of it; its fewest samples decide who is a trial.</param>
    /// <param name="symbol">The symbol; null for all together.</param>
    public static Leaderboard Of(LuckTable luck, string? symbol = null)
    {
        ArgumentNullException.ThrowIfNull(luck);
        var place = luck.Table.SymbolPlace(symbol);
        return Of(luck, place < 0 ? [] : [place], place > 0 ? luck.Table.Set.Series[place - 1].Symbol : symbol);
    }

    /// <summary>
    /// Ranks every strategy on each symbol by itself: who picks the best of all these has tried them all, and so they are judged as that many
    /// trials.
    /// </summary>
    /// <param name="luck">The table and what luck says of it; its fewest samples decide who is a trial.</param>
    public static Leaderboard OfEach(LuckTable luck)
    {
        ArgumentNullException.ThrowIfNull(luck);
        return Of(luck, [.. Enumerable.Range(1, luck.Table.Set.Series.Count)], null);
    }

    /// <summary>Puts rows into the order of a leaderboard.</summary>
    public static IReadOnlyList<LeaderboardRow> Rank(IEnumerable<LeaderboardRow> rows) =>
    [
        .. rows.OrderByDescending(r => r.Passed)
            .ThenByDescending(r => double.IsNaN(r.DeflatedSharpe) ? -1 : r.DeflatedSharpe)
            .ThenBy(r => double.IsNaN(r.Luck.RandomEntryP) ? 2 : r.Luck.RandomEntryP)
            .ThenBy(r => r.Row.Symbol, StringComparer.Ordinal)
            .ThenBy(r => r.Row.Strategy, StringComparer.Ordinal)
            .ThenBy(r => r.Row.Horizon),
    ];

    private static Leaderboard Of(LuckTable luck, int[] places, string? symbol)
    {
        var table = luck.Table;
        var trials = new List<(Trial At, BacktestRow Row)>();
        foreach (var place in places)
        {
            for (var k = 0; k < table.Set.Strategies.Count; k++)
            {
                for (var h = 0; h < table.Horizons.Count; h++)
                {
                    if (table.At(place, 1 + k, h, GroupIndex.Both) is { } row
                        && row.Figures.Total >= luck.Options.MinSamples && !double.IsNaN(row.Figures.TradeSharpe))
                    {
                        trials.Add((new Trial(place, k, h), row));
                    }
                }
            }
        }

        var correlation = TrialCorrelation.Of(table, trials.ConvertAll(t => t.At));
        var effective = SharpeTests.EffectiveTrials(trials.Count, correlation);

        // Ratios of different horizons are not comparable; that there were several counts all the same.
        var highest = table.Horizons.Select((_, h) => SharpeTests.ExpectedHighest(
            Deviation(trials.Where(t => t.At.Horizon == h).Select(t => t.Row.Figures.TradeSharpe)), effective)).ToArray();
        var rows = trials.Select(t =>
        {
            var f = t.Row.Figures;
            return new LeaderboardRow(
                t.Row, luck.Of(t.Row),
                SharpeTests.Probabilistic(f.TradeSharpe, highest[t.At.Horizon], f.Trades, f.TradeSkewness, f.TradeKurtosis));
        });
        return new Leaderboard(symbol, Rank(rows), trials.Count, effective, correlation);
    }

    private static double Deviation(IEnumerable<double> values)
    {
        var own = values.ToArray();
        var mean = own.Length == 0 ? 0 : own.Average();
        return own.Length < 2 ? 0 : Math.Sqrt(own.Sum(x => (x - mean) * (x - mean)) / (own.Length - 1));
    }
}
