using Finstage.Hosting;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public class GrainStoresTests : StoreTests
{
    [Fact]
    public async Task ReadDue_SeveralReminders_AreEarliestFirst()
    {
        await using var test = await OpenAsync();
        var early = Reminder("a", Start.AddMinutes(-2));
        var due = Reminder("b", Start);
        await test.Store.UpsertAsync(due, Stop);
        await test.Store.UpsertAsync(Reminder("c", Start.AddMilliseconds(1)), Stop);
        await test.Store.UpsertAsync(early, Stop);

        Assert.Equal([early, due], await test.Store.ReadDueAsync(Start, 10, Stop));
        Assert.Equal([early], await test.Store.ReadDueAsync(Start, 1, Stop));
    }

    [Fact]
    public async Task Upsert_KnownReminder_ChangesIt()
    {
        await using var test = await OpenAsync();
        await test.Store.UpsertAsync(Reminder("a", Start), Stop);
        var moved = Reminder("a", Start.AddHours(1)) with { Period = TimeSpan.FromHours(2) };

        await test.Store.UpsertAsync(moved, Stop);

        Assert.Equal([moved], await test.Store.ReadDueAsync(Start.AddHours(1), 10, Stop));
    }

    [Fact]
    public async Task Remove_AnyReminder_IsGone()
    {
        await using var test = await OpenAsync();
        await test.Store.UpsertAsync(Reminder("a", Start), Stop);

        await test.Store.RemoveAsync("Job", "a", "tick", Stop);
        await test.Store.RemoveAsync("Job", "a", "tick", Stop);

        Assert.Empty(await test.Store.ReadDueAsync(Start, 10, Stop));
    }

    [Fact]
    public async Task ReadState_NeverWritten_IsNull()
    {
        await using var test = await OpenAsync();

        Assert.Null(await test.Store.ReadAsync("Job", "a", "state", Stop));
    }

    [Fact]
    public async Task WriteState_Twice_KeepsTheLast()
    {
        await using var test = await OpenAsync();
        await test.Store.WriteAsync("Job", "a", "state", "{\"n\":1}", Stop);
        await test.Store.WriteAsync("Job", "a", "other", "{}", Stop);
        await test.Store.WriteAsync("Job", "a", "state", "{\"n\":\"둘\"}", Stop);

        await test.ReopenAsync();

        Assert.Equal("{\"n\":\"둘\"}", await test.Store.ReadAsync("Job", "a", "state", Stop));
    }

    private static ReminderRow Reminder(string key, DateTimeOffset due) => new("Job", key, "tick", due, TimeSpan.FromMinutes(1));

    [Fact]
    public async Task Replace_TextThatIsNotTheKnownOne_IsNotWritten()
    {
        await using var test = await OpenAsync();

        Assert.False(await test.Store.ReplaceAsync("Job", "a", "n", "1", known: "0", Stop));
        Assert.True(await test.Store.ReplaceAsync("Job", "a", "n", "1", known: null, Stop));
        Assert.False(await test.Store.ReplaceAsync("Job", "a", "n", "2", known: null, Stop));
        Assert.True(await test.Store.ReplaceAsync("Job", "a", "n", "1", known: "1", Stop));
        Assert.True(await test.Store.ReplaceAsync("Job", "a", "n", "2", known: "1", Stop));
        Assert.False(await test.Store.ReplaceAsync("Job", "a", "n", "3", known: "1", Stop));

        Assert.Equal("2", await test.Store.ReadAsync("Job", "a", "n", Stop));
    }
}
