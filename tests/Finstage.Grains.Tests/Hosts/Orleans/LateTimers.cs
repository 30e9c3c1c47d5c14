namespace Finstage.Grains.Tests.Hosts;

/// <summary>
/// A clock whose timers fire a millisecond late, as those of a computer do. The cluster waits in whole milliseconds and looks at the
/// clock again; on a clock that stands still while the rest is less than a millisecond, it would look for ever.
/// </summary>
internal sealed class LateTimers(TimeProvider inner) : TimeProvider
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(1);

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime + Late : dueTime, period);
}
