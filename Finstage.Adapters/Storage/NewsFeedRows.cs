using System.Data.Common;
using Dapper;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>The rows of sources of news, inside a transaction that its caller holds.</summary>
internal sealed class NewsFeedRows(SqlDialect dialect)
{
    private const string Columns =
        """
        SELECT feed AS Feed, mark AS Mark, first_ms AS FirstMs, last_ms AS LastMs, newest_time AS NewestTime, failures AS Failures,
               next_ms AS NextMs, last_error AS LastError, failed_ms AS FailedMs
        FROM news_feeds
        """;

    private const string Update =
        """
        UPDATE news_feeds SET mark = @mark, first_ms = @first, last_ms = @last, newest_time = @newest, failures = @failures,
            next_ms = @next, last_error = @error, failed_ms = @failed
        WHERE feed = @feed
        """;

    private readonly string insert =
        $"""
        {dialect.InsertNew} news_feeds (feed, mark, first_ms, last_ms, newest_time, failures, next_ms, last_error, failed_ms)
        VALUES (@feed, @mark, @first, @last, @newest, @failures, @next, @error, @failed)
        {dialect.IfNew}
        """;

    public static NewsStanding? Find(DbConnection connection, string feed) =>
        connection.QuerySingleOrDefault<FeedData>($"{Columns} WHERE feed = @feed", new { feed })?.Standing;

    public static IReadOnlyList<NewsStanding> Read(DbConnection connection) =>
        [.. connection.Query<FeedData>($"{Columns} ORDER BY feed").Select(f => f.Standing)];

    /// <summary>Keeps that the source answered.</summary>
    public int SaveAnswer(DbConnection connection, NewsBatch batch, NewsStanding? known, DateTimeOffset at)
    {
        var same = known?.Mark == batch.Origin.Mark ? known : null;
        var newest = batch.Items.Select(i => (long?)i.Keys.Time).Append(same?.LastSeen).Max();
        return Save(connection, new NewsStanding(
            batch.Origin.Feed, batch.Origin.Mark, same?.FirstAnswer ?? at, at, newest, 0, null, null, null));
    }

    /// <summary>Keeps that the source did not answer.</summary>
    public int SaveFailure(DbConnection connection, NewsFailure failure)
    {
        var same = Find(connection, failure.Feed) is { } known && known.Mark == failure.Mark
            ? known
            : new NewsStanding(failure.Feed, failure.Mark, null, null, null, 0, null, null, null);
        return Save(connection, same with
        {
            Failures = failure.Failures, NextAttempt = failure.NextAttempt, Error = failure.Error, FailedAt = failure.At,
        });
    }

    private int Save(DbConnection connection, NewsStanding row)
    {
        var values = new
        {
            feed = row.Feed, mark = row.Mark, first = Ms(row.FirstAnswer), last = Ms(row.LastAnswer), newest = row.LastSeen,
            failures = row.Failures, next = Ms(row.NextAttempt), error = row.Error, failed = Ms(row.FailedAt),
        };
        return connection.Execute(Update, values) == 1 ? 1 : connection.Execute(insert, values);
    }

    private static long? Ms(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    private sealed record FeedData(
        string Feed, string Mark, long? FirstMs, long? LastMs, long? NewestTime, long Failures, long? NextMs, string? LastError, long? FailedMs)
    {
        public NewsStanding Standing => new(
            Feed, Mark, Moment(FirstMs), Moment(LastMs), NewestTime, (int)Failures, Moment(NextMs), LastError, Moment(FailedMs));

        private static DateTimeOffset? Moment(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}
