namespace Finstage.Analysis.Indicators;

/// <summary>One parameter of an indicator.</summary>
/// <param name="Name">Its name, such as <c>period</c>.</param>
/// <param name="Default">Its default.</param>
/// <param name="Min">The smallest value allowed.</param>
/// <param name="Max">The largest value allowed.</param>
/// <param name="IsInteger">Whether only whole numbers are allowed.</param>
public sealed record IndicatorParameter(string Name, double Default, double Min, double Max, bool IsInteger = true);

/// <summary>The catalog entry of an indicator. Immutable and thread-safe.</summary>
/// <param name="Id">Its stable id, such as <c>macd</c>.</param>
/// <param name="Family">Its family, the name of its folder.</param>
/// <param name="Parameters">Its parameters, in the order in which they are written behind the id.</param>
/// <param name="Outputs">The names of its outputs, in order; the first is the main one.</param>
public sealed record IndicatorInfo(
    string Id, string Family, IReadOnlyList<IndicatorParameter> Parameters, IReadOnlyList<string> Outputs);
