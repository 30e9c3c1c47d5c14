using System.Data.Common;
using Dapper;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>News and their sources.</summary>
internal sealed class NewsStore(ISqlDatabase database) : INewsStore
{
    private readonly NewsWriter writer = new(database.Dialect);
    private readonly NewsFeedRows feeds = new(database.Dialect);
    private readonly AlertWriter alerts = new(database.Dialect);

    public Task<NewsStanding?> FindFeedAsync(string feed, CancellationToken cancellation) =>
        database.ReadAsync(c => NewsFeedRows.Find(c, feed), cancellation);

    public Task<IReadOnlyList<NewsStanding>> ReadFeedsAsync(CancellationToken cancellation) =>
        database.ReadAsync(NewsFeedRows.Read, cancellation);

    public Task SaveFailureAsync(NewsFailure failure, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return database.WriteAsync(c => feeds.SaveFailure(c, failure), cancellation);
    }

    public Task<NewsStored> CommitAsync(NewsCrawl crawl, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(crawl);
        return database.WriteAsync(c => Commit(c, crawl), cancellation);
    }

    public Task<IReadOnlyList<NewsRow>> ReadNewsAsync(NewsQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return database.ReadAsync(c => NewsReading.Read(c, query), cancellation);
    }

    public Task<long> CountNewsAsync(CancellationToken cancellation) =>
        database.ReadAsync(c => c.ExecuteScalar<long>("SELECT COUNT(*) FROM news"), cancellation);

    private NewsStored Commit(DbConnection connection, NewsCrawl crawl)
    {
        var digest = new NewsDigest(crawl);
        var (added, repeats) = (0, 0);
        foreach (var batch in crawl.Batches)
        {
            var known = NewsFeedRows.Find(connection, batch.Origin.Feed);
            var since = known?.Mark == batch.Origin.Mark ? known.FirstAnswer?.ToUnixTimeSeconds() : null;
            foreach (var item in batch.Items)
            {
                var (id, isNew) = writer.Write(connection, batch.Origin, item, crawl.At);
                _ = isNew ? added++ : repeats++;
                digest.Add(id, isNew, batch.Origin, item, isTold: since is { } first && item.Keys.Time >= first);
            }

            feeds.SaveAnswer(connection, batch, known, crawl.At);
        }

        NewsWriter.MarkTold(connection, digest.Told);
        var (_, chats) = digest.Payload is { } payload
            ? alerts.Write(connection, [payload.ToAlert(crawl.Name)], Grains.Interfaces.Symbols.Audience.EveryChat, crawl.At)
            : (0, []);
        return new NewsStored(added, digest.Told.Count, repeats, chats);
    }
}
