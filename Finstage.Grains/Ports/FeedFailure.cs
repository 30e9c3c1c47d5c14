namespace Finstage.Grains.Ports;

/// <summary>Why a feed gave no answer. Stable words: they are counted, stored and shown.</summary>
public enum FeedFault
{
    /// <summary>The feed does not know the symbol or the source.</summary>
    NotFound,

    /// <summary>The question makes no sense to the feed, or was not asked because it makes none.</summary>
    InvalidRequest,

    /// <summary>The feed does not go back that far for the interval.</summary>
    InvalidRange,

    /// <summary>The feed asks to be asked less often.</summary>
    RateLimited,

    /// <summary>The feed refuses us: not signed in, forbidden.</summary>
    Refused,

    /// <summary>The feed answers that it cannot, or something on the way answers in its place.</summary>
    Unavailable,

    /// <summary>No connection came about, or it broke before an answer.</summary>
    Unreachable,

    /// <summary>No whole answer came in time.</summary>
    Timeout,

    /// <summary>The answer cannot be read, or breaks off.</summary>
    Malformed,

    /// <summary>The answer is well-formed and holds nothing.</summary>
    Empty,

    /// <summary>The answer is longer than it may be.</summary>
    TooLarge,

    /// <summary>
    /// The feed was not asked: it failed too often just now, asked for a longer pause than is waited for, or too many wait already.
    /// </summary>
    Suspended,
}

/// <summary>Why a feed gave no answer.</summary>
/// <param name="Fault">The kind.</param>
/// <param name="Message">A sentence for people, without addresses and secrets; it names the host at most.</param>
/// <param name="RetryAfter">How long to wait before asking again, where the feed or its breaker says so; zero or more.</param>
public sealed record FeedFailure(FeedFault Fault, string Message, TimeSpan? RetryAfter = null);
