using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Prices;

/// <summary>What became of bringing one series up to date.</summary>
public enum SeriesOutcome
{
    /// <summary>Nothing was missing; the feed was not asked.</summary>
    Complete,

    /// <summary>The feed answered, and what was new was applied.</summary>
    Updated,

    /// <summary>The feed gave no answer.</summary>
    Failed,

    /// <summary>The series has another source, which is left alone.</summary>
    OtherSource,
}

/// <summary>What became of bringing one series up to date.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Applied">What the candles changed, over all batches; null when none were applied.</param>
/// <param name="Answer">What the feed answered; null when it did not.</param>
/// <param name="Failure">Why it did not.</param>
/// <param name="Missing">Sessions that the answer should have held and did not.</param>
/// <param name="WasWhole">Whether the whole series was asked for.</param>
public sealed record SeriesUpdate(
    SeriesOutcome Outcome, ApplyResult? Applied = null, PriceHistory? Answer = null, FeedFailure? Failure = null, int Missing = 0,
    bool WasWhole = false);
