namespace Finstage.Adapters.Http;

/// <summary>One item of news. Title and summary are other people's plain text: whoever shows them as markup escapes them.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="Summary">Its summary, or null.</param>
/// <param name="Link">Its address, http or https, or null.</param>
/// <param name="Published">When it came out, UTC; null where its source does not say.</param>
/// <param name="Time">When it came out, else when it was first seen, UTC: lists are ordered by it.</param>
/// <param name="SeenAt">When it was first seen, UTC.</param>
/// <param name="Told">Whether a digest told of it.</param>
/// <param name="Symbols">The symbols that its sources are about.</param>
/// <param name="Feeds">The sources that had it.</param>
public sealed record NewsDto(
    long Id, string Title, string? Summary, string? Link, DateTime? Published, DateTime Time, DateTime SeenAt, bool Told,
    IReadOnlyList<string> Symbols, IReadOnlyList<string> Feeds);

/// <summary>How the sources of news stand.</summary>
/// <param name="Status">
/// <c>ok</c>, also before the first crawl; <c>partly</c> when some sources do not answer, <c>failing</c> when none does, <c>off</c> when
/// they are switched off or there are none.
/// </param>
/// <param name="Sources">The sources that a crawl asks.</param>
/// <param name="Answering">Those that answered when they were last asked.</param>
/// <param name="Stored">Items stored.</param>
/// <param name="LastAnswer">When a source last answered, UTC; null before the first time.</param>
/// <param name="FailingCount">Sources that did not answer when they were last asked.</param>
/// <param name="Failing">The first of them.</param>
public sealed record NewsHealthDto(
    string Status, int Sources, int Answering, long Stored, DateTime? LastAnswer, int FailingCount, IReadOnlyList<FailingSourceDto> Failing);

/// <summary>A source of news that does not answer.</summary>
/// <param name="Feed">Its name.</param>
/// <param name="Error">Why, in a sentence.</param>
/// <param name="Failures">Attempts in a row without an answer.</param>
/// <param name="NextAttempt">Until when it is left alone, UTC; null when it is asked with the next crawl.</param>
public sealed record FailingSourceDto(string Feed, string Error, int Failures, DateTime? NextAttempt);
