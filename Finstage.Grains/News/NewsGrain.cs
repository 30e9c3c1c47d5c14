using Finstage.Grains.Interfaces.News;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Grains.News;

/// <summary>
/// One source of news. How it stands is in the store, where a crawl that brought something puts it together with what it brought; so the
/// grain holds nothing, and one that wakes up after a crash knows as much as before.
/// </summary>
internal sealed class NewsGrain(INewsStore news, TimeProvider clock) : KeyedGrain, INewsGrain
{
    public async Task<NewsAttempt> BeginAsync(string mark)
    {
        var known = await news.FindFeedAsync(Key, CancellationToken.None);
        return known?.Mark == mark && known.NextAttempt is { } next && next > clock.GetUtcNow()
            ? new NewsAttempt(IsDue: false, next.ToUnixTimeMilliseconds())
            : new NewsAttempt(IsDue: true, 0);
    }

    public async Task<NewsAttempt> FailedAsync(NewsTrouble trouble)
    {
        ArgumentNullException.ThrowIfNull(trouble);
        var (known, now) = (await news.FindFeedAsync(Key, CancellationToken.None), clock.GetUtcNow());
        var failures = (known?.Mark == trouble.Mark ? known.Failures : 0) + 1;
        DateTimeOffset? next = trouble.IsOfSource ? now + NewsBackoff.After(failures, TimeSpan.FromMilliseconds(trouble.RetryAfterMs)) : null;
        await news.SaveFailureAsync(new NewsFailure(Key, trouble.Mark, failures, now, next, trouble.Error), CancellationToken.None);
        return new NewsAttempt(next is null, next?.ToUnixTimeMilliseconds() ?? 0);
    }

    public async Task<NewsFeedView?> DescribeAsync() => await news.FindFeedAsync(Key, CancellationToken.None) is { } known
        ? new NewsFeedView(
            known.Feed, Ms(known.FirstAnswer), Ms(known.LastAnswer), (known.LastSeen ?? 0) * 1_000, known.Failures, Ms(known.NextAttempt), known.Error)
        : null;

    private static long Ms(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds() ?? 0;
}
