using Finstage.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace Finstage.Grains.Bot;

/// <summary>
/// Waits for updates and has them answered, one after the other, until it is cancelled. It obeys only people who may give commands, in
/// chats that are told alerts; all others get one polite refusal.
/// </summary>
internal sealed partial class BotPoller(
    IBotApi api, BotAnswers answers, IChatStore chats, BotOptions options, TimeProvider clock, ILogger logger, Func<long, Task> save)
{
    private const int MaxStrangers = 1_000;
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    // No stranger is answered more than once, and all of them together not more often than this.
    private static readonly TimeSpan RefusalPace = TimeSpan.FromSeconds(10);

    private readonly HashSet<(string Chat, long User)> strangers = [];
    private DateTimeOffset lastRefusal = DateTimeOffset.MinValue;
    private bool hasToldCommands;
    private long answered;
    private string? error;

    /// <summary>Commands answered.</summary>
    public long Answered => Interlocked.Read(ref answered);

    /// <summary>Why it hears nothing, or null.</summary>
    public string? Error => Volatile.Read(ref error);

    /// <summary>Listens.</summary>
    /// <param name="offset">The number of the first update that is not answered.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(long offset, CancellationToken stop)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var next = await ListenAsync(offset, stop);
                failures = next.Wait is null ? 0 : failures + 1;
                offset = next.Offset;
                if (next.Wait is { } asked)
                {
                    await Task.Delay(asked > TimeSpan.Zero ? asked : Backoff(failures), clock, stop);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                Volatile.Write(ref error, fault.Message);
                LogFailed(logger, fault);
                await Task.Delay(Backoff(++failures), clock, stop);
            }
        }
    }

    /// <summary>Asks once and answers what came.</summary>
    /// <returns>The next offset, and how long to wait before asking again: null for not at all, zero for as long as usual.</returns>
    internal async Task<(long Offset, TimeSpan? Wait)> ListenAsync(long offset, CancellationToken stop)
    {
        if (!hasToldCommands)
        {
            hasToldCommands = await answers.TellCommandsAsync(api, stop);
        }

        var heard = await api.GetUpdatesAsync(offset, stop);
        if (heard.Outcome != SendOutcome.Sent)
        {
            if (Error != heard.Error)
            {
                LogDeaf(logger, heard.Error);
            }

            Volatile.Write(ref error, heard.Error ?? "no answer");
            return (offset, heard.RetryAfter ?? TimeSpan.Zero);
        }

        Volatile.Write(ref error, null);
        foreach (var update in heard.Items)
        {
            await TakeAsync(update, stop);
            offset = Math.Max(offset, update.Id + 1);
            await save(offset);
        }

        return (offset, null);
    }

    private async Task TakeAsync(BotUpdate update, CancellationToken stop)
    {
        if (update.Text is null || update.Chat.Length == 0 || (update.Press is null && !IsCommand(update.Text)))
        {
            return;
        }

        try
        {
            var chat = await chats.FindAsync(update.Chat, stop);
            if (chat is null || chat.Id == Chat.ConsoleId || !(chat.Enabled || chat.Fault is not null) || !options.UserIds.Contains(update.User))
            {
                await RefuseAsync(update, stop);
                return;
            }

            if (chat.Fault is not null)
            {
                // Whoever writes here again has let the bot in again.
                await chats.ChangeAsync(chat.Id, c => c with { Enabled = true, Fault = null }, stop);
            }

            await answers.AnswerAsync(api, chat, update, stop);
            Interlocked.Increment(ref answered);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // One command that fails must not come again and again.
            LogCommandFailed(logger, fault, update.Chat);
            await answers.ApologizeAsync(update, stop);
        }
    }

    // In a group a command may name the bot it is for, such as /help@name.
    private bool IsCommand(string text)
    {
        if (!text.StartsWith('/'))
        {
            return false;
        }

        var (at, end) = (text.IndexOf('@'), text.AsSpan().IndexOfAny(" \t\r\n"));
        var named = at < 0 || (end >= 0 && at > end) ? null : text[(at + 1)..(end < 0 ? text.Length : end)];
        return named is null || api.Name is not { } name || named.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    private async Task RefuseAsync(BotUpdate update, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (strangers.Count >= MaxStrangers || !strangers.Add((update.Chat, update.User)))
        {
            return;
        }

        LogStranger(logger, update.Chat, update.User);
        if (now - lastRefusal >= RefusalPace)
        {
            lastRefusal = now;
            await answers.RefuseAsync(api, update, stop);
        }
    }

    private TimeSpan Backoff(int failures)
    {
        var wait = options.FirstRetry * Math.Pow(2, Math.Clamp(failures - 1, 0, 10));
        return wait < LongestRetry ? wait : LongestRetry;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The bot could not listen; trying again.")]
    private static partial void LogFailed(ILogger logger, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bot hears nothing: {Error}")]
    private static partial void LogDeaf(ILogger logger, string? error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A command from chat {Chat} failed.")]
    private static partial void LogCommandFailed(ILogger logger, Exception error, string chat);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A stranger gave a command: chat {Chat}, user {User}. Those who may stand in Telegram:ChatIds and Telegram:UserIds.")]
    private static partial void LogStranger(ILogger logger, string chat, long user);
}
