using System.Runtime.CompilerServices;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Strategies;

/// <summary>Takes what a rule says of the candle it judges.</summary>
public ref struct Verdict
{
    private readonly SignalBlock block;
    private readonly Word strategy;
    private int place;

    internal Verdict(SignalBlock block, Word strategy)
    {
        this.block = block;
        this.strategy = strategy;
    }

    /// <summary>The row that is judged.</summary>
    internal Row Row { get; private set; }

    /// <summary>Whether what the rule says counts: not before everything it names has had a value.</summary>
    internal bool IsHeard { get; set; }

    /// <summary>Goes on to a row of a block.</summary>
    internal void MoveTo(Row first, int rowOfBlock)
    {
        Row = first.After(rowOfBlock);
        place = rowOfBlock;
    }

    /// <summary>The price is expected to rise.</summary>
    /// <param name="confidence">0 to 100; rounded half away from zero.</param>
    /// <param name="reason">The key of the sentence.</param>
    /// <param name="first">Figure <c>{0}</c> of the sentence.</param>
    /// <param name="second">Figure <c>{1}</c>.</param>
    /// <param name="third">Figure <c>{2}</c>.</param>
    /// <param name="fourth">Figure <c>{3}</c>.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly void Buy(
        double confidence, string reason, double first = double.NaN, double second = double.NaN, double third = double.NaN, double fourth = double.NaN) =>
        Say(Direction.Buy, confidence, reason, new Figures(first, second, third, fourth));

    /// <summary>The price is expected to fall; the parameters are those of <see cref="Buy"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly void Sell(
        double confidence, string reason, double first = double.NaN, double second = double.NaN, double third = double.NaN, double fourth = double.NaN) =>
        Say(Direction.Sell, confidence, reason, new Figures(first, second, third, fourth));

    private readonly void Say(Direction direction, double confidence, string reason, in Figures figures)
    {
        if (IsHeard)
        {
            var rounded = checked((byte)Math.Round(confidence, MidpointRounding.AwayFromZero));
            block.Add(place) = new Signal(strategy, Row.Time, direction, rounded, Row.At(Row.CloseSlot), Word.Of(reason), figures);
        }
    }
}
