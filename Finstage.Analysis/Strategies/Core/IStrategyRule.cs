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
    /// Says what must happen before the rule can speak, once, after it was created. A rule that says nothing here is asked about every
    /// candle.
    /// </summary>
    /// <param name="watch">Takes what the rule watches.</param>
    void Watch(Watch watch)
    {
    }

    /// <summary>
    /// Judges one closed candle. It is asked about every candle in order while its indicators have no values; what it says up to the
    /// first candle on which all have one is not heard. From then on it is asked about the candles that it watches for.
    /// </summary>
    /// <param name="row">The candle's row in the rule's series.</param>
    /// <param name="say">Takes what it says: nothing, one direction, or both.</param>
    void Judge(Row row, ref Verdict say);
}
