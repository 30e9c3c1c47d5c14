using Finstage.Hosting;

namespace Finstage.Grains.Interfaces.News;

/// <summary>
/// One source of news: how it stands, and when it may be asked again. The key is the source's name, such as <c>INVESTING:FOREX</c>.
/// </summary>
[Alias("finstage.INewsGrain")]
public interface INewsGrain : IKeyedGrain
{
    /// <summary>Whether the source may be asked now: one that failed again and again is left alone for a while.</summary>
    /// <param name="mark">Stands for the source's address; at another address than before it may be asked at once.</param>
    [Alias("Begin")]
    Task<NewsAttempt> BeginAsync(string mark);

    /// <summary>Takes note that the source did not answer.</summary>
    /// <returns>Until when it is left alone.</returns>
    [Alias("Failed")]
    Task<NewsAttempt> FailedAsync(NewsTrouble trouble);

    /// <summary>How the source stands; null when it was never asked.</summary>
    [Alias("Describe")]
    Task<NewsFeedView?> DescribeAsync();
}

/// <summary>Whether a source may be asked.</summary>
/// <param name="IsDue">Whether it may be asked now.</param>
/// <param name="NextAttempt">Until when it is left alone, Unix milliseconds; 0 when it is not.</param>
[GenerateSerializer, Immutable, Alias("finstage.NewsAttempt")]
public sealed record NewsAttempt(
    [property: Id(0)] bool IsDue,
    [property: Id(1)] long NextAttempt);

/// <summary>A source did not answer.</summary>
/// <param name="Mark">Stands for its address.</param>
/// <param name="Error">Why, in a sentence.</param>
/// <param name="IsOfSource">Whether the source is at fault; where nobody can be reached, it is asked again with the next crawl.</param>
/// <param name="RetryAfterMs">How long it asks to be left alone, milliseconds; 0 where it does not say.</param>
[GenerateSerializer, Immutable, Alias("finstage.NewsTrouble")]
public sealed record NewsTrouble(
    [property: Id(0)] string Mark,
    [property: Id(1)] string Error,
    [property: Id(2)] bool IsOfSource,
    [property: Id(3)] long RetryAfterMs);

/// <summary>How a source stands. Times are Unix milliseconds, 0 for never.</summary>
/// <param name="Feed">Its name.</param>
/// <param name="FirstAnswer">When it answered first: what is older is stored, and not told.</param>
/// <param name="LastAnswer">When it answered last.</param>
/// <param name="LastSeen">The time of the newest item seen of it.</param>
/// <param name="Failures">Attempts without an answer since the last one.</param>
/// <param name="NextAttempt">Until when it is left alone.</param>
/// <param name="Error">Why the last attempt failed, or null.</param>
[GenerateSerializer, Immutable, Alias("finstage.NewsFeedView")]
public sealed record NewsFeedView(
    [property: Id(0)] string Feed,
    [property: Id(1)] long FirstAnswer,
    [property: Id(2)] long LastAnswer,
    [property: Id(3)] long LastSeen,
    [property: Id(4)] int Failures,
    [property: Id(5)] long NextAttempt,
    [property: Id(6)] string? Error);
