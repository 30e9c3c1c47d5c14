using System.Data.Common;
using System.Text;
using Dapper;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>The rows of backtests, inside a unit of work that its caller holds.</summary>
internal static class BacktestRows
{
    private const string Select =
        """
        SELECT horizon AS Horizon, symbol AS Symbol, strategy AS Strategy, direction AS Direction, total AS Total,
               successes AS Successes, trades AS Trades, average AS Average, median AS Median, best AS Best, worst AS Worst,
               deviation AS StandardDeviation, profit_factor AS ProfitFactor, expectancy AS Expectancy, sharpe AS Sharpe,
               sortino AS Sortino, average_adverse AS AverageAdverse, average_favourable AS AverageFavourable,
               max_adverse AS MaxAdverse, max_favourable AS MaxFavourable, drift AS Drift, max_drawdown AS MaxDrawdown,
               trade_sharpe AS TradeSharpe, trade_skewness AS TradeSkewness, trade_kurtosis AS TradeKurtosis, average_low AS AverageLow,
               average_high AS AverageHigh, rate_low AS RateLow, rate_high AS RateHigh, sharpe_low AS SharpeLow,
               sharpe_high AS SharpeHigh, factor_low AS FactorLow, factor_high AS FactorHigh, random_p AS RandomP,
               deflated_sharpe AS DeflatedSharpe
        FROM backtest_stats WHERE candle_interval = @interval AND direction = @direction
        """;

    private const string Delete = "DELETE FROM backtest_stats WHERE candle_interval = @interval";

    private const string Insert =
        """
        INSERT INTO backtest_stats (candle_interval, horizon, symbol, strategy, direction, total, successes, trades, average, median, best,
            worst, deviation, profit_factor, expectancy, sharpe, sortino, average_adverse, average_favourable, max_adverse,
            max_favourable, drift, max_drawdown, trade_sharpe, trade_skewness, trade_kurtosis, average_low, average_high, rate_low,
            rate_high, sharpe_low, sharpe_high, factor_low, factor_high, random_p, deflated_sharpe)
        VALUES (@candle_interval, @horizon, @symbol, @strategy, @direction, @total, @successes, @trades, @average, @median, @best, @worst,
            @deviation, @profit_factor, @expectancy, @sharpe, @sortino, @average_adverse, @average_favourable, @max_adverse,
            @max_favourable, @drift, @max_drawdown, @trade_sharpe, @trade_skewness, @trade_kurtosis, @average_low, @average_high,
            @rate_low, @rate_high, @sharpe_low, @sharpe_high, @factor_low, @factor_high, @random_p, @deflated_sharpe)
        """;

    private static readonly string[] Columns =
    [
        "candle_interval", "horizon", "symbol", "strategy", "direction", "total", "successes", "trades", "average", "median", "best",
        "worst", "deviation", "profit_factor", "expectancy", "sharpe", "sortino", "average_adverse", "average_favourable",
        "max_adverse", "max_favourable", "drift", "max_drawdown", "trade_sharpe", "trade_skewness", "trade_kurtosis", "average_low",
        "average_high", "rate_low", "rate_high", "sharpe_low", "sharpe_high", "factor_low", "factor_high", "random_p", "deflated_sharpe",
    ];

    public static void Replace(DbConnection connection, SqlDialect dialect, int interval, IReadOnlyList<LeaderboardRow> rows)
    {
        connection.Execute(Delete, new { interval });
        using var insert = dialect.Prepare(connection, Insert, Columns);
        foreach (var (row, luck, deflated) in rows)
        {
            var f = row.Figures;
            insert.Run(
                interval, (int)row.Horizon, row.Symbol ?? BacktestQuery.Together, row.Strategy ?? BacktestQuery.Together,
                (int)(row.Direction ?? 0), f.Total, f.Successes, f.Trades, f.Average, f.Median, f.Best, f.Worst,
                SqlValue.OrNull(f.StandardDeviation), SqlValue.OrNull(f.ProfitFactor), f.Expectancy, SqlValue.OrNull(f.Sharpe),
                SqlValue.OrNull(f.Sortino), f.AverageAdverse, f.AverageFavourable, f.MaxAdverse, f.MaxFavourable, SqlValue.OrNull(f.Drift),
                f.MaxDrawdown, SqlValue.OrNull(f.TradeSharpe), SqlValue.OrNull(f.TradeSkewness), SqlValue.OrNull(f.TradeKurtosis),
                SqlValue.OrNull(luck.Average.Low), SqlValue.OrNull(luck.Average.High), SqlValue.OrNull(luck.SuccessRate.Low),
                SqlValue.OrNull(luck.SuccessRate.High), SqlValue.OrNull(luck.Sharpe.Low), SqlValue.OrNull(luck.Sharpe.High),
                SqlValue.OrNull(luck.ProfitFactor.Low), SqlValue.OrNull(luck.ProfitFactor.High), SqlValue.OrNull(luck.RandomEntryP),
                SqlValue.OrNull(deflated));
        }
    }

    public static IReadOnlyList<LeaderboardRow> Read(DbConnection connection, BacktestQuery query)
    {
        var values = new
        {
            interval = (int)query.Interval, direction = (int)(query.Direction ?? 0), horizon = (int?)query.Horizon, query.Symbol, query.Strategy,
        };
        return [.. connection.Query<BacktestData>(Statement(query), values).Select(r => r.ToRow(query.Interval))];
    }

    /// <summary>The statement for a query: constant pieces alone, those of the filters that are set. Values go in as parameters.</summary>
    private static string Statement(BacktestQuery query)
    {
        var sql = new StringBuilder(Select, 2_048);
        sql.Append(query.Horizon is null ? string.Empty : " AND horizon = @horizon");
        sql.Append(query.Symbol is null ? string.Empty : " AND symbol = @Symbol");
        sql.Append(query.Strategy is null ? string.Empty : " AND strategy = @Strategy");
        return sql.Append(" ORDER BY horizon, symbol, strategy").ToString();
    }
}
