using System.Globalization;
using System.Net;
using System.Text;

namespace Finstage.Simulation;

/// <summary>
/// News that follow from nothing but a source and a moment, so that every process and every restart sees the same. A symbol's source has
/// articles of its own and those that all symbols share; some articles come again after two hours under another id and address. Topics have
/// no ids and write their times without a zone. Pure and thread-safe.
/// </summary>
internal static class StandInNews
{
    private const long Slot = 1_800;
    private const long SharedSlot = 7_200;
    private const long Shown = 24 * 3_600;
    private const long RepostedAfter = 7_200;
    private const string Headlines = "/rss/2.0/headline";
    private const string Shared = "*";

    // What titles hold in the wild.
    private static readonly string[] Endings = [" rises & falls", " < 5 %", " \"rests\"", " 삼성전자 상승", " 🚀 to the moon", " مرحبا"];

    /// <summary>The sources of the settings, as settings that lead them to this server.</summary>
    /// <param name="url">The server.</param>
    public static IEnumerable<(string Name, string Value)> Settings(string url) =>
    [
        ("News:Feeds:0:Url", url + Headlines + "?s={symbol}&region=US&lang=en-US"),
        .. ((string[])["news", "news_25", "market_overview", "commodities", "forex"]).Select((topic, i) =>
            ($"News:Feeds:{i + 1}:Url", $"{url}/rss/{topic}.rss")),
    ];

    /// <summary>What tells a source's articles from another's; null where there is no such source.</summary>
    public static string? SourceOf(string path, string symbol) =>
        path == Headlines && symbol.Length > 0 ? symbol : path.StartsWith("/rss/", StringComparison.Ordinal) && path.EndsWith(".rss", StringComparison.Ordinal) ? path : null;

    /// <summary>The articles of a source that came out within a time, each once, oldest first.</summary>
    public static IEnumerable<Article> Published(string source, long from, long to) =>
        Own(source, Slot, from, to).Concat(IsTopic(source) ? [] : Own(Shared, SharedSlot, from, to)).OrderBy(a => a.Time);

    /// <summary>A source's answer: what came out in the last 24 hours, newest first.</summary>
    public static byte[] Write(string source, long now)
    {
        var articles = Published(source, now - Shown - RepostedAfter, now).ToList();
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>News</title>");
        foreach (var article in articles.Concat(articles.Where(a => a.IsReposted && a.Time + RepostedAfter <= now).Select(Again)).Where(a => a.Time > now - Shown)
            .OrderByDescending(a => a.Time))
        {
            Write(text, article, IsTopic(source));
        }

        return Encoding.UTF8.GetBytes(text.Append("</channel></rss>").ToString());
    }

    private static void Write(StringBuilder text, Article article, bool isTopic)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(article.Time);
        var link = WebUtility.HtmlEncode($"https://example.com/{article.Id}.html?.tsrc=rss&utm_source=x");
        text.Append("<item><title>").Append(WebUtility.HtmlEncode(article.Title)).Append("</title><link>").Append(link).Append("</link>");
        text.Append(isTopic
            ? string.Create(CultureInfo.InvariantCulture, $"<pubDate>{time:yyyy-MM-dd HH:mm:ss}</pubDate></item>")
            : string.Create(CultureInfo.InvariantCulture, $"<guid isPermaLink=\"false\">{article.Id}</guid><pubDate>{time:R}</pubDate></item>"));
    }

    private static IEnumerable<Article> Own(string source, long slot, long from, long to)
    {
        for (var number = (from / slot) - 1; number * slot <= to; number++)
        {
            var noise = Noise(source, number);
            var time = (number * slot) + (noise / 64 % slot);
            if (time >= from && time <= to && (source == Shared || noise % 3 == 0))
            {
                var name = source == Shared ? "Markets" : source;
                var title = string.Create(CultureInfo.InvariantCulture, $"{name} no. {number}{Endings[noise / 8 % Endings.Length]}");
                yield return new Article(string.Create(CultureInfo.InvariantCulture, $"{Uri.EscapeDataString(name)}-{number}"), title, time, noise / 4 % 5 == 0);
            }
        }
    }

    private static Article Again(Article article) => article with { Id = article.Id + "-again", Time = article.Time + RepostedAfter };

    private static bool IsTopic(string source) => source.StartsWith('/');

    private static uint Noise(string source, long number)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var c in source)
        {
            hash = (hash ^ c) * 1_099_511_628_211UL;
        }

        hash = (hash ^ (ulong)number) * 1_099_511_628_211UL;
        hash ^= hash >> 32;
        return (uint)((hash * 0x9E3779B97F4A7C15UL) >> 33);
    }

    /// <summary>An article.</summary>
    /// <param name="Id">Its name.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Time">When it came out, Unix seconds.</param>
    /// <param name="IsReposted">Whether it comes again.</param>
    internal sealed record Article(string Id, string Title, long Time, bool IsReposted);
}
