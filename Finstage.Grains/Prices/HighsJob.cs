using System.Globalization;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Jobs;
using Finstage.Hosting;
using Microsoft.Extensions.Logging;

namespace Finstage.Grains.Prices;

/// <summary>The job <c>highs</c>: looks up the 52-week and the all-time highs of every watched symbol.</summary>
public sealed partial class HighsJob(HighsUpdater highs, ILogger<HighsJob> logger) : IJobWork
{
    /// <summary>The job's name.</summary>
    public const string JobName = "highs";

    private const int AtOnce = 5;

    /// <inheritdoc/>
    public string Name => JobName;

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.Every(TimeSpan.FromHours(4));

    /// <inheritdoc/>
    public TimeSpan? RetryAfter { get; } = JobSchedule.RetryWhenUnreachable;

    /// <inheritdoc/>
    public JobProgress Progress { get; } = new();

    /// <inheritdoc/>
    public async Task<string> RunAsync(IGrains grains, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(grains);
        var symbols = (await grains.Get<IMarketGrain>(IMarketGrain.Main).ListAsync()).Where(s => s.Enabled).ToList();
        var (done, asked, failed, error) = (0, 0, 0, (string?)null);
        Progress.Begin(symbols.Count, "looking");
        try
        {
            var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
            await Parallel.ForEachAsync(symbols, limit, async (symbol, token) =>
            {
                var (wasAsked, failure) = await RefreshAsync(grains, symbol, token);
                _ = wasAsked ? Interlocked.Increment(ref asked) : 0;
                _ = failure is null ? Interlocked.Increment(ref done) : Interlocked.Increment(ref failed);
                Interlocked.CompareExchange(ref error, failure, null);
                Progress.Step(symbol.Code);
            });
        }
        finally
        {
            Progress.End();
        }

        var summary = string.Create(CultureInfo.InvariantCulture, $"{done}/{symbols.Count} symbols looked up, {asked} of them asked for");
        return failed == 0 ? summary
            : done == 0 ? throw new InvalidOperationException($"{summary}; the first failed because: {error}")
            : string.Create(CultureInfo.InvariantCulture, $"{summary}; {failed} failed, the first because: {error}");
    }

    private async Task<(bool WasAsked, string? Failure)> RefreshAsync(IGrains grains, SymbolInfo symbol, CancellationToken cancellation)
    {
        try
        {
            var (wasAsked, failure) = await highs.RefreshAsync(grains, symbol, cancellation);
            return (wasAsked, failure?.Message);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogFailed(error, symbol.Code);
            return (true, error.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The highs of {Symbol} could not be looked up; the others go on.")]
    private partial void LogFailed(Exception error, string symbol);
}
