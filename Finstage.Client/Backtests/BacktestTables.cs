using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Client.Output;

namespace Finstage.Client.Backtests;

/// <summary>Backtests as tables and CSV.</summary>
internal static class BacktestTables
{
    private static readonly (string Header, int Weight, Func<BacktestDto, string> Cell)[] Columns =
    [
        ("Symbol", 0, r => r.Symbol ?? "all"),
        ("Strategy", 0, r => r.Strategy ?? "all"),
        ("For", 0, r => r.Horizon),
        ("n", 0, r => Words.Number(r.Total)),
        ("Success", 0, r => Words.Percent(r.SuccessRate, 1)),
        ("Average", 0, r => Words.Percent(r.Average, 2)),
        ("95 %", 2, r => r.Luck?.Average is { } a ? $"{Words.Percent(a.Low, 2)} … {Words.Percent(a.High, 2)}" : "–"),
        ("Market", 1, r => r.Drift is { } d ? Words.Percent(d, 2) : "–"),
        ("Median", 6, r => Words.Percent(r.Median, 2)),
        ("Worst", 7, r => Words.Percent(r.Worst, 1)),
        ("Factor", 5, r => Decimals(r.ProfitFactor, 2)),
        ("Sharpe", 4, r => Decimals(r.Sharpe, 2)),
        ("Fall", 8, r => Words.Percent(r.MaxDrawdown, 0)),
        ("Grade", 9, r => r.Grade ?? "–"),
        ("p", 2, r => r.Luck?.RandomEntryP is < 0.0005 ? "<0.001" : Decimals(r.Luck?.RandomEntryP, 3)),
        ("Deflated", 3, r => Decimals(r.Luck?.DeflatedSharpe, 3)),
        ("Tests", 1, r => r.Luck is { } luck ? $"{luck.Passed}/3{(luck.Survives ? " *" : string.Empty)}" : "–"),
    ];

    private static readonly string[] OfLuck = ["95 %", "p", "Deflated", "Tests"];

    public static void Show(Screen screen, BacktestView view, int limit)
    {
        var found = view.Found;
        if (found.Series == 0)
        {
            return;
        }

        screen.Line($"{found.Series} series, {Words.Number(found.Candles)} candles of {found.Interval}, {Words.Day(found.First!.Value)} … {Words.Day(found.Last!.Value)}; close to close, no costs");
        foreach (var all in found.Overall)
        {
            screen.Line($"all signals of {all.Symbol ?? "all symbols"} after {all.Horizon}: {Words.Percent(all.SuccessRate, 1)} of {Words.Number(all.Total)} gained, average {Words.Percent(all.Average, 2)}, market {(all.Drift is { } d ? Words.Percent(d, 2) : "–")}");
        }

        Table(screen, [.. found.Items.Take(limit)], found.Items.Any(i => i.Symbol is not null), view.Luck is not null);
        if (found.Items.Count > limit)
        {
            screen.Line($"{Words.Number(found.Items.Count - limit)} more (--limit)");
        }

        if (view.Luck is { } luck)
        {
            ShowLuck(screen, luck);
        }
    }

    public static void WriteCsv(Screen screen, BacktestsDto found) => screen.WriteCsv(
        "symbol,interval,strategy,horizon,total,successes,success_rate,grade,average,median,best,worst,standard_deviation,profit_factor,expectancy,"
        + "sharpe,sortino,average_adverse,average_favourable,max_adverse,max_favourable,market_drift,trades,max_drawdown,"
        + "average_low,average_high,success_rate_low,success_rate_high,random_entry_p,probabilistic_sharpe,deflated_sharpe,tests_passed",
        found.Overall.Concat(found.Items).Select(r => new object?[]
        {
            r.Symbol ?? "*", found.Interval, r.Strategy ?? "*", r.Horizon, r.Total, r.Successes, r.SuccessRate, r.Grade, r.Average, r.Median, r.Best, r.Worst,
            r.StandardDeviation, r.ProfitFactor, r.Expectancy, r.Sharpe, r.Sortino, r.AverageAdverse, r.AverageFavourable, r.MaxAdverse,
            r.MaxFavourable, r.Drift, r.Trades, r.MaxDrawdown, r.Luck?.Average?.Low, r.Luck?.Average?.High, r.Luck?.SuccessRate?.Low,
            r.Luck?.SuccessRate?.High, r.Luck?.RandomEntryP, r.Luck?.ProbabilisticSharpe, r.Luck?.DeflatedSharpe, r.Luck?.Passed,
        }));

    private static void ShowLuck(Screen screen, TrialsView luck)
    {
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"{Words.Number(luck.Trials)} trials, worth {luck.EffectiveTrials:0} independent ones: {Verdict(luck)}"));
        screen.Line("Tests: the interval of the average lies above zero; at most 5 % of random entries did as well (p); the Sharpe ratio is beyond the best of so many trials by luck (deflated ≥ 0.95).");
        foreach (var walk in luck.WalkForward.Where(w => w.Folds.Count > 0))
        {
            screen.Line($"walk forward {walk.Horizon}: the best strategy of three years had shown {Share(walk.TrainAverage)} on average; in the year after it brought {Share(walk.Average)} (market {Share(walk.Drift)}, n={Words.Number(walk.Total)}, {walk.Folds.Count} years)");
        }

        screen.Line("The symbols are today's survivors: what went under is not among them, and every figure looks better for that.");
    }

    private static string Verdict(TrialsView luck) => luck.Survivors switch
    {
        0 => "none passes all three tests, so nothing here is better than luck.",
        1 => "1 passes all three tests (*).",
        _ => $"{luck.Survivors} pass all three tests (*).",
    };

    // What a narrow terminal has no room for is left out, the least important first.
    private static void Table(Screen screen, IReadOnlyList<BacktestDto> rows, bool hasSymbols, bool isTested)
    {
        var columns = Columns.Where(c => (hasSymbols || c.Header != "Symbol") && (isTested || !OfLuck.Contains(c.Header))).ToList();
        var places = Enumerable.Range(0, columns.Count).ToList();
        screen.WriteTable(
            [.. columns.Select(c => c.Header)], rows.Select(row => columns.Select(c => c.Cell(row)).ToArray()),
            [.. places.Where(i => columns[i].Header is not ("Symbol" or "Strategy" or "For" or "Grade"))],
            [.. places.Where(i => columns[i].Weight > 0).OrderByDescending(i => columns[i].Weight)]);
    }

    private static string Share(double? value) => value is { } known ? Words.Percent(known, 2) : "–";

    private static string Decimals(double? value, int digits) => value is { } known ? known.ToString($"F{digits}", CultureInfo.InvariantCulture) : "–";
}
