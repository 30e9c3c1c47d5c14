using Finstage.Hosting.Embedded;

namespace Finstage.Hosting.Tests.Embedded;

public sealed class MemoryStoresTests
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadDue_SomeDue_ReadsTheEarliestUpToTheLimit()
    {
        var store = new MemoryReminderStore();
        for (var minute = 5; minute > 0; minute--)
        {
            await store.UpsertAsync(Row($"{minute}", minute), cancellation);
        }

        var due = await store.ReadDueAsync(TestApp.Start + TimeSpan.FromMinutes(3), 2, cancellation);

        Assert.Equal(["1", "2"], due.Select(r => r.Name));
        Assert.Equal(3, (await store.ReadDueAsync(TestApp.Start + TimeSpan.FromMinutes(3), 9, cancellation)).Count);
    }

    [Fact]
    public async Task Upsert_SameReminder_ChangesIt()
    {
        var store = new MemoryReminderStore();
        await store.UpsertAsync(Row("pulse", 1), cancellation);
        await store.UpsertAsync(Row("pulse", 2), cancellation);

        Assert.Equal(Row("pulse", 2), Assert.Single(await store.ReadDueAsync(DateTimeOffset.MaxValue, 9, cancellation)));
    }

    [Fact]
    public async Task Remove_ThereOrNot_LeavesTheOthers()
    {
        var store = new MemoryReminderStore();
        await store.UpsertAsync(Row("pulse", 1), cancellation);
        await store.UpsertAsync(Row("other", 1), cancellation);

        await store.RemoveAsync("Alpha", "a", "pulse", cancellation);
        await store.RemoveAsync("Alpha", "a", "never", cancellation);

        Assert.Equal("other", Assert.Single(await store.ReadDueAsync(DateTimeOffset.MaxValue, 9, cancellation)).Name);
    }

    [Fact]
    public async Task ReadState_NeverWritten_IsNull()
    {
        var store = new MemoryGrainStateStore();
        await store.WriteAsync("Alpha", "a", "counter", "{}", cancellation);

        Assert.Equal("{}", await store.ReadAsync("Alpha", "a", "counter", cancellation));
        Assert.Null(await store.ReadAsync("Alpha", "b", "counter", cancellation));
    }

    private static ReminderRow Row(string name, int minute) =>
        new("Alpha", "a", name, TestApp.Start + TimeSpan.FromMinutes(minute), TimeSpan.FromHours(1));
}
