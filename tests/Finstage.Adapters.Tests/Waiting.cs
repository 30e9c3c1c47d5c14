using System.Diagnostics;
using Finstage.Testing;

namespace Finstage.Adapters.Tests;

/// <summary>Waits for what happens beside the test.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until something is so; without moving any clock.</summary>
    public static async Task UntilAsync(Func<bool> isSo, string what)
    {
        var since = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(since.Elapsed < Patience, $"It never came about that {what}.");
            await FakeTime.SettleAsync();
        }
    }

    /// <summary>Moves the clock on in steps until a task has ended.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="task">The task.</param>
    /// <param name="step">One step.</param>
    /// <param name="isBusy">Whether something is under way that does not follow this clock: time stands still for it.</param>
    public static async Task<T> AdvanceUntilDoneAsync<T>(this FakeTime time, Task<T> task, TimeSpan step, Func<bool>? isBusy = null)
    {
        var since = Stopwatch.StartNew();
        while (!task.IsCompleted)
        {
            Assert.True(since.Elapsed < Patience, "It never ended.");
            if (isBusy is null || !isBusy())
            {
                await time.AdvanceAsync(step);
            }

            await FakeTime.SettleAsync();
        }

        return await task;
    }
}
