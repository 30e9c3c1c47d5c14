using Finstage.Adapters.Prices;
using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Silo.Replay;

/// <summary>How recorded candles are played.</summary>
/// <param name="Source">The series' source.</param>
/// <param name="Speed">How many times faster than the market; infinity for no waiting.</param>
/// <param name="Audience">Who is told.</param>
/// <param name="Replace">Whether the candles may replace a series from another source.</param>
internal sealed record PlayOptions(string Source, double Speed, Audience Audience, bool Replace);

/// <summary>What a play did.</summary>
internal sealed record PlayResult(long Candles, long Known, long Signals, long Alerts);

/// <summary>
/// Plays recorded candles to the symbols' grains as if they closed now, and tells the notifiers how far it has come. Playing the same
/// candles again does nothing again.
/// </summary>
internal sealed class CandlePlayer(ReplaySource replay, IOutbox outbox)
{
    // Without waiting, candles go in batches: their own closes are their "now", so the alerts are the same.
    private const int UnpacedSteps = 500;

    public async Task<PlayResult> PlayAsync(
        IGrains grains, IReadOnlyList<PriceSeries> series, PlayOptions options, CancellationToken cancellation)
    {
        var chats = await ListenersAsync(options.Audience, cancellation);
        var total = new PlayResult(0, 0, 0, 0);
        var steps = new List<ReplayStep>();
        var stepsTogether = double.IsPositiveInfinity(options.Speed) ? UnpacedSteps : 1;
        var firstBatch = new HashSet<(string, CandleInterval)>();
        var begin = series.Where(s => s.Candles.Length > 0).Min(s => (long?)s.Candles[0].Time) ?? 0;
        await WakeAsync(grains, chats, begin);
        await foreach (var step in replay.PlayAsync(series, options.Speed, cancellation))
        {
            steps.Add(step);
            if (steps.Count == stepsTogether)
            {
                await ApplyAsync();
            }
        }

        await ApplyAsync();
        return total;

        async Task ApplyAsync()
        {
            if (steps.Count == 0)
            {
                return;
            }

            var asOf = steps[^1].Time;
            foreach (var group in steps.SelectMany(s => s.Candles).GroupBy(c => (c.Symbol, c.Interval)))
            {
                // Only a play's first batch may clear a series of another source; the rest adds to it.
                var replace = options.Replace && firstBatch.Add(group.Key);
                var candles = group.Select(c => c.Candle).ToArray();
                var batch = CandleBatch.Of(
                    group.Key.Symbol, group.Key.Interval, options.Source, BatchOrigin.Replay, asOf, candles, options.Audience, replace);
                var result = await grains.Get<ISymbolGrain>(group.Key.Symbol).ApplyAsync(batch);
                total = new PlayResult(
                    total.Candles + result.Added, total.Known + result.Duplicates, total.Signals + result.Signals, total.Alerts + result.Alerts);
            }

            await WakeAsync(grains, chats, asOf);
            steps.Clear();
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Tells the notifiers that the replay is over: what its last quarter of an hour collected goes out.</summary>
    public async Task EndAsync(IGrains grains, IReadOnlyList<PriceSeries> series, Audience audience, CancellationToken cancellation)
    {
        var end = series.Where(s => s.Candles.Length > 0).Max(s => (long?)s.Interval.CloseTime(s.Candles[^1].Time)) ?? 0;
        await WakeAsync(grains, await ListenersAsync(audience, cancellation), AlertBatches.EndOf(end));
    }

    private static async Task WakeAsync(IGrains grains, IReadOnlyList<string> chats, long replayedTo)
    {
        foreach (var chat in chats)
        {
            await grains.Get<INotifierGrain>(chat).WakeAsync(replayedTo);
        }
    }

    private async Task<IReadOnlyList<string>> ListenersAsync(Audience audience, CancellationToken cancellation) =>
        audience == Audience.ConsoleOnly
            ? [Chat.ConsoleId]
            : [.. (await outbox.ReadChatsAsync(cancellation)).Where(c => c.Enabled).Select(c => c.Id)];
}
