using System.Globalization;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.News;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Jobs;
using Finstage.Grains.Ports;
using Finstage.Grains.Prices;
using Finstage.Hosting;
using Microsoft.Extensions.Logging;

namespace Finstage.Grains.News;

/// <summary>
/// The job <c>news</c>: a crawl. It asks every source that may be asked, outside any turn and from one process, then stores what all of
/// them brought together with its digest in one transaction. A crawl that is cut off before has changed nothing and asks again; one that
/// is repeated finds everything known.
/// </summary>
public sealed partial class NewsJob(
    INewsFeed feed, INewsStore news, NewsSources sources, TimeProvider clock, ILoggerFactory loggers) : IJobWork
{
    /// <summary>The job's name.</summary>
    public const string JobName = "news";

    private const int AtOnce = 5;

    private readonly ILogger<NewsJob> logger = loggers.CreateLogger<NewsJob>();

    // A host that fails for every symbol is told of once.
    private readonly FeedWatch watch = new(clock, loggers.CreateLogger<FeedWatch>());

    /// <inheritdoc/>
    public string Name => JobName;

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.Every(TimeSpan.FromMinutes(90));

    /// <inheritdoc/>
    public TimeSpan? RetryAfter { get; } = JobSchedule.RetryWhenUnreachable;

    /// <inheritdoc/>
    public JobProgress Progress { get; } = new();

    /// <inheritdoc/>
    public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(grains);
        var watched = (await grains.Get<IMarketGrain>(IMarketGrain.Main).ListAsync()).Where(s => s.Enabled).ToList();
        var all = sources.Of(watched);
        var asked = new Asked[all.Count];
        Progress.Begin(all.Count, "asking");
        try
        {
            var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
            await Parallel.ForEachAsync(Enumerable.Range(0, all.Count), limit, async (i, token) =>
            {
                asked[i] = await AskAsync(grains, all[i], token);
                Progress.Step(all[i].Source.Id);
            });
        }
        finally
        {
            Progress.End();
        }

        // In the order of the settings, so that the source whose name stands above an item does not depend on who answered first.
        var batches = all.Zip(asked).Where(a => a.Second.Page is not null).Select(a => new NewsBatch(a.First.Origin, a.Second.Page!.Items)).ToList();
        var stored = await news.CommitAsync(new NewsCrawl(Guid.NewGuid().ToString("n"), clock.GetUtcNow(), batches), cancellation);
        foreach (var chat in stored.Chats)
        {
            await TellAsync(grains, chat);
        }

        return Summary(asked, stored);
    }

    private static string Summary(Asked[] asked, NewsStored stored)
    {
        var answered = asked.Count(a => a.Page is not null);
        var failed = asked.Count(a => a.Error is not null);
        var (left, unread) = (asked.Length - answered - failed, asked.Sum(a => a.Page?.Rejected.Count ?? 0));
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{answered}/{asked.Length} sources answered, {stored.New} new headlines, {stored.Told} of them told, {stored.Repeats} known");
        summary += unread > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {unread} items could not be read") : string.Empty;
        summary += left > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {left} are left alone for a while") : string.Empty;
        if (failed == 0)
        {
            return summary;
        }

        summary = string.Create(CultureInfo.InvariantCulture, $"{summary}; {failed} failed, the first because: {asked.First(a => a.Error is not null).Error}");
        return answered > 0 ? summary : throw new InvalidOperationException(summary);
    }

    /// <summary>Asks one source; whatever goes wrong is its own affair.</summary>
    private async Task<Asked> AskAsync(IGrains grains, CrawledSource source, CancellationToken cancellation)
    {
        try
        {
            var grain = grains.Get<INewsGrain>(source.Source.Id);
            if (!(await grain.BeginAsync(source.Origin.Mark)).IsDue)
            {
                return new Asked(null, null);
            }

            var result = await feed.ReadAsync(source.Source, cancellation);
            if (result.TryGet(out var page, out var failure))
            {
                watch.Answered(source.Source.Address.Host, source.Source.Id);
                return new Asked(page, null);
            }

            watch.Failed(source.Source.Address.Host, source.Source.Id, failure);
            var isOfSource = failure.Fault is not (FeedFault.Unreachable or FeedFault.Suspended);
            await grain.FailedAsync(new NewsTrouble(
                source.Origin.Mark, failure.Message, isOfSource, (long)(failure.RetryAfter ?? TimeSpan.Zero).TotalMilliseconds));
            return new Asked(null, failure.Message);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogFailed(error, source.Source.Id);
            return new Asked(null, error.Message);
        }
    }

    // The rows are in the outbox already: a lost word costs a minute, until the notifier's heartbeat.
    private async Task TellAsync(IGrains grains, string chat)
    {
        try
        {
            await grains.Get<INotifierGrain>(chat).WakeAsync(0);
        }
        catch (Exception error)
        {
            LogNotTold(error, chat);
        }
    }

    /// <summary>What came of a source: a page, an error, or neither where it was left alone.</summary>
    private sealed record Asked(NewsPage? Page, string? Error);

    [LoggerMessage(Level = LogLevel.Error, Message = "The source {Feed} could not be read; the others go on.")]
    private partial void LogFailed(Exception error, string feed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The crawl could not wake the notifier of chat {Chat}; its heartbeat will find the rows.")]
    private partial void LogNotTold(Exception error, string chat);
}
