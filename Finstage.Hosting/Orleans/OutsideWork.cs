using Microsoft.Extensions.Logging;

namespace Finstage.Hosting.Cluster;

/// <summary>What one grain has under way outside its turns. Thread-safe.</summary>
internal sealed partial class OutsideWork(GrainHostOptions options, ILogger<OutsideWork> logger) : IDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly List<Task> running = [];

    public void Run(string grain, Func<CancellationToken, Task> work)
    {
        lock (running)
        {
            running.RemoveAll(task => task.IsCompleted);
            if (running.Count >= options.OutsideLimit)
            {
                throw new InvalidOperationException(
                    $"{grain} has {options.OutsideLimit} pieces of work under way outside its turns and may start no more.");
            }

            // The call chain ends here: what the work calls, it calls as somebody outside.
            using (ExecutionContext.SuppressFlow())
            {
                running.Add(Task.Run(() => WorkAsync(grain, work)));
            }
        }
    }

    /// <summary>Tells the work to end and waits for it.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        await ending.CancelAsync();
        Task[] left;
        lock (running)
        {
            left = [.. running];
        }

        try
        {
            await Task.WhenAll(left).WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            LogLeftBehind(left.Count(task => !task.IsCompleted));
        }
    }

    public void Dispose() => ending.Dispose();

    private async Task WorkAsync(string grain, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // It was told to end.
        }
        catch (Exception error)
        {
            LogFailed(error, grain);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Work of {Grain} outside its turns failed.")]
    private partial void LogFailed(Exception error, string grain);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} pieces of work outside the turns did not end in time.")]
    private partial void LogLeftBehind(int count);
}
