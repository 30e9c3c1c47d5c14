namespace Finstage.Adapters.Http;

/// <summary>What looking for patterns found last.</summary>
/// <param name="Interval">The interval's code.</param>
/// <param name="RanAt">When it looked, UTC; null when it never did, and then there is nothing else.</param>
/// <param name="Series">Series looked at.</param>
/// <param name="Candles">Their candles.</param>
/// <param name="First">Open time of the first candle, UTC.</param>
/// <param name="Last">Open time of the last candle, UTC.</param>
/// <param name="Rate">The rate of false discoveries that is accepted.</param>
/// <param name="Tried">How many were looked at, by kind.</param>
/// <param name="Items">What survives and what comes nearest to it, by kind, then by p-value.</param>
/// <param name="Next">Null: there is one part.</param>
public sealed record PatternsDto(
    string Interval, DateTime? RanAt, int Series, long Candles, DateTime? First, DateTime? Last, double Rate,
    IReadOnlyList<PatternCountDto> Tried, IReadOnlyList<PatternDto> Items, string? Next);

/// <summary>How many patterns of a kind were looked at.</summary>
/// <param name="Kind"><c>pair</c>, <c>triple</c> or <c>candlestick</c>.</param>
/// <param name="Seen">Patterns that occurred at all.</param>
/// <param name="Tested">Tests made.</param>
/// <param name="Surviving">Tests that survive.</param>
public sealed record PatternCountDto(string Kind, int Seen, int Tested, int Surviving);

/// <summary>What came after a pattern over one horizon. Returns are shares, in the direction of the last step.</summary>
/// <param name="Kind"><c>pair</c>, <c>triple</c> or <c>candlestick</c>.</param>
/// <param name="Pattern">Its steps, such as <c>MA_20_BREAKOUT:BUY&gt;RSI_OVERBOUGHT:SELL</c>.</param>
/// <param name="Horizon">The horizon's code.</param>
/// <param name="Direction"><c>BUY</c> or <c>SELL</c>.</param>
/// <param name="Occurrences">Outcomes.</param>
/// <param name="Dates">Distinct dates among them.</param>
/// <param name="Blocks">Blocks of dates: the pieces of evidence.</param>
/// <param name="Symbols">Symbols it was seen on.</param>
/// <param name="SuccessRate">The share of outcomes above zero.</param>
/// <param name="AverageReturn">The mean outcome.</param>
/// <param name="MedianReturn">The median outcome.</param>
/// <param name="Best">The best.</param>
/// <param name="Worst">The worst.</param>
/// <param name="Drift">What the symbols' own drift gave in that direction.</param>
/// <param name="Excess">The mean beyond it.</param>
/// <param name="PValue">How likely so large an excess is by chance.</param>
/// <param name="QValue">The rate of false discoveries at which it would be one.</param>
/// <param name="Survives">Whether it stands out from all that was tried.</param>
/// <param name="LastSeen">Open time of the newest candle it ended on, UTC.</param>
public sealed record PatternDto(
    string Kind, string Pattern, string Horizon, string Direction, int Occurrences, int Dates, int Blocks, int Symbols, double SuccessRate,
    double AverageReturn, double MedianReturn, double Best, double Worst, double Drift, double Excess, double PValue, double QValue,
    bool Survives, DateTime LastSeen);

/// <summary>The clusters found last, and where each symbol stands.</summary>
/// <param name="Interval">The interval's code.</param>
/// <param name="RanAt">When they were fitted, UTC.</param>
/// <param name="FittedUntil">The last date that the fit knew anything of.</param>
/// <param name="Windows">Windows it was fitted on.</param>
/// <param name="Silhouettes">The mean silhouette of each number of clusters that was tried.</param>
/// <param name="Clusters">The clusters.</param>
/// <param name="Today">Where each symbol stands.</param>
public sealed record ClustersDto(
    string Interval, DateTime RanAt, DateOnly FittedUntil, int Windows, IReadOnlyDictionary<int, double> Silhouettes,
    IReadOnlyList<ClusterDto> Clusters, IReadOnlyList<ClusterPlaceDto> Today);

/// <summary>One cluster.</summary>
/// <param name="Number">Its number, 1 for the largest.</param>
/// <param name="Size">Windows that it was fitted on.</param>
/// <param name="Shape"><c>rising</c>, <c>falling</c>, <c>peak</c> or <c>trough</c>.</param>
/// <param name="Volatility">How much its windows move, in deviations around the usual.</param>
/// <param name="TypicalDistance">The mean distance of its windows to its middle.</param>
/// <param name="FarDistance">The distance that one in twenty exceeds.</param>
/// <param name="Returns">What came after windows that ended after the fit.</param>
public sealed record ClusterDto(
    int Number, int Size, string Shape, double Volatility, double TypicalDistance, double FarDistance, IReadOnlyList<ClusterReturnDto> Returns);

/// <summary>What came after a cluster's windows. Returns are shares; null where it cannot be told.</summary>
/// <param name="Horizon">The horizon's code.</param>
/// <param name="Direction"><c>up</c>, <c>down</c>, <c>neutral</c> or <c>unknown</c>.</param>
/// <param name="Windows">Outcomes.</param>
/// <param name="Dates">Distinct dates among them.</param>
/// <param name="Blocks">Blocks of dates: the pieces of evidence.</param>
/// <param name="UpShare">The share above zero.</param>
/// <param name="AverageReturn">The mean.</param>
/// <param name="MedianReturn">The median.</param>
/// <param name="Drift">The symbols' own drift since the fit.</param>
/// <param name="Excess">The mean beyond it.</param>
/// <param name="ExcessLow">The lower end of its 95 % interval.</param>
/// <param name="ExcessHigh">The upper end.</param>
public sealed record ClusterReturnDto(
    string Horizon, string Direction, int Windows, int Dates, int Blocks, double? UpShare, double? AverageReturn, double? MedianReturn,
    double? Drift, double? Excess, double? ExcessLow, double? ExcessHigh);

/// <summary>Where a symbol stands.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Time">Open time of its newest candle, UTC.</param>
/// <param name="Cluster">The cluster of its newest 20 candles.</param>
/// <param name="Before">The cluster of the 20 candles that ended one before; 0 where there was none.</param>
/// <param name="Distance">The distance to the cluster's middle.</param>
/// <param name="IsFar">Whether that is farther than nineteen in twenty of its windows: like none of the clusters.</param>
public sealed record ClusterPlaceDto(string Symbol, DateTime Time, int Cluster, int Before, double Distance, bool IsFar);

/// <summary>One symbol's cluster.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Of">How many clusters there are.</param>
/// <param name="FittedUntil">The last date that the fit knew anything of.</param>
/// <param name="RanAt">When they were fitted, UTC.</param>
public sealed record SymbolClusterDto(ClusterPlaceDto Place, ClusterDto Cluster, int Of, DateOnly FittedUntil, DateTime RanAt);
