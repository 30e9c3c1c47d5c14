using Microsoft.Extensions.Logging;

namespace Finstage.Hosting.Embedded;

/// <summary>What the embedded host logs.</summary>
internal static partial class HostLog
{
    [LoggerMessage(LogLevel.Information, "The embedded host runs grains of these kinds: {Kinds}.")]
    public static partial void Started(ILogger log, string kinds);

    [LoggerMessage(LogLevel.Information, "Every grain has ended.")]
    public static partial void Drained(ILogger log);

    [LoggerMessage(LogLevel.Warning, "The host stops with {Pending} turns and pieces of work unfinished, {Grains} grains still alive.")]
    public static partial void DrainCutShort(ILogger log, int pending, int grains);

    [LoggerMessage(LogLevel.Warning, "A turn of {Kind}/{Key} ended after its caller had given up.")]
    public static partial void EndedLate(ILogger log, Exception? error, string kind, string key);

    [LoggerMessage(LogLevel.Error, "{Kind}/{Key} failed while it was deactivated.")]
    public static partial void DeactivationFailed(ILogger log, Exception error, string kind, string key);

    [LoggerMessage(LogLevel.Error, "{Kind}/{Key} failed while it was let go.")]
    public static partial void ReleaseFailed(ILogger log, Exception error, string kind, string key);

    [LoggerMessage(LogLevel.Error, "Work of {Kind}/{Key} outside its turns failed.")]
    public static partial void OutsideWorkFailed(ILogger log, Exception error, string kind, string key);

    [LoggerMessage(LogLevel.Error, "The reminder {Name} of {Kind}/{Key} failed; it beats again at its next period.")]
    public static partial void ReminderFailed(ILogger log, Exception error, string kind, string key, string name);

    [LoggerMessage(LogLevel.Error, "The reminder {Name} of {Kind}/{Key} could not be moved on; it will beat again.")]
    public static partial void ReminderStuck(ILogger log, Exception error, string kind, string key, string name);

    [LoggerMessage(LogLevel.Error, "{Loop} failed; it goes on at the next tick.")]
    public static partial void TickFailed(ILogger log, Exception error, string loop);
}
