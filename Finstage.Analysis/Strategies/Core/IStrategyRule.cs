namespace Finstage.Analysis.Strategies;

/// <summary>
/// A strategy's rule, as a struct, so that the loop over candles is compiled for it alone. To add a strategy, write one file with
/// such a struct, its texts and its page: the catalog finds it.
/// </summary>
/// <typeparam name="TSelf">The struct itself.</typeparam>
public interface IStrategyRule<TSelf>
    where TSelf : struct, IStrategyRule<TSelf>
{
    /// <summary>The identifiers that this rule serves, with their parameters.</summary>
    static abstract IReadOnlyList<StrategyInfo> Catalog { get; }

    /// <summary>A rule that has seen nothing yet.</summary>
    /// <param name="info">Which of the identifiers.</param>
    /// <param name="parameters">One value per parameter of <paramref name="info"/>.</param>
    /// <param name="inputs">Where it declares the numbers it looks at.</param>
    static abstract TSelf Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs);

    /// <summary>
    /// Whether <see cref="Open"/> says which rows of a block may fire. Only for a rule that keeps nothing between candles: the other
    /// rows of a block are then not judged.
    /// </summary>
    static virtual bool HasGate => false;

    /// <summary>Lets those rows of a block through on which the rule may fire; it may let too many through, never too few.</summary>
    /// <param name="gate">The block.</param>
    void Open(Gate gate)
    {
    }

    /// <summary>
    /// Judges one closed candle. It is asked for every candle in order, also before its indicators have values; what it says before
    /// the candle after that is not heard.
    /// </summary>
    /// <param name="row">The candle's row in the rule's series.</param>
    /// <param name="say">Takes what it says: nothing, one direction, or both.</param>
    void Judge(int row, ref Verdict say);
}
