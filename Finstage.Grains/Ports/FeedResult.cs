using System.Diagnostics.CodeAnalysis;

namespace Finstage.Grains.Ports;

/// <summary>What a feed answered, or why it could not: one of the two. Immutable and thread-safe.</summary>
public abstract class FeedResult
{
    private protected FeedResult(FeedFailure? failure) => Failure = failure;

    /// <summary>Why there is no answer; null when there is one.</summary>
    public FeedFailure? Failure { get; }
}

/// <summary>What a feed answered, or why it could not: one of the two. Immutable and thread-safe.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public sealed class FeedResult<T> : FeedResult
    where T : class
{
    /// <summary>Makes an answer.</summary>
    public FeedResult(T value)
        : base(null)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>Makes a failure.</summary>
    public FeedResult(FeedFailure failure)
        : base(failure) => ArgumentNullException.ThrowIfNull(failure);

    /// <summary>The answer; null when there is none.</summary>
    public T? Value { get; }

    /// <summary>Gives the answer, or why there is none.</summary>
    /// <returns>Whether there is an answer.</returns>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out FeedFailure? failure)
    {
        (value, failure) = (Value, Failure);
        return failure is null;
    }
}
