using Finstage.Analysis.Candles;
using Finstage.Analysis.Strategies;

namespace Finstage.Analysis.Signals;

/// <summary>A signal that depends on candles after its own.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Time">Open time of the signal's candle, Unix seconds (UTC).</param>
/// <param name="Direction">Which way it pointed.</param>
/// <param name="Candles">How many candles were known in the run that disagreed with the run over all of them.</param>
/// <param name="Vanished">True: it was there with that many candles and is gone with all. False: it appeared only later, or changed.</param>
public sealed record LookAheadFinding(string Strategy, long Time, Direction Direction, int Candles, bool Vanished);

/// <summary>What a check found.</summary>
/// <param name="Candles">The length of the series.</param>
/// <param name="Signals">How many signals there were over the whole series.</param>
/// <param name="Prefixes">How many prefixes were judged.</param>
/// <param name="Findings">The first disagreement of each strategy; none when no strategy looked ahead.</param>
public sealed record LookAheadReport(int Candles, int Signals, int Prefixes, IReadOnlyList<LookAheadFinding> Findings)
{
    /// <summary>Whether the signals of every prefix were the prefix of the signals.</summary>
    public bool IsClean => Findings.Count == 0;
}

/// <summary>
/// Shows that no strategy looks ahead: what is said of a candle must be the same whether or not later ones exist. The series is
/// judged whole, in single steps, and cut off at random places; half of those places are candles that fired, where an early look would show
/// first. Deterministic for a seed. Pure and thread-safe.
/// </summary>
public static class LookAheadCheck
{
    /// <summary>How many prefixes are judged unless said otherwise.</summary>
    public const int DefaultPrefixes = 200;

    /// <summary>Checks strategies on one series.</summary>
    /// <param name="context">What is known of the series.</param>
    /// <param name="strategies">The strategies.</param>
    /// <param name="candles">The series, strictly ascending.</param>
    /// <param name="prefixes">How many random prefixes are judged, at least 0.</param>
    /// <param name="seed">Where the random places come from.</param>
    /// <exception cref="ArgumentException">The candles are not ascending.</exception>
    public static LookAheadReport Run(
        SeriesContext context, IReadOnlyList<StrategyInfo> strategies, ReadOnlySpan<Candle> candles, int prefixes = DefaultPrefixes, int seed = 1) =>
        Run(_ => new SymbolEngine(context, strategies), candles, prefixes, seed);

    /// <summary>Checks engines that are made knowing the candles they will be given, as a rule that looks ahead would be.</summary>
    internal static LookAheadReport Run(Func<Candle[], SymbolEngine> make, ReadOnlySpan<Candle> candles, int prefixes, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixes);
        var whole = Signals(make, candles, candles.Length);
        var findings = new Dictionary<string, LookAheadFinding>(StringComparer.Ordinal);
        Compare(whole, Signals(make, candles, 1), candles, findings);

        var random = new Random(seed);
        var count = candles.Length == 0 ? 0 : prefixes;
        for (var i = 0; i < count; i++)
        {
            var length = i % 2 == 0 || whole.Count == 0
                ? random.Next(1, candles.Length + 1)
                : PlaceOf(whole[random.Next(whole.Count)].Time, candles) + 1;
            var prefix = candles[..length];
            Compare(whole, Signals(make, prefix, 1 + random.Next(length)), prefix, findings);
        }

        return new LookAheadReport(candles.Length, whole.Count, count, [.. findings.Values]);
    }

    private static List<Signal> Signals(Func<Candle[], SymbolEngine> make, ReadOnlySpan<Candle> candles, int step)
    {
        var engine = make(candles.ToArray());
        var signals = new List<Signal>();
        for (var done = 0; done < candles.Length; done += step)
        {
            engine.Commit(candles.Slice(done, Math.Min(step, candles.Length - done)), signals);
        }

        return signals;
    }

    private static void Compare(
        List<Signal> whole, List<Signal> part, ReadOnlySpan<Candle> known, Dictionary<string, LookAheadFinding> findings)
    {
        var last = known.Length == 0 ? long.MinValue : known[^1].Time;
        var expected = whole.TakeWhile(s => s.Time <= last).ToList();
        if (expected.SequenceEqual(part))
        {
            return;
        }

        var (inWhole, inPart) = (expected.ToHashSet(), part.ToHashSet());
        foreach (var signal in part.Where(s => !inWhole.Contains(s)).Concat(expected.Where(s => !inPart.Contains(s))))
        {
            findings.TryAdd(
                signal.Strategy,
                new LookAheadFinding(signal.Strategy, signal.Time, signal.Direction, known.Length, Vanished: inPart.Contains(signal)));
        }
    }

    private static int PlaceOf(long time, ReadOnlySpan<Candle> candles)
    {
        var (low, high) = (0, candles.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = candles[middle].Time < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
