using System.Data.Common;
using System.Text;
using Dapper;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>Reads stored news.</summary>
internal static class NewsReading
{
    private const string OfAll = "SELECT n.item_time AS Time, n.id AS Id FROM news n WHERE n.item_time >= @From";

    // Several sources of one symbol may have the same item.
    private const string OfMentions = "SELECT DISTINCT n.item_time AS Time, n.news_id AS Id FROM news_mentions n WHERE n.item_time >= @From";

    private const string Columns =
        """
        SELECT id AS Id, title AS Title, summary AS Summary, link AS Link, published_ms AS PublishedMs, item_time AS ItemTime,
               seen_ms AS SeenMs, told AS Told
        FROM news WHERE id IN @ids
        """;

    private const string Mentions = "SELECT news_id AS NewsId, feed AS Feed, symbol AS Symbol FROM news_mentions WHERE news_id IN @ids ORDER BY feed";

    // What SQLite takes as parameters of one statement, with room to spare.
    private const int Part = 500;

    public static IReadOnlyList<NewsRow> Read(DbConnection connection, NewsQuery query)
    {
        var values = new
        {
            query.From, query.Symbol, query.Feed, query.Limit, BeforeTime = query.Before?.Time, BeforeId = query.Before?.Id,
        };
        var rows = new List<NewsRow>();
        foreach (var ids in connection.Query<PlaceData>(Statement(query), values).Select(p => p.Id).ToList().Chunk(Part))
        {
            var mentions = connection.Query<MentionData>(Mentions, new { ids }).ToLookup(m => m.NewsId);
            var found = connection.Query<ItemData>(Columns, new { ids }).ToDictionary(i => i.Id);
            rows.AddRange(ids.Select(id => Row(found[id], mentions[id])));
        }

        return rows;
    }

    /// <summary>
    /// The statement that finds the items: constant pieces alone, those of the filters that are set, so that each combination can use its
    /// index. Values go in as parameters.
    /// </summary>
    internal static string Statement(NewsQuery query)
    {
        var isOfAll = query.Symbol is null && query.Feed is null;
        var id = isOfAll ? "n.id" : "n.news_id";
        var sql = new StringBuilder(isOfAll ? OfAll : OfMentions, 512);
        sql.Append(query.Symbol is null ? string.Empty : " AND n.symbol = @Symbol");
        sql.Append(query.Feed is null ? string.Empty : " AND n.feed = @Feed");
        sql.Append(query.Before is null
            ? string.Empty
            : $" AND n.item_time <= @BeforeTime AND (n.item_time < @BeforeTime OR {id} < @BeforeId)");
        return sql.Append(" ORDER BY Time DESC, Id DESC LIMIT @Limit").ToString();
    }

    private static NewsRow Row(ItemData item, IEnumerable<MentionData> mentions) => new(
        item.Id, item.Title, item.Summary, item.Link,
        item.PublishedMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null, item.ItemTime,
        DateTimeOffset.FromUnixTimeMilliseconds(item.SeenMs), item.Told != 0, [.. mentions.Select(m => m.Feed)],
        [.. mentions.Select(m => m.Symbol).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal)]);

    private sealed record PlaceData(long Time, long Id);

    private sealed record MentionData(long NewsId, string Feed, string Symbol);

    private sealed record ItemData(
        long Id, string Title, string? Summary, string? Link, long? PublishedMs, long ItemTime, long SeenMs, long Told);
}
