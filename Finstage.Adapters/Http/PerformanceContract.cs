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
public sealed record PerformanceDto(
    long Samples, double CpuPercent, double CpuMaxPercent, double CpuAveragePercent, long MemoryBytes, long MemoryMaxBytes, long MemoryAverageBytes,
    IReadOnlyList<OperationDto> Operations);

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
