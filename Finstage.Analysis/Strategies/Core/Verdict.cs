using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Strategies;

/// <summary>Takes what a rule says of the candle it judges.</summary>
public ref struct Verdict
{
    private readonly string strategy;
    private readonly SignalBlock block;
    private int row;
    private bool heard;

    internal Verdict(string strategy, SignalBlock block)
    {
        this.strategy = strategy;
        this.block = block;
    }

    /// <summary>The price is expected to rise.</summary>
    /// <param name="confidence">0 to 100; rounded half away from zero.</param>
    /// <param name="reason">The key of the sentence.</param>
    /// <param name="first">Figure <c>{0}</c> of the sentence.</param>
    /// <param name="second">Figure <c>{1}</c>.</param>
    /// <param name="third">Figure <c>{2}</c>.</param>
    /// <param name="fourth">Figure <c>{3}</c>.</param>
    public readonly void Buy(
        double confidence, string reason, double first = double.NaN, double second = double.NaN, double third = double.NaN, double fourth = double.NaN) =>
        Say(Direction.Buy, confidence, reason, new Figures(first, second, third, fourth));

    /// <summary>The price is expected to fall; the parameters are those of <see cref="Buy"/>.</summary>
    public readonly void Sell(
        double confidence, string reason, double first = double.NaN, double second = double.NaN, double third = double.NaN, double fourth = double.NaN) =>
        Say(Direction.Sell, confidence, reason, new Figures(first, second, third, fourth));

    internal void At(int candleRow, bool isHeard)
    {
        row = candleRow;
        heard = isHeard;
    }

    private readonly void Say(Direction direction, double confidence, string reason, in Figures figures)
    {
        if (heard)
        {
            var rounded = (int)Math.Round(confidence, MidpointRounding.AwayFromZero);
            block.Add(strategy, row, direction, rounded, reason, figures);
        }
    }
}
