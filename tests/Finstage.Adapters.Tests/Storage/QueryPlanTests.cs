using Dapper;
using Finstage.Adapters.Storage;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

/// <summary>The hot queries search an index and sort nothing.</summary>
public sealed class QueryPlanTests
{
    public static TheoryData<string, string> Queries => new()
    {
        { "SELECT * FROM series WHERE symbol = 'A' AND candle_interval = 6", "sqlite_autoindex_series" },
        {
            "SELECT c.close FROM series s JOIN candles c ON c.series_id = s.id WHERE s.symbol = 'A' AND s.candle_interval = 6 "
            + "AND c.open_time >= 1 AND c.open_time <= 2 ORDER BY c.open_time DESC LIMIT 3",
            "SEARCH c USING PRIMARY KEY (series_id=? AND open_time>? AND open_time<?)"
        },
        { SignalReader.Statement(new SignalQuery()), "ix_signals_time" },
        { SignalReader.Statement(new SignalQuery("A")), "ix_signals_symbol" },
        { SignalReader.Statement(new SignalQuery("A", CandleInterval.OneDay, Before: (1, 1))), "ix_signals_symbol" },
        { SignalReader.Statement(new SignalQuery(Strategy: "S")), "ix_signals_strategy" },
        { "SELECT strategy, COUNT(*) FROM signals WHERE superseded_ms IS NULL GROUP BY strategy", "COVERING INDEX ix_signals_strategy" },
        { OutboxSql.Waiting, "ix_outbox_state (state=? AND chat=?)" },
        { OutboxSql.CountWaiting, "COVERING INDEX ix_outbox_state" },
        { OutboxSql.CountAlone, "COVERING INDEX ix_outbox_cap" },
        { OutboxSql.Before(ofChat: true, null), "ix_outbox_chat" },
        { OutboxSql.Before(ofChat: false, null), "INTEGER PRIMARY KEY (rowid<?)" },
        { OutboxSql.Before(ofChat: true, OutboxState.Sent), "ix_outbox_chat" },
        { OutboxSql.Before(ofChat: false, OutboxState.Sent), "INTEGER PRIMARY KEY (rowid<?)" },
        { SignalReader.Newest, "SCAN signals" },
        { OverviewStore.Closes, "USING PRIMARY KEY (series_id=?)" },
        { OutboxSql.Members, "ix_outbox_batch" },
        { OutboxSql.MembersSent, "ix_outbox_batch" },
        { NewsReading.Statement(new NewsQuery()), "ix_news_time" },
        { NewsReading.Statement(new NewsQuery(Before: (1, 1))), "ix_news_time" },
        { NewsReading.Statement(new NewsQuery("A")), "COVERING INDEX ix_news_mentions_symbol" },
        { NewsReading.Statement(new NewsQuery(Feed: "F", Before: (1, 1))), "COVERING INDEX ix_news_mentions_feed" },
        { NewsWriter.FindTitle, "PRIMARY KEY (key_hash=? AND item_time>? AND item_time<?)" },
        { OutcomeStore.Due, "ix_outcomes_due (settled_ms=? AND due_time<?)" },
        { OutcomeStore.OfKeys.Replace("@symbols", "('A', 'B')", StringComparison.Ordinal), "ix_signals_symbol (symbol=? AND open_time>? AND open_time<?)" },
        { "SELECT name FROM reminders WHERE next_due_ms <= 5 ORDER BY next_due_ms LIMIT 3", "ix_reminders_due" },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Query_HotOne_UsesItsIndexWithoutSorting(string sql, string expected)
    {
        var plan = await PlanAsync(sql);

        Assert.Contains(plan, line => line.Contains(expected, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Query_OfTheFewInAState_FindsThemByIt(bool ofChat) => Assert.Contains(
        await PlanAsync(OutboxSql.Before(ofChat, OutboxState.Waiting)), line => line.Contains("ix_outbox_state (state=?", StringComparison.Ordinal));

    private static async Task<IReadOnlyList<string>> PlanAsync(string sql)
    {
        await using var test = await OpenAsync();
        var values = new DynamicParameters();
        foreach (System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(sql, "@(\\w+)"))
        {
            values.Add(match.Groups[1].Value, 1);
        }

        return await test.Store.Database.ReadAsync(
            c => c.Query($"EXPLAIN QUERY PLAN {sql}", values).Select(row => (string)row.detail).ToList(), Stop);
    }
}
