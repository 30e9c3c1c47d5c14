using Finstage.Grains.Interfaces.Market;

namespace Finstage.Grains.Ports;

/// <summary>
/// The news that were seen, each once, and how their sources stand. Thread-safe. Every method is one unit of work that commits or rolls
/// back whole.
/// </summary>
public interface INewsStore
{
    /// <summary>How a source stands; null when it was never asked.</summary>
    Task<NewsStanding?> FindFeedAsync(string feed, CancellationToken cancellation);

    /// <summary>How every source stands that was ever asked, by name.</summary>
    Task<IReadOnlyList<NewsStanding>> ReadFeedsAsync(CancellationToken cancellation);

    /// <summary>Keeps that a source did not answer. What was seen of it before stays.</summary>
    Task SaveFailureAsync(NewsFailure failure, CancellationToken cancellation);

    /// <summary>
    /// Stores what a crawl brought, each item once: one is known by its publisher's id, its canonical address, or its title within 48
    /// hours. In the same transaction goes the digest of what is to be told, one outbox row for each enabled chat. Told is what came out
    /// since its source answered for the first time, and nothing of that first answer. Repeating it changes nothing.
    /// </summary>
    Task<NewsStored> CommitAsync(NewsCrawl crawl, CancellationToken cancellation);

    /// <summary>Stored items, newest first.</summary>
    Task<IReadOnlyList<NewsRow>> ReadNewsAsync(NewsQuery query, CancellationToken cancellation);

    /// <summary>How many items are stored.</summary>
    Task<long> CountNewsAsync(CancellationToken cancellation);
}

/// <summary>How a source stands.</summary>
/// <param name="Feed">Its name.</param>
/// <param name="Mark">Stands for its address: another mark is another source, which answers for the first time.</param>
/// <param name="FirstAnswer">When it answered first, or null.</param>
/// <param name="LastAnswer">When it answered last, or null.</param>
/// <param name="LastSeen">The time of the newest item seen of it, Unix seconds, or null.</param>
/// <param name="Failures">Attempts without an answer since the last one.</param>
/// <param name="NextAttempt">It is left alone until then; null when it is not.</param>
/// <param name="Error">Why the last attempt failed; null when it did not.</param>
/// <param name="FailedAt">When that was.</param>
public sealed record NewsStanding(
    string Feed, string Mark, DateTimeOffset? FirstAnswer, DateTimeOffset? LastAnswer, long? LastSeen, int Failures,
    DateTimeOffset? NextAttempt, string? Error, DateTimeOffset? FailedAt);

/// <summary>A source did not answer.</summary>
/// <param name="Feed">Its name.</param>
/// <param name="Mark">Stands for its address.</param>
/// <param name="Failures">Attempts without an answer, this one included.</param>
/// <param name="At">When it was asked.</param>
/// <param name="NextAttempt">It is left alone until then; null when it may be asked at any time.</param>
/// <param name="Error">Why it did not answer.</param>
public sealed record NewsFailure(string Feed, string Mark, int Failures, DateTimeOffset At, DateTimeOffset? NextAttempt, string Error);

/// <summary>What one crawl brought.</summary>
/// <param name="Name">Like no other crawl's; its digest exists once by it.</param>
/// <param name="At">When it is stored.</param>
/// <param name="Batches">What each source that answered gave.</param>
public sealed record NewsCrawl(string Name, DateTimeOffset At, IReadOnlyList<NewsBatch> Batches);

/// <summary>What one source gave.</summary>
/// <param name="Origin">The source.</param>
/// <param name="Items">Its items; those that could not be read are not among them.</param>
public sealed record NewsBatch(NewsOrigin Origin, IReadOnlyList<NewsItem> Items);

/// <summary>A source, and what it is about.</summary>
/// <param name="Feed">Its name, at most 100 characters.</param>
/// <param name="Mark">Stands for its address, at most 64 characters.</param>
/// <param name="NameKo">What it is called in Korean, or empty.</param>
/// <param name="NameEn">What it is called in English, or empty.</param>
/// <param name="Symbol">The symbol it is about, or null.</param>
public sealed record NewsOrigin(string Feed, string Mark, string NameKo, string NameEn, SymbolInfo? Symbol);

/// <summary>What storing a crawl did.</summary>
/// <param name="New">Items that were not known.</param>
/// <param name="Told">Those of them that the digest tells of, the ones beyond its length included.</param>
/// <param name="Repeats">Items that were known.</param>
/// <param name="Chats">The chats that have a digest.</param>
public sealed record NewsStored(int New, int Told, int Repeats, IReadOnlyList<string> Chats);

/// <summary>Which items to read.</summary>
/// <param name="Symbol">Of this symbol's sources, or of all.</param>
/// <param name="Feed">Of this source, or of all.</param>
/// <param name="From">From this moment on, Unix seconds.</param>
/// <param name="Limit">At most this many, 1 to 10,000.</param>
/// <param name="Before">Continue after this row of an earlier page: its time and id. Null for the first page.</param>
public sealed record NewsQuery(
    string? Symbol = null, string? Feed = null, long From = long.MinValue, int Limit = 100, (long Time, long Id)? Before = null);

/// <summary>A stored item.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Title">Its title, as plain text.</param>
/// <param name="Summary">Its summary, as plain text, or null.</param>
/// <param name="Link">Its address, or null.</param>
/// <param name="Published">When it came out, or null where its source does not say.</param>
/// <param name="Time">When it came out, else when it was first seen, Unix seconds: lists are ordered by it.</param>
/// <param name="SeenAt">When it was stored.</param>
/// <param name="IsTold">Whether a digest told of it.</param>
/// <param name="Feeds">Every source that had it.</param>
/// <param name="Symbols">Every symbol that these are about.</param>
public sealed record NewsRow(
    long Id, string Title, string? Summary, string? Link, DateTimeOffset? Published, long Time, DateTimeOffset SeenAt, bool IsTold,
    IReadOnlyList<string> Feeds, IReadOnlyList<string> Symbols);
