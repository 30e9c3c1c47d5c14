using System.Threading.Channels;
using Finstage.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace Finstage.Grains.Notifier;

/// <summary>How fast one chat is written to.</summary>
public sealed class NotifierOptions
{
    /// <summary>The least time between two messages to one Telegram chat. Default 1 s, 0 to 1 min; the console has none.</summary>
    public TimeSpan Pace { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait after the first failed attempt; it doubles with each further one. Default 2 s, 10 ms to 10 min.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait between two attempts. Default 5 min, at least <see cref="FirstRetry"/>.</summary>
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a replay may be silent before its open batches go out as they are. Default 20 min.</summary>
    public TimeSpan ReplaySilence { get; set; } = TimeSpan.FromMinutes(20);
}

/// <summary>
/// Empties one chat's outbox: decides what goes alone, closes batches, sends, marks. It holds nothing that the outbox does not, but
/// how far a replay has come; so it may be stopped at any moment and started again. One runs per chat.
/// </summary>
internal sealed partial class OutboxPump(
    string chat, IOutbox outbox, IMessenger messenger, NotifierOptions options, TimeProvider clock, ILogger logger)
{
    private const int MaxRows = 500;

    // So many messages from one look at the outbox, unless something new is heard of meanwhile.
    private const int MaxSends = 100;
    private const long Hour = 3_600;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long replayedTo;
    private DateTimeOffset replayHeard = clock.GetUtcNow();
    private DateTimeOffset notBefore = DateTimeOffset.MinValue;
    private int pending;
    private string? lastError;
    private string? stepError;

    /// <summary>The rows that waited when it last looked.</summary>
    public int Pending => Volatile.Read(ref pending);

    /// <summary>Why the outbox could not be worked on, or else why sending failed last; null since the last success.</summary>
    public string? LastError => Volatile.Read(ref stepError) ?? Volatile.Read(ref lastError);

    /// <summary>Says that there may be something to do. Thread-safe.</summary>
    public void Wake(long replayTime)
    {
        if (replayTime > 0)
        {
            lock (gate)
            {
                replayedTo = Math.Max(replayedTo, replayTime);
                replayHeard = clock.GetUtcNow();
            }
        }

        wake.Writer.TryWrite(true);
    }

    /// <summary>Sends until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var wait = LongestWait;
            try
            {
                wait = await StepAsync(cancellation);
                Volatile.Write(ref stepError, null);
            }
            catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                Volatile.Write(ref stepError, error.Message);
                LogStepFailed(error, chat);
            }

            if (wait > TimeSpan.Zero)
            {
                await WaitAsync(wait, cancellation);
            }
        }
    }

    /// <summary>Looks once and does what is due, and says how long to wait before the next look.</summary>
    internal async Task<TimeSpan> StepAsync(CancellationToken cancellation)
    {
        // What was heard of so far will be seen by this look.
        wake.Reader.TryRead(out _);
        var settings = (await outbox.ReadChatsAsync(cancellation)).FirstOrDefault(c => c.Id == chat);
        var language = settings?.Language == "en" ? "en" : "ko";
        var waiting = await outbox.ReadWaitingAsync(chat, MaxRows, cancellation);
        Volatile.Write(ref pending, waiting.Count);
        if (waiting.Count == 0 || settings is { Enabled: false, Id: not Chat.ConsoleId })
        {
            return LongestWait;
        }

        var now = clock.GetUtcNow();
        if (await DecideAsync(waiting, cancellation) || await CloseBatchesAsync(waiting, language, now, cancellation))
        {
            return TimeSpan.Zero;
        }

        var next = AlertBatches.Next(waiting).Take(MaxSends).ToList();
        if (next.Count == 0)
        {
            return UntilNextBatch(waiting, now);
        }

        // The receiver's wait is for the whole chat, also after a restart that forgot notBefore.
        var asked = waiting.Max(row => row.NextAttempt);
        var due = asked > notBefore ? asked.Value : notBefore;
        if (due > now)
        {
            return Shorter(due - now, UntilNextBatch(waiting, now));
        }

        foreach (var row in next)
        {
            var mayFollow = await SendAsync(row, language, cancellation);
            if (!mayFollow || notBefore > clock.GetUtcNow() || wake.Reader.TryPeek(out _))
            {
                break;
            }
        }

        return TimeSpan.Zero;
    }

    private async Task<bool> DecideAsync(IReadOnlyList<OutboxRow> waiting, CancellationToken cancellation)
    {
        var decided = false;
        foreach (var row in AlertBatches.Undecided(waiting))
        {
            var asOf = row.Alert.AsOf;

            // An hour before and after: intervals of one symbol do not come in the order of their time.
            var alone = await outbox.CountAloneAsync(chat, row.Alert.Symbol, row.Alert.Stream, asOf - Hour, asOf + Hour - 1, cancellation);
            var route = alone < AlertBatches.MaxAlonePerHour
                ? new AlertRoute(row.Id, AlertDelivery.Alone, asOf)
                : new AlertRoute(row.Id, AlertDelivery.Batch, AlertBatches.EndOf(asOf));
            await outbox.RouteAsync([route], cancellation);
            decided = true;
        }

        return decided;
    }

    private async Task<bool> CloseBatchesAsync(
        IReadOnlyList<OutboxRow> waiting, string language, DateTimeOffset now, CancellationToken cancellation)
    {
        var closed = false;
        foreach (var batch in AlertBatches.Complete(waiting, now.ToUnixTimeSeconds(), ReplayedTo(now)))
        {
            closed = true;
            foreach (var row in batch)
            {
                await GiveUpIfUntellableAsync(row, language, now, cancellation);
            }

            foreach (var page in AlertFormatter.Pages([.. batch.Where(row => AlertFormatter.Fault(row, language) is null)], language))
            {
                var (stream, dueAt) = (page[0].Alert.Stream, page[0].Alert.DueAt);
                await outbox.CloseBatchAsync(chat, stream, dueAt, [.. page.Select(row => row.Id)], now, cancellation);
            }
        }

        return closed;
    }

    // What another version wrote, or a rule that is no more: one such row must not hold up the chat.
    private async Task<bool> GiveUpIfUntellableAsync(OutboxRow row, string language, DateTimeOffset now, CancellationToken cancellation)
    {
        if (AlertFormatter.Fault(row, language) is not { } fault)
        {
            return false;
        }

        await outbox.MarkFailedAsync(row.Id, $"It cannot be put into words: {fault}", now, cancellation);
        LogUntellable(chat, row.Id, fault);
        return true;
    }

    // Says whether the next may follow at once: not after one that goes again, even where its wait was over before it was marked.
    private async Task<bool> SendAsync(OutboxRow row, string language, CancellationToken cancellation)
    {
        if (await TextAsync(row, language, cancellation) is not { } text)
        {
            return true;
        }

        // A message that is on its way is waited for, also when the program is stopping: cut off, it would be sent again.
        var result = await messenger.SendAsync(chat, text, CancellationToken.None);
        var now = clock.GetUtcNow();
        if (chat != Chat.ConsoleId)
        {
            notBefore = now + options.Pace;
        }

        // What was accepted is marked even when the program is stopping: the mark is what keeps it from being sent again.
        switch (result.Outcome)
        {
            case SendOutcome.Sent:
                await outbox.MarkSentAsync(row.Id, result.MessageId, now, CancellationToken.None);
                Volatile.Write(ref lastError, null);
                break;
            case SendOutcome.Rejected:
                await outbox.MarkFailedAsync(row.Id, result.Error ?? "rejected", now, CancellationToken.None);
                Volatile.Write(ref lastError, result.Error);
                LogRejected(chat, row.Id, result.Error);
                break;
            default:
                var wait = result.RetryAfter ?? Backoff(row.Attempts);
                notBefore = now + wait;
                await outbox.MarkRetryAsync(row.Id, result.Error ?? "not accepted", now + wait, CancellationToken.None);
                Volatile.Write(ref lastError, result.Error);
                LogRetry(chat, row.Id, wait.TotalSeconds, result.Error);
                return false;
        }

        return true;
    }

    private async Task<string?> TextAsync(OutboxRow row, string language, CancellationToken cancellation)
    {
        if (row.Alert.Kind == AlertKind.Batch)
        {
            return AlertFormatter.Batch(await outbox.ReadBatchAsync(row.Id, cancellation), language, row.Id);
        }

        return await GiveUpIfUntellableAsync(row, language, clock.GetUtcNow(), cancellation)
            ? null
            : AlertFormatter.Alone(row, language);
    }

    private TimeSpan Backoff(int attempts)
    {
        var wait = options.FirstRetry * Math.Pow(2, Math.Min(attempts, 20));
        return wait < options.LongestRetry ? wait : options.LongestRetry;
    }

    private long ReplayedTo(DateTimeOffset now)
    {
        lock (gate)
        {
            return now - replayHeard > options.ReplaySilence ? long.MaxValue : replayedTo;
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

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellation)
    {
        using var elapsed = new CancellationTokenSource(wait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, elapsed.Token);
        try
        {
            await wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time has come.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox of chat {Chat} could not be worked on; trying again.")]
    private partial void LogStepFailed(Exception error, string chat);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chat {Chat} did not accept message #{Id}; again in {Seconds} s: {Error}")]
    private partial void LogRetry(string chat, long id, double seconds, string? error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message #{Id} of chat {Chat} cannot be put into words and is given up: {Fault}")]
    private partial void LogUntellable(string chat, long id, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Chat {Chat} refuses message #{Id} for good: {Error}")]
    private partial void LogRejected(string chat, long id, string? error);
}
