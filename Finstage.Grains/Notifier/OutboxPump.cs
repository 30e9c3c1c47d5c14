using System.Threading.Channels;
using Finstage.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace Finstage.Grains.Notifier;

/// <summary>
/// Empties one chat's outbox: leaves out what the chat does not wish, decides what goes alone, closes batches, sends, marks. It holds
/// nothing that the outbox does not, but how far a replay has come; so it may be stopped at any moment and started again. One runs per
/// chat, and the rows of a chat are changed by it alone: what others add, it hears of.
/// </summary>
internal sealed partial class OutboxPump
{
    private const int MaxRows = 500;
    private const long Hour = 3_600;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    // A page is looked at for so long before it is read again, unless something new is heard of.
    private static readonly TimeSpan PageLife = TimeSpan.FromSeconds(5);

    // Where nothing holds it up, so many messages go before it looks at what it has heard of meanwhile: a look costs more than a message.
    private const int SendsPerLook = 10;

    private readonly Lock gate = new();
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly string chat;
    private readonly PumpTools tools;
    private readonly OutboxSender sender;
    private long replayedTo;
    private DateTimeOffset replayHeard;
    private Page? page;
    private bool hasNews;
    private int sends;
    private int pending;
    private string? stepError;

    public OutboxPump(string chat, PumpTools tools)
    {
        this.chat = chat;
        this.tools = tools;
        sender = new OutboxSender(chat, tools);
        replayHeard = tools.Clock.GetUtcNow();
    }

    /// <summary>What sends the charts of its alerts, or null.</summary>
    public ChartFollower? Follower { get; init; }

    /// <summary>The rows that waited when it last looked.</summary>
    public int Pending => Volatile.Read(ref pending);

    /// <summary>Why the outbox could not be worked on, or else why sending failed last; null since the last success.</summary>
    public string? LastError => Volatile.Read(ref stepError) ?? sender.LastError;

    /// <summary>Says that there may be something to do. Thread-safe.</summary>
    public void Wake(long replayTime)
    {
        if (replayTime > 0)
        {
            lock (gate)
            {
                replayedTo = Math.Max(replayedTo, replayTime);
                replayHeard = tools.Clock.GetUtcNow();
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
                page = null;
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
        var wait = await WorkAsync(cancellation);
        if (wait <= TimeSpan.Zero || !hasNews)
        {
            return wait;
        }

        // It was busy when it heard; before it rests, it looks.
        sends = 0;
        return TimeSpan.Zero;
    }

    private async Task<TimeSpan> WorkAsync(CancellationToken cancellation)
    {
        var now = tools.Clock.GetUtcNow();
        var look = await LookAsync(now, cancellation);
        if (look.Chat is { Enabled: false, Id: not Chat.ConsoleId } off)
        {
            return await ExpireAsync(off, now, cancellation);
        }

        if (look.Waiting.Count == 0)
        {
            return LongestWait;
        }

        if (await SuppressAsync(look, now, cancellation) || await DecideAsync(look, cancellation))
        {
            page = null;
            return TimeSpan.Zero;
        }

        if (Held(look, now) is { } hold)
        {
            return hold;
        }

        if (await DigestAsync(look, now, cancellation) || await CloseBatchesAsync(look, now, cancellation))
        {
            page = null;
            return TimeSpan.Zero;
        }

        return await SendAsync(look, now, cancellation);
    }

    private async Task<Page> LookAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        // What was heard of so far will be seen by this look, or by one soon.
        hasNews |= wake.Reader.TryRead(out _);
        var isCurrent = !hasNews || sends is > 0 and < SendsPerLook;
        if (page is { } known && isCurrent && known.Waiting.Count > 0 && now - known.At < PageLife && now >= known.At)
        {
            return known;
        }

        page = null;
        (hasNews, sends) = (false, 0);
        var settings = (await tools.Outbox.ReadChatsAsync(cancellation)).FirstOrDefault(c => c.Id == chat);
        var waiting = await tools.Outbox.ReadWaitingAsync(chat, MaxRows, cancellation);
        var mutes = waiting.Count == 0 ? [] : await tools.Chats.ReadMutesAsync(chat, waiting.Min(row => row.CreatedAt), cancellation);
        Volatile.Write(ref pending, waiting.Count);
        return page = new Page(settings, [.. waiting], mutes, now);
    }

    // A chat that is switched off keeps what it has for as long as one that cannot be reached.
    private async Task<TimeSpan> ExpireAsync(Chat off, DateTimeOffset now, CancellationToken cancellation)
    {
        var reason = $"The chat is switched off{(off.Fault is null ? "." : $": {off.Fault}")}";
        var expired = await tools.Outbox.ExpireAsync(chat, now - tools.Options.GiveUpAfter, reason, now, cancellation);
        page = null;
        return expired > 0 ? TimeSpan.Zero : LongestWait;
    }

    // The receiver's wait is for the whole chat, also after a restart that forgot it; quiet hours hold everything.
    private static TimeSpan? Held(Page look, DateTimeOffset now)
    {
        if (look.Chat?.Wishes.Quiet?.EndAfter(now) is { } end)
        {
            return Shorter(end - now, LongestWait);
        }

        return look.Waiting.Max(row => row.NextAttempt) is { } due && due > now ? Shorter(due - now, LongestWait) : null;
    }

    private async Task<TimeSpan> SendAsync(Page look, DateTimeOffset now, CancellationToken cancellation)
    {
        var next = AlertBatches.Next(look.Waiting).FirstOrDefault();
        if (next is null)
        {
            return UntilNextBatch(look.Waiting, now);
        }

        var wait = tools.Gate.TryTake(chat);
        if (wait > TimeSpan.Zero)
        {
            return wait;
        }

        if (await sender.SendAsync(next, look.Language, cancellation))
        {
            sends++;
            look.Waiting.Remove(next);
            Volatile.Write(ref pending, look.Waiting.Count);

            // Alerts go first: of several in a row, the last one's chart follows.
            if (sender.SentAs is { } message && ChartFollower.Follows(next) && !AlertBatches.Next(look.Waiting).Any())
            {
                Follower?.Add(next, look.Language, message);
            }
        }
        else
        {
            page = null;
        }

        return TimeSpan.Zero;
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellation)
    {
        using var elapsed = new CancellationTokenSource(wait, tools.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, elapsed.Token);
        try
        {
            await wake.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time has come.
        }
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox of chat {Chat} could not be worked on; trying again.")]
    private static partial void LogStepFailed(ILogger logger, Exception error, string chat);

    private void LogStepFailed(Exception error, string key) => LogStepFailed(tools.Logger, error, key);

    /// <summary>What it saw when it last looked, less what it has sent since.</summary>
    private sealed record Page(Chat? Chat, List<OutboxRow> Waiting, IReadOnlyList<SymbolMute> Mutes, DateTimeOffset At)
    {
        public string Language => Chat?.Language == "en" ? "en" : "ko";
    }
}
