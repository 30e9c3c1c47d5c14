namespace Finstage.Analysis.Strategies;

/// <summary>One number of a rule that could be another.</summary>
/// <param name="Name">Its name, such as <c>period</c>.</param>
/// <param name="Default">Its value in the rule as written.</param>
/// <param name="Min">The smallest value allowed.</param>
/// <param name="Max">The largest value allowed.</param>
public sealed record StrategyParameter(string Name, double Default, double Min, double Max);

/// <summary>The catalog entry of a strategy. Immutable and thread-safe.</summary>
/// <param name="Id">Its stable identifier, such as <c>MA_20_BREAKOUT</c>; statistics group by it.</param>
/// <param name="Family">Its family, the name of its folder.</param>
/// <param name="Parameters">Its parameters, in order.</param>
/// <param name="Revision">Rises when the rule's meaning changes, so that stored signals are judged again.</param>
public sealed record StrategyInfo(string Id, string Family, IReadOnlyList<StrategyParameter> Parameters, int Revision = 1);
