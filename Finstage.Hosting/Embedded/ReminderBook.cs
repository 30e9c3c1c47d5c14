namespace Finstage.Hosting.Embedded;

/// <summary>
/// The only writer of reminders. A beat under way is delivered first and moved on afterwards, so that a crash repeats it rather than
/// losing it; what its grain sets or clears meanwhile wins. A clock that is set back delays no beat by more than its period.
/// Thread-safe.
/// </summary>
internal sealed class ReminderBook(IReminderStore store, TimeProvider time, HostLifetime lifetime) : IDisposable
{
    private const int MaxReminders = 100_000;
    private static readonly TimeSpan SetBack = TimeSpan.FromMinutes(1);

    // Guards the store's rows and the beats together.
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<(GrainId Id, string Name), Beat> underWay = [];
    private DateTimeOffset seen;

    public Task SetAsync(GrainId id, string name, TimeSpan due, TimeSpan period) => ChangeAsync(id, name, () => store.UpsertAsync(
        new ReminderRow(id.Kind, id.Key, name, time.GetUtcNow() + due, period), lifetime.Stopped));

    public Task ClearAsync(GrainId id, string name) => ChangeAsync(id, name, () => store.RemoveAsync(
        id.Kind, id.Key, name, lifetime.Stopped));

    /// <summary>Takes due reminders that are not under way, at most <paramref name="limit"/>; each must be ended.</summary>
    public async Task<IReadOnlyList<Beat>> TakeDueAsync(int limit, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            var now = time.GetUtcNow();
            if (seen - now > SetBack)
            {
                await PullInAsync(now, cancellation);
            }

            seen = now;
            var beats = new List<Beat>();
            foreach (var row in await store.ReadDueAsync(now, limit + underWay.Count, cancellation))
            {
                var beat = new Beat(row);
                if (beats.Count < limit && underWay.TryAdd((beat.Id, row.Name), beat))
                {
                    beats.Add(beat);
                }
            }

            return beats;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Moves a delivered reminder to its first period after now, unless its grain changed it.</summary>
    public async Task EndAsync(Beat beat)
    {
        await gate.WaitAsync(lifetime.Stopped);
        try
        {
            if (!beat.IsChanged)
            {
                await store.UpsertAsync(beat.Row with { NextDue = NextDue(beat.Row, time.GetUtcNow()) }, lifetime.Stopped);
            }
        }
        finally
        {
            underWay.Remove((beat.Id, beat.Row.Name));
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private static DateTimeOffset NextDue(ReminderRow row, DateTimeOffset now) => row.NextDue > now
        ? now + row.Period
        : row.NextDue + (row.Period * (Math.Max(0, (now - row.NextDue).Ticks / row.Period.Ticks) + 1));

    // No beat later than a period from now: the others were counted from a time that has not come yet.
    private async Task PullInAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var row in await store.ReadDueAsync(DateTimeOffset.MaxValue, MaxReminders, cancellation))
        {
            if (row.NextDue > now + row.Period)
            {
                await store.UpsertAsync(row with { NextDue = now + row.Period }, lifetime.Stopped);
            }
        }
    }

    private async Task ChangeAsync(GrainId id, string name, Func<Task> write)
    {
        await gate.WaitAsync(lifetime.Stopped);
        try
        {
            if (underWay.TryGetValue((id, name), out var beat))
            {
                beat.IsChanged = true;
            }

            await write();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A due reminder that is being delivered.</summary>
    internal sealed class Beat(ReminderRow row)
    {
        private volatile bool changed;

        public ReminderRow Row => row;

        public GrainId Id { get; } = new(row.Kind, row.Key);

        /// <summary>Whether its grain set or cleared the reminder since it was taken.</summary>
        public bool IsChanged
        {
            get => changed;
            set => changed = value;
        }
    }
}
