using Spectre.Console;

namespace Finstage.Client.Output;

/// <summary>Work that takes a while: a bar on a terminal, nothing in a pipe.</summary>
internal static class LongWork
{
    /// <summary>Runs it beside the bar.</summary>
    /// <param name="screen">Where the bar is drawn.</param>
    /// <param name="word">What is done.</param>
    /// <param name="work">The work; it reports the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static async Task<T> RunAsync<T>(Screen screen, string word, Func<IProgress<double>, T> work, CancellationToken cancellation)
    {
        if (!screen.IsInteractive)
        {
            return await Task.Run(() => work(new Shown(_ => { })), cancellation);
        }

        return await screen.Console.Progress().AutoClear(true).StartAsync(async context =>
        {
            var bar = context.AddTask(word);
            return await Task.Run(() => work(new Shown(share => bar.Value = 100 * share)), cancellation);
        });
    }

    private sealed class Shown(Action<double> show) : IProgress<double>
    {
        public void Report(double value) => show(value);
    }
}
