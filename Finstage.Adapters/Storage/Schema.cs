using System.Data.Common;
using Dapper;

namespace Finstage.Adapters.Storage;

/// <summary>
/// The tables, as numbered steps that only go forward; a step that was released is never changed. The open times of candles, and the
/// times of alerts, which follow the candles' time in a replay, are Unix seconds; all other times are Unix milliseconds in columns
/// that end in _ms.
/// </summary>
/// <remarks>
/// A step is one statement in SQLite's words, of which every dialect knows these:
/// <list type="bullet">
/// <item><c>INTEGER</c>: 64 bits; <c>REAL</c>: a double; <c>INTEGER PRIMARY KEY AUTOINCREMENT</c>: a number, never given twice.</item>
/// <item><c>VARCHAR(n)</c>: a text of at most n characters, compared byte by byte, for whatever stands in a key or an index; the columns
/// of one key have 760 characters together. SQLite takes it for <c>TEXT</c>, so whoever writes keeps the limit.</item>
/// <item><c>TEXT</c>: a text of any length, never in a key or an index.</item>
/// <item><c>WITHOUT ROWID</c>: rows that lie in the order of their key.</item>
/// </list>
/// Tables and indexes are made <c>IF NOT EXISTS</c>, and a column is added by <c>ALTER TABLE … ADD COLUMN</c>, for a step may be taken
/// twice. An index names columns, and has no condition. No name is a word that a database reserves, such as <c>key</c>,
/// <c>interval</c>, <c>rank</c> or <c>signal</c>.
/// </remarks>
internal static class Schema
{
    public static IReadOnlyList<string> Steps { get; } =
    [
        // The master data; position is the order of the watchlist.
        """
        CREATE TABLE IF NOT EXISTS symbols (
            code VARCHAR(100) NOT NULL PRIMARY KEY, position INTEGER NOT NULL, name_ko TEXT NOT NULL, name_en TEXT NOT NULL,
            category INTEGER NOT NULL, exchange TEXT NOT NULL, currency TEXT NOT NULL, enabled INTEGER NOT NULL) WITHOUT ROWID
        """,

        // One row per symbol and interval. Counted on every commit, so that a list of series costs no count of candles.
        """
        CREATE TABLE IF NOT EXISTS series (
            id INTEGER PRIMARY KEY AUTOINCREMENT, symbol VARCHAR(100) NOT NULL, candle_interval INTEGER NOT NULL, source TEXT NOT NULL,
            version INTEGER NOT NULL, revision INTEGER NOT NULL, rules TEXT NOT NULL, candles INTEGER NOT NULL,
            first_time INTEGER NOT NULL, last_time INTEGER NOT NULL, UNIQUE (symbol, candle_interval))
        """,

        // Clustered by series and time: a window is one read of neighbouring pages.
        """
        CREATE TABLE IF NOT EXISTS candles (
            series_id INTEGER NOT NULL REFERENCES series (id), open_time INTEGER NOT NULL, open REAL NOT NULL, high REAL NOT NULL,
            low REAL NOT NULL, close REAL NOT NULL, volume REAL NOT NULL, PRIMARY KEY (series_id, open_time)) WITHOUT ROWID
        """,
        """
        CREATE TABLE IF NOT EXISTS signals (
            id INTEGER PRIMARY KEY AUTOINCREMENT, symbol VARCHAR(100) NOT NULL, strategy VARCHAR(100) NOT NULL,
            candle_interval INTEGER NOT NULL, open_time INTEGER NOT NULL, direction INTEGER NOT NULL, confidence INTEGER NOT NULL,
            close REAL NOT NULL, reason TEXT NOT NULL, figure1 REAL, figure2 REAL, figure3 REAL, figure4 REAL, created_ms INTEGER NOT NULL,
            superseded_ms INTEGER, UNIQUE (symbol, strategy, candle_interval, open_time, direction))
        """,

        // Newest first: of all, of a symbol, of a strategy; the last also counts what still follows.
        "CREATE INDEX IF NOT EXISTS ix_signals_time ON signals (open_time)",
        "CREATE INDEX IF NOT EXISTS ix_signals_symbol ON signals (symbol, open_time)",
        "CREATE INDEX IF NOT EXISTS ix_signals_strategy ON signals (strategy, superseded_ms, open_time)",
        """
        CREATE TABLE IF NOT EXISTS chats (
            id VARCHAR(100) NOT NULL PRIMARY KEY, language TEXT NOT NULL, enabled INTEGER NOT NULL) WITHOUT ROWID
        """,

        // AUTOINCREMENT: people see the number, so it is never given twice.
        """
        CREATE TABLE IF NOT EXISTS outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT, chat VARCHAR(100) NOT NULL, alert_key VARCHAR(400) NOT NULL, kind INTEGER NOT NULL,
            symbol VARCHAR(100) NOT NULL, priority INTEGER NOT NULL, stream INTEGER NOT NULL, as_of INTEGER NOT NULL,
            due_at INTEGER NOT NULL, delivery INTEGER NOT NULL, payload TEXT NOT NULL, state INTEGER NOT NULL, batch_id INTEGER REFERENCES outbox (id),
            attempts INTEGER NOT NULL, next_attempt_ms INTEGER, last_error TEXT, message_id INTEGER, created_ms INTEGER NOT NULL,
            sent_ms INTEGER, failed_ms INTEGER, UNIQUE (chat, alert_key))
        """,

        // What waits, what a batch holds, what counts against the cap, and the newest of a chat.
        "CREATE INDEX IF NOT EXISTS ix_outbox_state ON outbox (state, chat, priority DESC, id)",
        "CREATE INDEX IF NOT EXISTS ix_outbox_batch ON outbox (batch_id)",
        "CREATE INDEX IF NOT EXISTS ix_outbox_cap ON outbox (chat, symbol, stream, delivery, as_of, state)",
        "CREATE INDEX IF NOT EXISTS ix_outbox_chat ON outbox (chat, id)",
        """
        CREATE TABLE IF NOT EXISTS reminders (
            grain_kind VARCHAR(200) NOT NULL, grain_key VARCHAR(200) NOT NULL, name VARCHAR(200) NOT NULL, next_due_ms INTEGER NOT NULL,
            period_ms INTEGER NOT NULL, PRIMARY KEY (grain_kind, grain_key, name)) WITHOUT ROWID
        """,
        "CREATE INDEX IF NOT EXISTS ix_reminders_due ON reminders (next_due_ms)",
        """
        CREATE TABLE IF NOT EXISTS grain_state (
            grain_kind VARCHAR(200) NOT NULL, grain_key VARCHAR(200) NOT NULL, name VARCHAR(200) NOT NULL, json TEXT NOT NULL,
            PRIMARY KEY (grain_kind, grain_key, name)) WITHOUT ROWID
        """,

        // Rights that one process at a time has.
        """
        CREATE TABLE IF NOT EXISTS leases (
            name VARCHAR(100) NOT NULL PRIMARY KEY, owner TEXT NOT NULL, until_ms INTEGER NOT NULL) WITHOUT ROWID
        """,

        // What feeds were asked for, and the sessions that they did not have: twice in vain is absent. Dates are day numbers.
        """
        CREATE TABLE IF NOT EXISTS history_marks (
            symbol VARCHAR(100) NOT NULL, candle_interval INTEGER NOT NULL, source TEXT NOT NULL, from_time INTEGER NOT NULL,
            split_time INTEGER NOT NULL, whole_ms INTEGER NOT NULL, PRIMARY KEY (symbol, candle_interval)) WITHOUT ROWID
        """,
        """
        CREATE TABLE IF NOT EXISTS history_holes (
            symbol VARCHAR(100) NOT NULL, candle_interval INTEGER NOT NULL, session_date INTEGER NOT NULL, tries INTEGER NOT NULL,
            PRIMARY KEY (symbol, candle_interval, session_date)) WITHOUT ROWID
        """,

        // A symbol's last price with what the rules of alerts remember after it, and its highs; dates are day numbers.
        """
        CREATE TABLE IF NOT EXISTS quotes (
            symbol VARCHAR(100) NOT NULL PRIMARY KEY, price REAL NOT NULL, price_time INTEGER NOT NULL, previous_close REAL,
            alert_state TEXT NOT NULL, updated_ms INTEGER NOT NULL) WITHOUT ROWID
        """,
        """
        CREATE TABLE IF NOT EXISTS highs (
            symbol VARCHAR(100) NOT NULL PRIMARY KEY, ever_price REAL, ever_date INTEGER, ever_ms INTEGER, year_price REAL,
            year_date INTEGER, through_date INTEGER) WITHOUT ROWID
        """,

        // A symbol's own thresholds, where it has any.
        """
        CREATE TABLE IF NOT EXISTS thresholds (
            symbol VARCHAR(100) NOT NULL PRIMARY KEY, rise REAL, fall REAL, from_high REAL) WITHOUT ROWID
        """,

        // Once per symbol, kind, level and trading date, whatever is forgotten.
        """
        CREATE TABLE IF NOT EXISTS price_alerts (
            symbol VARCHAR(100) NOT NULL, kind INTEGER NOT NULL, alert_level INTEGER NOT NULL, session_date INTEGER NOT NULL,
            priority INTEGER NOT NULL, price REAL NOT NULL, price_time INTEGER NOT NULL, reference REAL NOT NULL,
            reference_time INTEGER NOT NULL, change_size REAL, unit INTEGER NOT NULL, created_ms INTEGER NOT NULL,
            PRIMARY KEY (symbol, kind, alert_level, session_date)) WITHOUT ROWID
        """,
        "CREATE INDEX IF NOT EXISTS ix_price_alerts_created ON price_alerts (created_ms)",

        // What looking back over all history found last, one run of each kind for an interval: what it looked at, and how many it tried.
        """
        CREATE TABLE IF NOT EXISTS insight_runs (
            kind VARCHAR(20) NOT NULL, candle_interval INTEGER NOT NULL, ran_ms INTEGER NOT NULL, series INTEGER NOT NULL,
            candles INTEGER NOT NULL, first_time INTEGER NOT NULL, last_time INTEGER NOT NULL, details TEXT NOT NULL,
            PRIMARY KEY (kind, candle_interval)) WITHOUT ROWID
        """,
        """
        CREATE TABLE IF NOT EXISTS pattern_stats (
            candle_interval INTEGER NOT NULL, kind INTEGER NOT NULL, pattern VARCHAR(250) NOT NULL, horizon INTEGER NOT NULL,
            place INTEGER NOT NULL, occurrences INTEGER NOT NULL, dates INTEGER NOT NULL, blocks INTEGER NOT NULL, symbols INTEGER NOT NULL,
            successes INTEGER NOT NULL, average REAL NOT NULL, average_error REAL NOT NULL, excess REAL NOT NULL, excess_error REAL NOT NULL,
            median REAL NOT NULL, best REAL NOT NULL, worst REAL NOT NULL, p_value REAL NOT NULL, q_value REAL NOT NULL,
            last_time INTEGER NOT NULL, PRIMARY KEY (candle_interval, kind, pattern, horizon)) WITHOUT ROWID
        """,
        """
        CREATE TABLE IF NOT EXISTS clusters (
            candle_interval INTEGER NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL, centroid TEXT NOT NULL,
            typical_distance REAL NOT NULL, far_distance REAL NOT NULL, PRIMARY KEY (candle_interval, number)) WITHOUT ROWID
        """,
        """
        CREATE TABLE IF NOT EXISTS cluster_returns (
            candle_interval INTEGER NOT NULL, number INTEGER NOT NULL, horizon INTEGER NOT NULL, windows INTEGER NOT NULL,
            dates INTEGER NOT NULL, blocks INTEGER NOT NULL, average REAL, average_error REAL, excess REAL, excess_error REAL, median REAL,
            up_share REAL, PRIMARY KEY (candle_interval, number, horizon)) WITHOUT ROWID
        """,
        """
        CREATE TABLE IF NOT EXISTS cluster_today (
            candle_interval INTEGER NOT NULL, symbol VARCHAR(100) NOT NULL, open_time INTEGER NOT NULL, number INTEGER NOT NULL,
            number_before INTEGER NOT NULL, distance REAL NOT NULL, is_far INTEGER NOT NULL, PRIMARY KEY (candle_interval, symbol)) WITHOUT ROWID
        """,
        """
        CREATE TABLE IF NOT EXISTS report_runs (
            report VARCHAR(40) NOT NULL, report_day INTEGER NOT NULL, composed_ms INTEGER NOT NULL, messages INTEGER NOT NULL,
            PRIMARY KEY (report, report_day)) WITHOUT ROWID
        """,

        // What was told within a time.
        "CREATE INDEX IF NOT EXISTS ix_outbox_told ON outbox (kind, as_of)",

        // What signals were worth: * stands for all together, direction 0 for both; what cannot be told is NULL.
        """
        CREATE TABLE IF NOT EXISTS backtest_stats (
            candle_interval INTEGER NOT NULL, horizon INTEGER NOT NULL, symbol VARCHAR(100) NOT NULL, strategy VARCHAR(100) NOT NULL,
            direction INTEGER NOT NULL, total INTEGER NOT NULL, successes INTEGER NOT NULL, trades INTEGER NOT NULL,
            average REAL NOT NULL, median REAL NOT NULL, best REAL NOT NULL, worst REAL NOT NULL, deviation REAL, profit_factor REAL,
            expectancy REAL NOT NULL, sharpe REAL, sortino REAL, average_adverse REAL NOT NULL, average_favourable REAL NOT NULL,
            max_adverse REAL NOT NULL, max_favourable REAL NOT NULL, drift REAL, max_drawdown REAL NOT NULL, trade_sharpe REAL,
            trade_skewness REAL, trade_kurtosis REAL, average_low REAL, average_high REAL, rate_low REAL, rate_high REAL,
            sharpe_low REAL, sharpe_high REAL, factor_low REAL, factor_high REAL, random_p REAL, deflated_sharpe REAL,
            PRIMARY KEY (candle_interval, horizon, symbol, strategy, direction)) WITHOUT ROWID
        """,

        // What picking the best of a window would have brought in the next one. Dates are day numbers.
        """
        CREATE TABLE IF NOT EXISTS backtest_walks (
            candle_interval INTEGER NOT NULL, horizon INTEGER NOT NULL, test_from INTEGER NOT NULL, train_from INTEGER NOT NULL,
            test_to INTEGER NOT NULL, strategy TEXT NOT NULL, train_total INTEGER NOT NULL, train_average REAL NOT NULL,
            total INTEGER NOT NULL, successes INTEGER NOT NULL, average REAL, drift REAL,
            PRIMARY KEY (candle_interval, horizon, test_from)) WITHOUT ROWID
        """,

        // Of a key only its hash is kept.
        """
        CREATE TABLE IF NOT EXISTS api_keys (
            id INTEGER PRIMARY KEY AUTOINCREMENT, key_hash VARCHAR(64) NOT NULL, name TEXT NOT NULL, scope INTEGER NOT NULL,
            created_ms INTEGER NOT NULL, used_ms INTEGER, revoked_ms INTEGER, UNIQUE (key_hash))
        """,

        // News, each once. Known by the hash of the publisher's id, of the canonical address (both at time 0), of the title at its own time.
        """
        CREATE TABLE IF NOT EXISTS news (
            id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, summary TEXT, link TEXT, published_ms INTEGER,
            item_time INTEGER NOT NULL, seen_ms INTEGER NOT NULL, told INTEGER NOT NULL)
        """,
        "CREATE INDEX IF NOT EXISTS ix_news_time ON news (item_time, id)",
        """
        CREATE TABLE IF NOT EXISTS news_keys (
            key_hash VARCHAR(64) NOT NULL, item_time INTEGER NOT NULL, news_id INTEGER NOT NULL, PRIMARY KEY (key_hash, item_time)) WITHOUT ROWID
        """,

        // Which source had an item, and the symbol that the source is about; empty for none.
        """
        CREATE TABLE IF NOT EXISTS news_mentions (
            news_id INTEGER NOT NULL, feed VARCHAR(100) NOT NULL, symbol VARCHAR(100) NOT NULL, item_time INTEGER NOT NULL,
            PRIMARY KEY (news_id, feed)) WITHOUT ROWID
        """,
        "CREATE INDEX IF NOT EXISTS ix_news_mentions_symbol ON news_mentions (symbol, item_time, news_id)",
        "CREATE INDEX IF NOT EXISTS ix_news_mentions_feed ON news_mentions (feed, item_time, news_id)",
        """
        CREATE TABLE IF NOT EXISTS news_feeds (
            feed VARCHAR(100) NOT NULL PRIMARY KEY, mark VARCHAR(64) NOT NULL, first_ms INTEGER, last_ms INTEGER, newest_time INTEGER,
            failures INTEGER NOT NULL, next_ms INTEGER, last_error TEXT, failed_ms INTEGER) WITHOUT ROWID
        """,

        // What a chat wishes, as JSON; why it was switched off; where it has gone; and what the settings said last.
        "ALTER TABLE chats ADD COLUMN wishes TEXT",
        "ALTER TABLE chats ADD COLUMN fault TEXT",
        "ALTER TABLE chats ADD COLUMN moved_to VARCHAR(100)",
        "ALTER TABLE chats ADD COLUMN seed TEXT",

        // Symbols that are not told of for a while; the chat is empty for all of them.
        """
        CREATE TABLE IF NOT EXISTS chat_mutes (
            chat VARCHAR(100) NOT NULL, symbol VARCHAR(100) NOT NULL, until_ms INTEGER NOT NULL, PRIMARY KEY (chat, symbol)) WITHOUT ROWID
        """,

        // What became of live signals: empty until the horizon has passed, and again after a correction of the series.
        """
        CREATE TABLE IF NOT EXISTS outcomes (
            signal_id INTEGER NOT NULL REFERENCES signals (id), horizon INTEGER NOT NULL, due_time INTEGER NOT NULL, settled_ms INTEGER,
            exit_time INTEGER, exit_close REAL, outcome REAL, adverse REAL, favourable REAL, version INTEGER,
            PRIMARY KEY (signal_id, horizon)) WITHOUT ROWID
        """,
        "CREATE INDEX IF NOT EXISTS ix_outcomes_due ON outcomes (settled_ms, due_time)",

        // The newest runs of each job; ended_ms is unknown of one that was cut off.
        """
        CREATE TABLE IF NOT EXISTS job_runs (
            id INTEGER PRIMARY KEY AUTOINCREMENT, job VARCHAR(100) NOT NULL, run_id VARCHAR(40) NOT NULL, started_ms INTEGER NOT NULL,
            ended_ms INTEGER, outcome INTEGER NOT NULL, took_ms INTEGER NOT NULL, details TEXT NOT NULL, UNIQUE (run_id))
        """,
        "CREATE INDEX IF NOT EXISTS ix_job_runs_job ON job_runs (job, id)",
    ];

    private const string VersionTable =
        "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY, applied_ms INTEGER NOT NULL)";

    /// <summary>The last step that was taken; 0 for a new database, null for one that has tables of something else.</summary>
    public static int? ReadVersion(DbConnection connection, SqlDialect dialect)
    {
        var tables = connection.Query<string>(dialect.Tables).ToList();
        return tables.Contains("schema_version") ? connection.ExecuteScalar<int>("SELECT COALESCE(MAX(version), 0) FROM schema_version")
            : tables.Count == 0 ? 0
            : null;
    }

    /// <summary>
    /// Takes the steps after <paramref name="version"/>, each with its mark in one transaction. Where a database commits a step at once,
    /// a crash can leave it without its mark; then it is taken again.
    /// </summary>
    public static void Migrate(DbConnection connection, SqlDialect dialect, IReadOnlyList<string> steps, int version, DateTimeOffset at)
    {
        dialect.TakeStep(connection, VersionTable);
        for (var i = version; i < steps.Count; i++)
        {
            using var transaction = connection.BeginTransaction();
            dialect.TakeStep(connection, steps[i]);
            connection.Execute(
                "INSERT INTO schema_version (version, applied_ms) VALUES (@Version, @At)",
                new { Version = i + 1, At = at.ToUnixTimeMilliseconds() }, transaction);
            transaction.Commit();
        }
    }
}
