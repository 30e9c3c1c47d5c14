using Finstage.Adapters.Telegram;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Finstage.Silo.Startup;

namespace Finstage.Silo.Telegram;

/// <summary>What is known of the bot. Thread-safe.</summary>
internal sealed class TelegramState
{
    private volatile string? error;
    private volatile string? name;

    /// <summary>Why Telegram does not take the token, or cannot be reached; null when all is well or not known yet.</summary>
    public string? Error
    {
        get => error;
        set => error = value;
    }

    /// <summary>The bot's name, once Telegram has told it.</summary>
    public string? Name
    {
        get => name;
        set => name = value;
    }
}

/// <summary>Asks Telegram at the start who the bot is, and goes on asking until it says so: a wrong token is told at once.</summary>
internal sealed class TelegramCheck(
    TelegramMessenger telegram, TelegramState state, Narrator narrator, IOutbox outbox, IGrains grains, TimeProvider clock,
    ILogger<TelegramCheck> logger) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        try
        {
            while (!await AskAsync(stopping))
            {
                await Task.Delay(Again, clock, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It stops before Telegram answered.
        }
    }

    private async Task<bool> AskAsync(CancellationToken stopping)
    {
        var bot = await telegram.GetMeAsync(stopping);
        if (bot.Outcome == SendOutcome.Sent)
        {
            state.Name = bot.Username;
            narrator.Say($"Telegram: writing as @{bot.Username}.");
            if (state.Error is not null)
            {
                state.Error = null;
                await WakeAsync(stopping);
            }

            return true;
        }

        if (state.Error is null)
        {
            narrator.Say(bot.Outcome == SendOutcome.Unauthorized
                ? $"Telegram refuses the token ({bot.Error}): correct Telegram:BotToken. Alerts wait until then; nothing is lost."
                : $"{bot.Error} Alerts wait; Telegram is asked again every minute.");
        }

        state.Error = bot.Outcome == SendOutcome.Unauthorized ? $"The token is refused: {bot.Error}" : bot.Error ?? "no answer";
        return false;
    }

    private async Task WakeAsync(CancellationToken stopping)
    {
        try
        {
            foreach (var chat in (await outbox.ReadChatsAsync(stopping)).Where(c => c.Enabled))
            {
                await grains.Get<INotifierGrain>(chat.Id).WakeAsync(0);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Each has a heartbeat of its own.
            TelegramLog.NotWoken(logger, error);
        }
    }
}

internal static partial class TelegramLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The chats could not be woken; they find their rows by themselves.")]
    public static partial void NotWoken(ILogger logger, Exception error);
}
