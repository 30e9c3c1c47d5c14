using System.Collections.Concurrent;
using Finstage.Analysis.News;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Tests.News;

/// <summary>Sources of news that answer as a test says; without a word they have nothing but one old item.</summary>
internal sealed class PlannedNews(TimeProvider time) : INewsFeed
{
    /// <summary>The sources that were asked, in order.</summary>
    public ConcurrentQueue<NewsSource> Asked { get; } = new();

    /// <summary>The titles that a source has now, each with the minutes since it came out.</summary>
    public ConcurrentDictionary<string, (string Title, int MinutesAgo)[]> Titles { get; } = new();

    /// <summary>Why a source has no answer; <c>*</c> is every source.</summary>
    public ConcurrentDictionary<string, FeedFailure> Failures { get; } = new();

    /// <summary>A source whose reading throws.</summary>
    public string? Broken { get; set; }

    public Task<FeedResult<NewsPage>> ReadAsync(NewsSource source, CancellationToken cancellation)
    {
        Asked.Enqueue(source);
        if (Failures.TryGetValue(source.Id, out var failure) || Failures.TryGetValue("*", out failure))
        {
            return Task.FromResult(new FeedResult<NewsPage>(failure));
        }

        if (source.Id == Broken)
        {
            throw new InvalidOperationException("It broke.");
        }

        var now = time.GetUtcNow();
        var items = Titles.GetValueOrDefault(source.Id, [("old", 10_000)]).Select(t =>
        {
            var published = now - TimeSpan.FromMinutes(t.MinutesAgo);
            return new NewsItem(
                t.Title, null, $"https://e.com/{t.Title}", published,
                NewsKeys.Of("e.com", t.Title, $"https://e.com/{t.Title}", t.Title, published.ToUnixTimeSeconds()));
        });
        return Task.FromResult(new FeedResult<NewsPage>(new NewsPage(source.Id, null, now, [.. items], [], 0, false)));
    }
}
