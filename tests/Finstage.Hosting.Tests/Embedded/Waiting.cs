namespace Finstage.Hosting.Tests.Embedded;

/// <summary>Waiting that ends even when the code under test hangs.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    public static Task OrHangAsync(this Task task) => task.WaitAsync(Hang, TestContext.Current.CancellationToken);

    public static Task<T> OrHangAsync<T>(this Task<T> task) => task.WaitAsync(Hang, TestContext.Current.CancellationToken);

    /// <summary>Something that happens once, and can be awaited.</summary>
    public static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
