using Finstage.Grains.Ports;

namespace Finstage.Grains.Notifier;

/// <content>What is told, what goes alone, and what goes together.</content>
internal sealed partial class OutboxPump
{
    private async Task<bool> SuppressAsync(Page look, DateTimeOffset now, CancellationToken cancellation)
    {
        if (look.Chat is not { } settings)
        {
            return false;
        }

        var reasons = look.Waiting
            .Select(row => (row.Id, Reason: AlertScreen.Reason(row, settings.Wishes, look.Mutes)))
            .Where(r => r.Reason is not null)
            .Select(r => (r.Id, r.Reason!))
            .ToList();
        if (reasons.Count > 0)
        {
            await tools.Outbox.SuppressAsync(reasons, now, cancellation);
        }

        return reasons.Count > 0;
    }

    private async Task<bool> DecideAsync(Page look, CancellationToken cancellation)
    {
        var routes = new List<AlertRoute>();
        var chosen = new List<Alert>();
        foreach (var row in AlertBatches.Undecided(look.Waiting))
        {
            // An hour before and after: intervals of one symbol do not come in the order of their time.
            var alert = row.Alert;
            var (from, to) = (alert.AsOf - Hour, alert.AsOf + Hour - 1);
            var alone = await tools.Outbox.CountAloneAsync(chat, alert.Symbol, alert.Stream, from, to, cancellation)
                + chosen.Count(a => a.Symbol == alert.Symbol && a.Stream == alert.Stream && a.AsOf > from && a.AsOf <= to);
            if (alone < tools.Options.AlonePerHour)
            {
                routes.Add(new AlertRoute(row.Id, AlertDelivery.Alone, alert.AsOf));
                chosen.Add(alert);
            }
            else
            {
                routes.Add(new AlertRoute(row.Id, AlertDelivery.Batch, AlertBatches.EndOf(alert.AsOf)));
            }
        }

        if (routes.Count > 0)
        {
            await tools.Outbox.RouteAsync(routes, cancellation);
        }

        return routes.Count > 0;
    }

    private async Task<bool> DigestAsync(Page look, DateTimeOffset now, CancellationToken cancellation)
    {
        // Due at once: it has waited longer than any batch does.
        var routes = AlertBatches.Overdue(look.Waiting, now - tools.Options.DigestAfter)
            .Select(row => new AlertRoute(row.Id, AlertDelivery.Batch, row.Alert.AsOf))
            .ToList();
        if (routes.Count > 0)
        {
            await tools.Outbox.RouteAsync(routes, cancellation);
        }

        return routes.Count > 0;
    }

    private async Task<bool> CloseBatchesAsync(Page look, DateTimeOffset now, CancellationToken cancellation)
    {
        var closed = false;
        var late = (long)tools.Options.DigestAfter.TotalSeconds;
        foreach (var batch in AlertBatches.Complete(look.Waiting, now.ToUnixTimeSeconds(), ReplayedTo(now), late))
        {
            closed = true;
            foreach (var row in batch)
            {
                await sender.GiveUpIfUntellableAsync(row, look.Language, cancellation);
            }

            var tellable = batch.Where(row => AlertFormatter.Fault(row, look.Language) is null).ToArray();
            foreach (var members in AlertFormatter.Pages(tellable, look.Language))
            {
                var (stream, dueAt) = (members[0].Alert.Stream, members[0].Alert.DueAt);
                await tools.Outbox.CloseBatchAsync(chat, stream, dueAt, [.. members.Select(row => row.Id)], now, cancellation);
            }
        }

        return closed;
    }

    private long ReplayedTo(DateTimeOffset now)
    {
        lock (gate)
        {
            return now - replayHeard > tools.Options.ReplaySilence ? long.MaxValue : replayedTo;
        }
    }

    private static TimeSpan UntilNextBatch(IReadOnlyList<OutboxRow> waiting, DateTimeOffset now)
    {
        var nextLive = waiting
            .Where(row => row.Alert.Delivery == AlertDelivery.Batch && row.Alert.Stream == AlertStream.Live)
            .Select(row => DateTimeOffset.FromUnixTimeSeconds(row.Alert.DueAt) - now)
            .DefaultIfEmpty(LongestWait)
            .Min();
        var wait = Shorter(nextLive, LongestWait);
        return wait > TimeSpan.FromMilliseconds(10) ? wait : TimeSpan.FromMilliseconds(10);
    }
}
