using Finstage.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace Finstage.Grains.Prices;

/// <summary>
/// How the feeds stand, for <c>/health</c> and the log: an outage is told once when it begins and once when it ends, whatever fails
/// meanwhile; a single symbol that fails is told once until it answers again. Thread-safe.
/// </summary>
public sealed partial class FeedWatch(TimeProvider clock, ILogger<FeedWatch> logger)
{
    /// <summary>Questions in a row without an answer that make an outage; where nobody can be reached, or is left alone, one does.</summary>
    public const int OutageFailures = 3;

    private const int MaxSubjects = 1_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Feed> feeds = new(StringComparer.Ordinal);

    /// <summary>How every feed that was asked so far stands, by name.</summary>
    public IReadOnlyList<FeedStanding> Standings
    {
        get
        {
            lock (gate)
            {
                return [.. feeds.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value.Standing(f.Key))];
            }
        }
    }

    /// <summary>Whether a feed is known to be out.</summary>
    public bool IsOut(string feed)
    {
        lock (gate)
        {
            return feeds.TryGetValue(feed, out var known) && known.OutSince is not null;
        }
    }

    /// <summary>Whether a feed said of a subject that there is nothing: asking again soon is in vain.</summary>
    public bool IsUnknown(string feed, string subject)
    {
        lock (gate)
        {
            return feeds.TryGetValue(feed, out var known) && known.Failing.TryGetValue(subject, out var failing) && IsOfSubject(failing.Fault);
        }
    }

    /// <summary>Takes note of an answer.</summary>
    /// <param name="feed">The feed, such as <c>yahoo</c>.</param>
    /// <param name="subject">What it was asked for, such as a symbol.</param>
    public void Answered(string feed, string subject)
    {
        TimeSpan? outage = null;
        var isBack = false;
        lock (gate)
        {
            var state = FeedOf(feed);
            var now = clock.GetUtcNow();
            if (state.OutSince is { } since)
            {
                outage = now - since;
            }

            (state.LastAnswer, state.OutSince, state.InARow) = (now, null, 0);
            isBack = state.Failing.Remove(subject);
        }

        if (outage is { } length)
        {
            LogBack(feed, length);
        }
        else if (isBack)
        {
            LogSubjectBack(feed, subject);
        }
    }

    /// <summary>Takes note of a question without an answer.</summary>
    public void Failed(string feed, string subject, FeedFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        bool begins;
        bool isNew;
        lock (gate)
        {
            var state = FeedOf(feed);
            var now = clock.GetUtcNow();
            state.LastError = failure.Message;
            var isOfFeed = !IsOfSubject(failure.Fault);
            state.InARow += isOfFeed ? 1 : 0;
            begins = state.OutSince is null && isOfFeed && (state.InARow >= OutageFailures || failure.Fault is FeedFault.Unreachable or FeedFault.Suspended);
            if (begins)
            {
                state.OutSince = now;
            }

            var isOut = state.OutSince is not null;
            isNew = !isOut && !state.Failing.ContainsKey(subject);
            if (state.Failing.Count < MaxSubjects || state.Failing.ContainsKey(subject))
            {
                var since = state.Failing.TryGetValue(subject, out var known) ? known.Since : now;
                state.Failing[subject] = new FailingSubject(subject, failure.Fault, failure.Message, since);
            }
        }

        if (begins)
        {
            LogOut(feed, failure.Message);
        }
        else if (isNew)
        {
            LogSubjectFails(feed, subject, failure.Message);
        }
    }

    private static bool IsOfSubject(FeedFault fault) => fault is FeedFault.NotFound or FeedFault.InvalidRequest or FeedFault.InvalidRange;

    private Feed FeedOf(string name)
    {
        if (!feeds.TryGetValue(name, out var feed))
        {
            feeds.Add(name, feed = new Feed());
        }

        return feed;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The feed {Feed} gives no answers: {Error} What is stored is served; it is asked again by schedule, and this is said once.")]
    private partial void LogOut(string feed, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The feed {Feed} answers again, after {Length}.")]
    private partial void LogBack(string feed, TimeSpan length);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The feed {Feed} fails for {Subject}: {Error} The others go on; this is said once.")]
    private partial void LogSubjectFails(string feed, string subject, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "The feed {Feed} answers for {Subject} again.")]
    private partial void LogSubjectBack(string feed, string subject);

    private sealed class Feed
    {
        public Dictionary<string, FailingSubject> Failing { get; } = new(StringComparer.Ordinal);

        public DateTimeOffset? LastAnswer { get; set; }

        public DateTimeOffset? OutSince { get; set; }

        public string? LastError { get; set; }

        public int InARow { get; set; }

        public FeedStanding Standing(string name) => new(
            name, LastAnswer, OutSince, OutSince is null ? null : LastError,
            [.. Failing.Values.OrderBy(f => f.Since).ThenBy(f => f.Subject, StringComparer.Ordinal)]);
    }
}

/// <summary>How a feed stands.</summary>
/// <param name="Feed">Its name.</param>
/// <param name="LastAnswer">When it last answered; null before the first time.</param>
/// <param name="OutSince">Since when it gives no answers; null while it does.</param>
/// <param name="Error">Why it gives none, or null.</param>
/// <param name="Failing">What it does not answer for, oldest first.</param>
public sealed record FeedStanding(
    string Feed, DateTimeOffset? LastAnswer, DateTimeOffset? OutSince, string? Error, IReadOnlyList<FailingSubject> Failing);

/// <summary>Something that a feed does not answer for.</summary>
/// <param name="Subject">What it was asked for.</param>
/// <param name="Fault">Why, in a stable word.</param>
/// <param name="Error">Why, in a sentence.</param>
/// <param name="Since">Since when.</param>
public sealed record FailingSubject(string Subject, FeedFault Fault, string Error, DateTimeOffset Since);
