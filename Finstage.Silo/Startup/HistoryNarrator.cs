using System.Globalization;
using Finstage.Grains.Interfaces.Jobs;

namespace Finstage.Silo.Startup;

/// <summary>Tells the person at the terminal how far a long fetching of history has come, every few seconds. Thread-safe.</summary>
internal sealed class HistoryNarrator(Narrator narrator, TimeProvider clock) : IProgress<JobProgressView>
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private long lastLine = clock.GetTimestamp();

    public void Report(JobProgressView value)
    {
        lock (gate)
        {
            if (value.Done <= 1)
            {
                lastLine = clock.GetTimestamp();
            }

            if (clock.GetElapsedTime(lastLine) < Often)
            {
                return;
            }

            lastLine = clock.GetTimestamp();
        }

        narrator.Say(string.Create(
            CultureInfo.InvariantCulture, $"  history {100.0 * value.Done / value.Total,3:0} %  {value.Done} of {value.Total} series, {value.Word}"));
    }
}
