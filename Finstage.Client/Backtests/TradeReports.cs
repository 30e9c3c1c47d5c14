using System.Globalization;
using Finstage.Analysis;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Client.Output;

namespace Finstage.Client.Backtests;

/// <summary>What following one strategy on one series would have brought.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Report">The trades.</param>
internal sealed record StrategyTrades(string Strategy, TradeReport Report);

/// <summary>Trades of every strategy on every series: made, and shown.</summary>
internal static class TradeReports
{
    /// <summary>Trades each strategy's signals on each series by itself.</summary>
    /// <exception cref="UsageException">The candles of a series cannot tell the horizon.</exception>
    public static IReadOnlyList<StrategyTrades> Make(
        IReadOnlyList<SeriesHistory> series, IReadOnlyList<StrategyInfo> strategies, TradeOptions options, IProgress<double> progress,
        CancellationToken cancellation)
    {
        if (series.FirstOrDefault(s => !options.Horizon.IsKnownOn(s.Context.Interval)) is { } blind)
        {
            throw new UsageException($"--horizon: {blind.Context.Interval.Code()} candles of {blind.Symbol} cannot tell {options.Horizon.Code()}.");
        }

        var (reports, done) = (new StrategyTrades[series.Count][], 0);
        Parallel.For(0, series.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var signals = new List<Signal>();
            new SymbolEngine(series[i].Context, strategies).Commit(series[i].Candles, signals);
            var own = signals.ToLookup(s => s.Strategy);
            reports[i] = [.. strategies.Select(s => new StrategyTrades(s.Id, TradeSimulation.Run(series[i], [.. own[s.Id]], options)))];
            progress.Report((double)Interlocked.Increment(ref done) / series.Count);
        });
        return [.. reports.SelectMany(r => r).Where(r => r.Report.Trades.Count > 0).OrderByDescending(r => r.Report.Net)];
    }

    public static void Show(Screen screen, IReadOnlyList<StrategyTrades> reports, bool asCsv, bool asJson, int limit)
    {
        if (asCsv)
        {
            screen.WriteCsv(
                "symbol,strategy,direction,signal_time,entry_time,entry_price,exit_time,exit_price,exit,return,candles",
                from r in reports from t in r.Report.Trades select new object?[]
                {
                    t.Symbol, t.Strategy, Word(t.Direction), Words.Iso(t.SignalTime), Words.Iso(t.EntryTime), t.EntryPrice, Words.Iso(t.ExitTime), t.ExitPrice,
                    Word(t.Exit), t.Return, t.Candles,
                });
        }
        else if (asJson)
        {
            // An equity curve has a point for each candle: it is told of one strategy alone.
            var isOne = reports.Select(r => r.Strategy).Distinct().Count() == 1;
            screen.WriteJson(reports.Select(r => Json(r, isOne)));
        }
        else
        {
            Table(screen, reports, limit);
        }
    }

    private static void Table(Screen screen, IReadOnlyList<StrategyTrades> reports, int limit)
    {
        screen.Line("filled at the next open, after costs, the whole money in each trade, one position at a time");
        screen.WriteTable(
            ["Symbol", "Strategy", "Trades", "Won", "Average", "Factor", "Net", "Held", "Fall", "In the market"],
            reports.Take(limit).Select(r => new[]
            {
                r.Report.Symbol, r.Strategy, Words.Number(r.Report.Trades.Count), Words.Percent(r.Report.WinRate, 1), Words.Percent(r.Report.Average, 2),
                double.IsNaN(r.Report.ProfitFactor) ? "–" : r.Report.ProfitFactor.ToString("F2", CultureInfo.InvariantCulture),
                Words.Percent(r.Report.Net, 1), double.IsNaN(r.Report.BuyAndHold) ? "–" : Words.Percent(r.Report.BuyAndHold, 1),
                Words.Percent(r.Report.MaxDrawdown, 1), Words.Percent(r.Report.Exposure, 0),
            }),
            [2, 3, 4, 5, 6, 7, 8, 9],
            [9, 5, 3, 8]);
        if (reports.Count > limit)
        {
            screen.Line($"{Words.Number(reports.Count - limit)} more (--limit)");
        }

        screen.Line("Held: what holding from the first close to the last brought, without costs.");
    }

    private static object Json(StrategyTrades r, bool hasEquity) => new
    {
        symbol = r.Report.Symbol, strategy = r.Strategy, trades = r.Report.Trades.Count, winRate = r.Report.WinRate, average = r.Report.Average,
        best = r.Report.Best, worst = r.Report.Worst, profitFactor = double.IsNaN(r.Report.ProfitFactor) ? (double?)null : r.Report.ProfitFactor,
        net = r.Report.Net, buyAndHold = double.IsNaN(r.Report.BuyAndHold) ? (double?)null : r.Report.BuyAndHold,
        maxDrawdown = r.Report.MaxDrawdown, exposure = r.Report.Exposure,
        items = r.Report.Trades.Select(t => new
        {
            direction = Word(t.Direction), signalTime = Words.Iso(t.SignalTime), entryTime = Words.Iso(t.EntryTime), entryPrice = t.EntryPrice,
            exitTime = Words.Iso(t.ExitTime), exitPrice = t.ExitPrice, exit = Word(t.Exit), @return = t.Return, candles = t.Candles,
        }),
        equity = hasEquity ? r.Report.Equity.Select(p => new { time = Words.Iso(p.Time), value = p.Value }) : null,
    };

    private static string Word(Direction direction) => direction == Direction.Buy ? "BUY" : "SELL";

    private static string Word(TradeExit exit) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(exit.ToString());
}
