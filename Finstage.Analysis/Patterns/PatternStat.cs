using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Statistics;

namespace Finstage.Analysis.Patterns;

/// <summary>What kind of pattern it is; each is a family of tests by itself. The numbers are stored.</summary>
public enum PatternKind
{
    /// <summary>A signal, then another one.</summary>
    Pair = 1,

    /// <summary>Three signals, one after another.</summary>
    Triple = 2,

    /// <summary>A candlestick pattern after a fall (bullish) or a rise (bearish).</summary>
    Candlestick = 3,
}

/// <summary>Something that happens on a candle: a strategy's signal, or a candlestick pattern.</summary>
/// <param name="Name">The strategy's identifier or the candlestick pattern's name.</param>
/// <param name="Direction">Which way it points.</param>
public readonly record struct PatternStep(string Name, Direction Direction)
{
    /// <summary>As stored: <c>RSI_OVERSOLD_BOUNCE:BUY</c>.</summary>
    public override string ToString() => $"{Name}:{(Direction == Direction.Buy ? "BUY" : "SELL")}";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PatternStep Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        return text[(colon + 1)..] switch
        {
            "BUY" when colon > 0 => new PatternStep(text[..colon], Direction.Buy),
            "SELL" when colon > 0 => new PatternStep(text[..colon], Direction.Sell),
            _ => throw new FormatException($"'{text}' is no step of a pattern."),
        };
    }
}

/// <summary>
/// What came after a pattern over one horizon, in the direction of its last step: a fall after a sell is a gain. Immutable and
/// thread-safe.
/// </summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Steps">What it is made of, in order.</param>
/// <param name="Horizon">The horizon; outcomes run from the last step's close on.</param>
/// <param name="Returns">The returns, as shares.</param>
/// <param name="Excess">The same beyond what each symbol's own drift over the horizon gave in that direction.</param>
/// <param name="Successes">Returns above zero.</param>
/// <param name="Median">The median return.</param>
/// <param name="Best">The best return.</param>
/// <param name="Worst">The worst return.</param>
/// <param name="Symbols">The symbols it was seen on.</param>
/// <param name="LastTime">Open time of the newest candle on which it ended, Unix seconds, outcome or not.</param>
/// <param name="PValue">How likely so large an excess, either way, is by chance; dates in blocks are the unit.</param>
/// <param name="QValue">The rate of false discoveries at which it would be one, within its kind.</param>
public sealed record PatternStat(
    PatternKind Kind, IReadOnlyList<PatternStep> Steps, Horizon Horizon, BlockMean Returns, BlockMean Excess, int Successes,
    double Median, double Best, double Worst, int Symbols, long LastTime, double PValue, double QValue)
{
    /// <summary>The rate of false discoveries that is accepted.</summary>
    public const double Rate = 0.10;

    /// <summary>The steps as one text, such as <c>MA_20_BREAKOUT:BUY&gt;RSI_OVERBOUGHT:SELL</c>.</summary>
    public string Key => string.Join('>', Steps);

    /// <summary>Which way its last step points.</summary>
    public Direction Direction => Steps[^1].Direction;

    /// <summary>Whether it stands out from all that was tested, by Benjamini and Hochberg at <see cref="Rate"/>.</summary>
    public bool Survives => QValue <= Rate;
}

/// <summary>How many patterns of one kind were looked at.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Seen">Patterns that occurred at all.</param>
/// <param name="Tested">Tests made: patterns with enough dates and blocks, times horizons.</param>
/// <param name="Surviving">Tests that survive.</param>
public sealed record PatternCount(PatternKind Kind, int Seen, int Tested, int Surviving);

/// <summary>What was found in a set of series.</summary>
/// <param name="Series">Series looked at.</param>
/// <param name="Candles">Their candles.</param>
/// <param name="FirstTime">Open time of the first candle, Unix seconds; 0 without candles.</param>
/// <param name="LastTime">Open time of the last candle.</param>
/// <param name="Counts">How many were looked at, by kind.</param>
/// <param name="Stats">What survives and what comes nearest to it: by kind, then by p-value.</param>
public sealed record PatternReport(
    int Series, long Candles, long FirstTime, long LastTime, IReadOnlyList<PatternCount> Counts, IReadOnlyList<PatternStat> Stats);
