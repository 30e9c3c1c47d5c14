namespace Finstage.Analysis.Indicators;

/// <summary>One parameter of an indicator.</summary>
/// <param name="Name">Its name, such as <c>period</c>.</param>
/// <param name="Default">Its default.</param>
/// <param name="Min">The smallest value allowed.</param>
/// <param name="Max">The largest value allowed.</param>
/// <param name="IsInteger">Whether only whole numbers are allowed.</param>
public sealed record IndicatorParameter(string Name, double Default, double Min, double Max, bool IsInteger = true)
{
    /// <summary>A number of candles, up to 10,000.</summary>
    internal static IndicatorParameter Period(double byDefault, string name = "period", int min = 1) => new(name, byDefault, min, 10_000);

    /// <summary>A choice between conventions, 0 to <paramref name="max"/>.</summary>
    internal static IndicatorParameter Choice(string name, double byDefault = 0, int max = 1) => new(name, byDefault, 0, max);

    /// <summary>A factor, which need not be whole.</summary>
    internal static IndicatorParameter Factor(string name, double byDefault, double min, double max) => new(name, byDefault, min, max, IsInteger: false);
}

/// <summary>The catalog entry of an indicator. Immutable and thread-safe.</summary>
/// <param name="Id">Its stable id, such as <c>macd</c>.</param>
/// <param name="Family">Its family, the name of its folder.</param>
/// <param name="Parameters">Its parameters, in the order in which they are written behind the id.</param>
/// <param name="Outputs">The names of its outputs, in order; the first is the main one.</param>
public sealed record IndicatorInfo(
    string Id, string Family, IReadOnlyList<IndicatorParameter> Parameters, IReadOnlyList<string> Outputs);
