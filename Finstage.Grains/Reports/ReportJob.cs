using System.Globalization;
using Finstage.Analysis.Reports;
using Finstage.Grains.Insights;
using Finstage.Grains.Interfaces.Jobs;
using Finstage.Grains.Interfaces.Reports;
using Finstage.Grains.Jobs;
using Finstage.Hosting;

namespace Finstage.Grains.Reports;

/// <summary>
/// The job <c>report</c>: sends the daily report. Where the jobs that it tells of are made up at the same time, after the process was down, it
/// waits for them a while.
/// </summary>
public sealed class ReportJob(ReportOptions options, TimeProvider clock) : IJobWork
{
    /// <summary>The job's name.</summary>
    public const string JobName = "report";

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly string[] Before = [OutcomeJob.JobName, BacktestJob.JobName, PatternJob.JobName, ClusterJob.JobName];

    /// <inheritdoc/>
    public string Name => JobName;

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.Daily(options.Time, ReportCalendar.Zone);

    /// <inheritdoc/>
    public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(grains);
        var started = clock.GetTimestamp();
        while (clock.GetElapsedTime(started) < LongestWait && await AnyRunsAsync(grains))
        {
            await Task.Delay(Look, clock, cancellation);
        }

        var sent = await grains.Get<IReportGrain>(IReportGrain.Daily).SendAsync(fullGlossary: false);
        return sent.IsNew
            ? string.Create(CultureInfo.InvariantCulture, $"the report of {sent.Day}: {sent.Messages} messages for {sent.Chats} chats")
            : $"the report of {sent.Day} had been written before";
    }

    private static async Task<bool> AnyRunsAsync(IGrains grains)
    {
        foreach (var job in Before)
        {
            if ((await grains.Get<IJobGrain>(job).DescribeAsync()).RunId is not null)
            {
                return true;
            }
        }

        return false;
    }
}
