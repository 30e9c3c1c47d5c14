using Finstage.Analysis.Candles;
using Finstage.Analysis.Strategies;

namespace Finstage.Analysis.Signals;

/// <summary>What the strategies say together, in seven levels. The numbers are stored and sent.</summary>
public enum ConsensusLevel
{
    /// <summary>Score of −0.6 or less.</summary>
    StrongSell = -3,

    /// <summary>Score of −0.35 or less.</summary>
    Sell = -2,

    /// <summary>Score of −0.15 or less.</summary>
    WeakSell = -1,

    /// <summary>Neither side leads, or fewer than three strategies vote.</summary>
    Neutral = 0,

    /// <summary>Score of 0.15 or more.</summary>
    WeakBuy = 1,

    /// <summary>Score of 0.35 or more.</summary>
    Buy = 2,

    /// <summary>Score of 0.6 or more.</summary>
    StrongBuy = 3,
}

/// <summary>
/// The consensus of one series. Each strategy whose latest signal is at most ten candles old votes with its confidence; one whose
/// latest candle fired both ways does not vote. Immutable and thread-safe.
/// </summary>
/// <param name="Level">The level.</param>
/// <param name="Score">Votes over confidences, −1 to 1; 0 when nobody votes.</param>
/// <param name="Buyers">How many strategies vote to buy.</param>
/// <param name="Sellers">How many vote to sell.</param>
public sealed record Consensus(ConsensusLevel Level, double Score, int Buyers, int Sellers)
{
    /// <summary>How many candles old a signal may be to count.</summary>
    public const int Reach = 10;

    private const int FewestVoters = 3;

    /// <summary>Nobody votes.</summary>
    public static Consensus None { get; } = new(ConsensusLevel.Neutral, 0, 0, 0);

    /// <summary>How many strategies vote.</summary>
    public int Voters => Buyers + Sellers;

    /// <summary>The share of voters on the majority's side, 0.5 to 1; null when nobody votes.</summary>
    public double? Agreement => Voters == 0 ? null : (double)Math.Max(Buyers, Sellers) / Voters;

    /// <summary>The consensus at the end of a series.</summary>
    /// <param name="candles">The closed candles, ascending; the newest ones are enough.</param>
    /// <param name="signals">The signals of all strategies on them, in order of time.</param>
    public static Consensus Of(ReadOnlySpan<Candle> candles, IEnumerable<Signal> signals) =>
        candles.IsEmpty ? None : Of(candles[Math.Max(0, candles.Length - 1 - Reach)].Time, signals);

    /// <summary>The consensus of signals.</summary>
    /// <param name="since">Open time of the oldest candle that counts: the one ten before the newest, Unix seconds.</param>
    /// <param name="signals">The signals, in order of time.</param>
    public static Consensus Of(long since, IEnumerable<Signal> signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        var latest = new Dictionary<string, (long Time, int Vote, int Confidence)>(StringComparer.Ordinal);
        foreach (var signal in signals)
        {
            if (signal.Time >= since)
            {
                var vote = (int)signal.Direction * signal.Confidence;
                var isSecond = latest.TryGetValue(signal.Strategy, out var other) && other.Time == signal.Time;
                latest[signal.Strategy] = isSecond ? (signal.Time, 0, 0) : (signal.Time, vote, signal.Confidence);
            }
        }

        var (sum, whole, buyers, sellers) = (0, 0, 0, 0);
        foreach (var (_, vote, confidence) in latest.Values)
        {
            sum += vote;
            whole += confidence;
            buyers += vote > 0 ? 1 : 0;
            sellers += vote < 0 ? 1 : 0;
        }

        var score = whole == 0 ? 0 : (double)sum / whole;
        return new Consensus(buyers + sellers < FewestVoters ? ConsensusLevel.Neutral : LevelOf(score), score, buyers, sellers);
    }

    private static ConsensusLevel LevelOf(double score)
    {
        var size = Math.Abs(score);
        var strength = Compare.AtLeast(size, 0.6) ? 3 : Compare.AtLeast(size, 0.35) ? 2 : Compare.AtLeast(size, 0.15) ? 1 : 0;
        return (ConsensusLevel)(Math.Sign(score) * strength);
    }
}

/// <summary>The words that stand for the levels in files and interfaces.</summary>
public static class ConsensusLevels
{
    /// <summary>The level's word, such as <c>STRONG_BUY</c>.</summary>
    public static string Code(this ConsensusLevel level) => level switch
    {
        ConsensusLevel.StrongBuy => "STRONG_BUY",
        ConsensusLevel.Buy => "BUY",
        ConsensusLevel.WeakBuy => "WEAK_BUY",
        ConsensusLevel.Neutral => "NEUTRAL",
        ConsensusLevel.WeakSell => "WEAK_SELL",
        ConsensusLevel.Sell => "SELL",
        ConsensusLevel.StrongSell => "STRONG_SELL",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "Not a consensus level."),
    };
}
