using System.Globalization;
using System.Text;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Http;

/// <summary>What a feed is asked.</summary>
/// <param name="Address">The address, http or https.</param>
/// <param name="UserAgent">Who asks.</param>
/// <param name="Accept">What kinds of answer are understood.</param>
/// <param name="MaxBytes">The longest answer, decompressed.</param>
internal sealed record FeedQuery(Uri Address, string UserAgent, string Accept, int MaxBytes);

/// <summary>What a server answered, whatever its status.</summary>
/// <param name="Host">The server.</param>
/// <param name="Status">The status.</param>
/// <param name="RetryAfter">How long it asks to wait, where it says so.</param>
/// <param name="Charset">The encoding that it declares, or null.</param>
/// <param name="Body">The answer's bytes.</param>
internal sealed record FeedAnswer(string Host, int Status, TimeSpan? RetryAfter, string? Charset, ReadOnlyMemory<byte> Body)
{
    private const int Shown = 512;

    /// <summary>What follows from the status alone; null for a good one.</summary>
    public FeedFailure? StatusFailure() => Status switch
    {
        >= 200 and < 300 => null,
        429 => new FeedFailure(FeedFault.RateLimited, Answered("429 Too Many Requests."), RetryAfter),
        401 or 403 or 407 or 451 => new FeedFailure(FeedFault.Refused, Answered($"{Status}: it refuses the question."), RetryAfter),
        404 or 410 => new FeedFailure(FeedFault.NotFound, Answered($"{Status}: it does not know the address."), RetryAfter),
        408 or >= 500 or < 400 => Unavailable(),
        _ => new FeedFailure(FeedFault.InvalidRequest, Answered($"{Status}: it does not understand the question."), RetryAfter),
    };

    /// <summary>What follows from a text or a page in place of data; null where the body is neither.</summary>
    /// <param name="start">The character that data begin with.</param>
    public FeedFailure? PageFailure(char start)
    {
        var text = Encoding.UTF8.GetString(Body.Span[..Math.Min(Shown, Body.Length)]).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        if (text.Contains("Too Many Requests", StringComparison.OrdinalIgnoreCase) && !text.StartsWith(start))
        {
            return new FeedFailure(FeedFault.RateLimited, Answered($"\"Too Many Requests\" with status {Status}."), RetryAfter);
        }

        return text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            ? new FeedFailure(FeedFault.Unavailable, Answered($"with a page in place of data, status {Status}."), RetryAfter)
            : null;
    }

    public FeedFailure Unavailable() => new(FeedFault.Unavailable, Answered($"{Status}: it is not available."), RetryAfter);

    /// <summary>A sentence about the answer.</summary>
    public string Answered(FormattableString what) => $"{Host} answered {what.ToString(CultureInfo.InvariantCulture)}";

    private string Answered(string what) => $"{Host} answered {what}";
}
