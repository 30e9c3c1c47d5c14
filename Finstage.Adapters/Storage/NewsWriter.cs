using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Finstage.Analysis.News;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>Writes items of news, inside a transaction that its caller holds.</summary>
internal sealed class NewsWriter(SqlDialect dialect)
{
    private const string FindKey = "SELECT news_id FROM news_keys WHERE key_hash = @hash AND item_time = 0";

    internal const string FindTitle =
        "SELECT news_id FROM news_keys WHERE key_hash = @hash AND item_time >= @from AND item_time <= @to ORDER BY item_time LIMIT 1";

    private const string Insert =
        """
        INSERT INTO news (title, summary, link, published_ms, item_time, seen_ms, told)
        VALUES (@title, @summary, @link, @published, @time, @seen, 0)
        """;

    private readonly string insertKey =
        $"{dialect.InsertNew} news_keys (key_hash, item_time, news_id) VALUES (@hash, @time, @id) {dialect.IfNew}";

    private readonly string insertMention =
        $"""
        {dialect.InsertNew} news_mentions (news_id, feed, symbol, item_time) VALUES (@id, @feed, @symbol, @time) {dialect.IfNew}
        """;

    /// <summary>Writes an item where it is not known, and in either case that the source has it.</summary>
    /// <returns>The item's number, and whether it was not known.</returns>
    public (long Id, bool IsNew) Write(DbConnection connection, NewsOrigin origin, NewsItem item, DateTimeOffset at)
    {
        var keys = item.Keys;
        var found = Find(connection, keys);
        var id = found?.Id ?? Add(connection, item, at);

        // An item that comes again under a new address is known by that one too.
        Remember(connection, Hash('i', keys.Id), 0, id);
        Remember(connection, Hash('l', keys.Link), 0, id);
        var time = found?.Time ?? keys.Time;
        connection.Execute(insertMention, new { id, feed = origin.Feed, symbol = origin.Symbol?.Code ?? string.Empty, time });
        return (id, found is null);
    }

    /// <summary>Marks items as told.</summary>
    public static void MarkTold(DbConnection connection, IReadOnlyCollection<long> ids)
    {
        foreach (var part in ids.Chunk(500))
        {
            connection.Execute("UPDATE news SET told = 1 WHERE id IN @part", new { part });
        }
    }

    private static (long Id, long Time)? Find(DbConnection connection, NewsKeys keys)
    {
        var id = ByKey(connection, Hash('i', keys.Id)) ?? ByKey(connection, Hash('l', keys.Link)) ?? ByTitle(connection, keys);
        return id is { } known ? (known, connection.ExecuteScalar<long>("SELECT item_time FROM news WHERE id = @known", new { known })) : null;
    }

    private static long? ByKey(DbConnection connection, string? hash) =>
        hash is null ? null : connection.QueryFirstOrDefault<long?>(FindKey, new { hash });

    private static long? ByTitle(DbConnection connection, NewsKeys keys) => Hash('t', keys.Title) is not { } hash
        ? null
        : connection.QueryFirstOrDefault<long?>(
            FindTitle, new { hash, from = keys.Time - NewsKeys.TitleWindow, to = keys.Time + NewsKeys.TitleWindow });

    private long Add(DbConnection connection, NewsItem item, DateTimeOffset at)
    {
        connection.Execute(Insert, new
        {
            title = item.Title, summary = item.Summary, link = item.Link, published = item.Published?.ToUnixTimeMilliseconds(),
            time = item.Keys.Time, seen = at.ToUnixTimeMilliseconds(),
        });
        var id = connection.ExecuteScalar<long>(dialect.LastId);
        Remember(connection, Hash('t', item.Keys.Title), item.Keys.Time, id);
        return id;
    }

    private void Remember(DbConnection connection, string? hash, long time, long id)
    {
        if (hash is not null)
        {
            connection.Execute(insertKey, new { hash, time, id });
        }
    }

    // Of one length, whatever the publisher's name for it: a key has room for it. The letter keeps ids, links and titles apart.
    private static string? Hash(char kind, string? key) => string.IsNullOrEmpty(key)
        ? null
        : kind + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
