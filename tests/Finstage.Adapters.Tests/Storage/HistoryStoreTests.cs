using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;
using static Finstage.Adapters.Tests.Storage.TestStore;

namespace Finstage.Adapters.Tests.Storage;

public class HistoryStoreTests : StoreTests
{
    private static readonly DateOnly Holiday = new(2025, 2, 17);

    private static readonly HistoryMark Mark = new("AAPL", CandleInterval.OneDay, "yahoo", 1_425_000_000, 1_598_832_000, Start);

    [Fact]
    public async Task Record_TheSameTwice_KeepsOneMarkAndCountsEachHole()
    {
        await using var test = await OpenAsync();

        await test.Store.History.RecordAsync(Mark, [Holiday], Stop);
        await test.Store.History.RecordAsync(Mark, [Holiday, Holiday.AddDays(1)], Stop);

        Assert.Equal([Mark], await test.Store.History.ReadMarksAsync("AAPL", Stop));
        Assert.Equal(
            new Dictionary<DateOnly, int> { [Holiday] = 2, [Holiday.AddDays(1)] = 1 },
            await test.Store.History.ReadHolesAsync("AAPL", CandleInterval.OneDay, Stop));
    }

    [Fact]
    public async Task Record_AnotherInterval_IsAMarkOfItsOwn()
    {
        await using var test = await OpenAsync();
        var hours = Mark with { Interval = CandleInterval.OneHour, From = 1_700_000_000 };

        await test.Store.History.RecordAsync(Mark, [], Stop);
        await test.Store.History.RecordAsync(hours, [Holiday], Stop);

        Assert.Equal(2, (await test.Store.History.ReadMarksAsync("AAPL", Stop)).Count);
        Assert.Empty(await test.Store.History.ReadHolesAsync("AAPL", CandleInterval.OneDay, Stop));
        Assert.Empty(await test.Store.History.ReadMarksAsync("MSFT", Stop));
    }
}
