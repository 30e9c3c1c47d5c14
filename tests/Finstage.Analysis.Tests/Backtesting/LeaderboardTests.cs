using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>What survives stands first, and where nothing does, nothing is claimed.</summary>
public sealed class LeaderboardTests
{
    [Fact]
    public void Of_PureNoise_NothingSurvives()
    {
        // All strategies on four random walks, eight times: not one of about a thousand trials should pass all three tests.
        var survivors = Enumerable.Range(1, 8).AsParallel().Sum(seed => Of(Enumerable.Range(0, 4).Select(i => Chance.Series((100 * seed) + i, 900, 1).Series)).Survivors);
        Assert.Equal(0, survivors);
    }

    [Fact]
    public void Of_OneThatKnows_StandsFirstAndSurvives()
    {
        // Ten strategies on the same series, of which one is followed by half a deviation.
        var (series, knows) = Chance.Series(7, 1_500, 300, edge: 0.5);
        var random = new Random(9);
        var others = Enumerable.Range(0, 9).SelectMany(k => Enumerable.Range(0, 1_400).Where(_ => random.Next(6) == 0)
            .Select(row => new Signal($"N{k}", series.Candles[row].Time, Direction.Buy, 50, series.Candles[row].Close, "x", default)));
        Signal[] signals = [.. knows.Concat(others).OrderBy(s => s.Time)];
        var set = OutcomeSet.Of(
            [series], [signals], ["X", .. Enumerable.Range(0, 9).Select(k => $"N{k}")], new BacktestOptions { Horizons = [Horizon.OneDay] });
        var board = Leaderboard.Of(LuckTable.Of(BacktestTable.Of(set), new LuckOptions { Resamples = 400, Draws = 1_000 }), "NOISE");
        Assert.Equal(10, board.Trials);
        Assert.InRange(board.EffectiveTrials, 8, 10); // what is random hardly correlates
        Assert.Equal("X", board.Rows[0].Row.Strategy);
        Assert.True(board.Rows[0].Survives);
        Assert.Equal(1, board.Survivors);
        Assert.Equal(board.Rows.Select(r => r.Passed).OrderDescending(), board.Rows.Select(r => r.Passed));
    }

    [Fact]
    public void Of_CopiesOfOneStrategy_AreOneTrial()
    {
        var (series, signals) = Chance.Series(11, 800, 200);
        Signal[] copies = [.. signals.SelectMany(s => Enumerable.Range(0, 6).Select(k => s with { Strategy = $"C{k}" }))];
        var set = OutcomeSet.Of([series], [copies], [.. Enumerable.Range(0, 6).Select(k => $"C{k}")], new BacktestOptions { Horizons = [Horizon.OneDay] });
        var board = Leaderboard.Of(LuckTable.Of(BacktestTable.Of(set), new LuckOptions { Resamples = 100, Draws = 100 }));
        Assert.Equal(6, board.Trials);
        Assert.Equal(1, board.MeanCorrelation, 1e-9);
        Assert.Equal(1, board.EffectiveTrials, 1e-6);
    }

    [Fact]
    public void Of_UnknownSymbol_IsEmpty() => Assert.Empty(Leaderboard.Of(LuckTable.Of(BacktestTable.Of(OutcomeSet.Replay([], StrategyCatalog.All))), "X").Rows);

    private static Leaderboard Of(IEnumerable<SeriesHistory> series)
    {
        var set = OutcomeSet.Replay([.. series.Select((s, i) => s with { Symbol = $"S{i}" })], StrategyCatalog.All);
        return Leaderboard.Of(LuckTable.Of(BacktestTable.Of(set, 1), new LuckOptions { Resamples = 200, Draws = 400, Parallelism = 1 }));
    }
}
