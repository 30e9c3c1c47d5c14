using System.Threading.Channels;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Charts;
using Finstage.Analysis.Signals;
using Finstage.Grains.Charts;
using Finstage.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace Finstage.Grains.Notifier;

/// <summary>
/// Sends the chart of a high alert after its text, as an answer to it. Best effort: each is tried once, within the chat's pace, and what
/// fails, or a crash forgets, is left out; the text has long arrived. One runs for each chat, beside its pump. Adding is thread-safe.
/// </summary>
internal sealed partial class ChartFollower(string chat, PumpTools tools, ChartMaker charts)
{
    private const int MaxWaiting = 10;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Channel<(SignalPayload Signal, string Language, long MessageId)> wishes =
        Channel.CreateBounded<(SignalPayload, string, long)>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Whether a row is followed by a chart.</summary>
    public static bool Follows(OutboxRow row) => row.Alert is { Kind: AlertKind.Signal, Priority: AlertPriority.High };

    /// <summary>Says that an alert has arrived.</summary>
    /// <param name="row">Its row, one of those that <see cref="Follows"/> tells.</param>
    /// <param name="language">The chat's language.</param>
    /// <param name="messageId">The message to answer.</param>
    public void Add(OutboxRow row, string language, long messageId) => wishes.Writer.TryWrite((SignalPayload.Parse(row.Alert.Payload), language, messageId));

    /// <summary>Draws and sends until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var (signal, language, messageId) in wishes.Reader.ReadAllAsync(cancellation))
        {
            try
            {
                await FollowAsync(signal, language, messageId, cancellation);
            }
            catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                LogFailed(tools.Logger, error, chat);
            }
        }
    }

    private async Task FollowAsync(SignalPayload signal, string language, long messageId, CancellationToken cancellation)
    {
        if (!CandleIntervals.TryParse(signal.Interval, out var interval))
        {
            return;
        }

        var mark = new ChartMark(signal.Time, (Direction)signal.Direction, signal.Strategy);
        if (await charts.DrawAsync(signal.Symbol, interval, language, mark, cancellation) is not { } png)
        {
            return;
        }

        for (var wait = tools.Gate.TryTake(chat); wait > TimeSpan.Zero; wait = tools.Gate.TryTake(chat))
        {
            await Task.Delay(wait < LongestWait ? wait : LongestWait, tools.Clock, cancellation);
        }

        var result = await tools.Messenger.SendPhotoAsync(chat, new OutgoingPhoto(png, string.Empty, messageId), cancellation);
        tools.Gate.Answered(chat);
        if (result.Outcome != SendOutcome.Sent)
        {
            tools.Gate.Block(chat, result.RetryAfter ?? TimeSpan.Zero);
            LogLeftOut(tools.Logger, chat, result.Error);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Chat {Chat} did not take a chart; its alert has arrived: {Error}")]
    private static partial void LogLeftOut(ILogger logger, string chat, string? error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A chart for chat {Chat} could not be made; its alert has arrived.")]
    private static partial void LogFailed(ILogger logger, Exception error, string chat);
}
