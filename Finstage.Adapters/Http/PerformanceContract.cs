namespace Finstage.Adapters.Http;

/// <summary>How much the process uses, and how long its work takes. Of this process alone, since it started.</summary>
/// <param name="Samples">Looks at the process so far, one every 15 s.</param>
/// <param name="CpuPercent">Processor time between the last two, in percent of one processor.</param>
/// <param name="CpuMaxPercent">The most between two of them.</param>
/// <param name="CpuAveragePercent">The mean since the first.</param>
/// <param name="MemoryBytes">The working set at the last.</param>
/// <param name="MemoryMaxBytes">The largest.</param>
/// <param name="MemoryAverageBytes">The mean.</param>
/// <param name="Operations">Every operation that ended at least once.</param>
/// <param name="Grains">The grains of this process, by kind.</param>
public sealed record PerformanceDto(
    long Samples, double CpuPercent, double CpuMaxPercent, double CpuAveragePercent, long MemoryBytes, long MemoryMaxBytes, long MemoryAverageBytes,
    IReadOnlyList<OperationDto> Operations, IReadOnlyList<GrainKindDto> Grains);

/// <summary>The grains of one kind in this process, and their turns since it started.</summary>
/// <param name="Kind">The kind, such as <c>Symbol</c>.</param>
/// <param name="Living">Grains that live here now.</param>
/// <param name="Waiting">Turns that wait in their mailboxes; null on Orleans, which keeps them to itself.</param>
/// <param name="LongestQueue">Turns that wait in the longest mailbox; null on Orleans.</param>
/// <param name="Turns">Turns that ended.</param>
/// <param name="Failed">How many of them threw.</param>
/// <param name="AverageMs">The mean of a turn, in milliseconds.</param>
/// <param name="P99Ms">What 99 of 100 turns took at most, in milliseconds: an estimate from the histogram in <c>/metrics</c>.</param>
public sealed record GrainKindDto(
    string Kind, long Living, long? Waiting, long? LongestQueue, long Turns, long Failed, double AverageMs, double P99Ms);

/// <summary>How one operation went, since the process started.</summary>
/// <param name="Operation"><c>job</c>, <c>feed</c>, <c>database</c> or <c>activation</c>.</param>
/// <param name="Subject">Of what, such as the job's name or the feed's server.</param>
/// <param name="Count">How many ended.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="TotalMs">Their durations, added up, in milliseconds.</param>
/// <param name="MinMs">The shortest.</param>
/// <param name="MaxMs">The longest.</param>
/// <param name="AverageMs">Their mean.</param>
/// <param name="LastMs">The last.</param>
public sealed record OperationDto(
    string Operation, string Subject, long Count, long Failed, double TotalMs, double MinMs, double MaxMs, double AverageMs, double LastMs);
