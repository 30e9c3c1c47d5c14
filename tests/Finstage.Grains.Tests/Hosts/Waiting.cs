namespace Finstage.Grains.Tests.Hosts;

/// <summary>Waiting for work in the background that ends even when the code under test hangs.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    public static Task OrHangAsync(this Task task) => task.WaitAsync(Hang, TestContext.Current.CancellationToken);

    public static Task<T> OrHangAsync<T>(this Task<T> task) => task.WaitAsync(Hang, TestContext.Current.CancellationToken);

    /// <summary>Waits until something holds that work in the background brings about; the clock stands still meanwhile.</summary>
    public static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    /// <summary>Waits until something holds that work in the background brings about; the clock stands still meanwhile.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holdsAsync)
    {
        using var hang = new CancellationTokenSource(Hang);
        while (!await holdsAsync())
        {
            Assert.False(hang.IsCancellationRequested, "It did not happen in time.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Something that happens once, and can be awaited.</summary>
    public static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
