using Finstage.Adapters.Prices;
using Finstage.Adapters.Prices.Drop;
using Finstage.Adapters.Symbols;
using Finstage.Analysis.Candles;
using Finstage.Grains.Tests.Hosts;
using Finstage.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Finstage.Grains.Tests.Prices;

public sealed class DropJobTests : IDisposable
{
    private const string Header = "date,open,high,low,close,volume\n";

    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task Run_File_IsTakenInAndMoved()
    {
        await using var world = await World.StartAsync();
        temp.Write("aapl.csv", Header + "2026-02-26,10,11,9,10,100\n2026-02-27,10,11,9,10,100\n");

        var summary = await RunAsync(world);

        Assert.Equal("1/1 files taken in, 2 candles added", summary);
        Assert.Equal(2, (await world.CandlesAsync(CandleInterval.OneDay)).Length);
        Assert.True(File.Exists(temp.File("done/aapl.csv")));
        Assert.False(File.Exists(temp.File("aapl.csv")));
        Assert.False(File.Exists(temp.File("done/aapl.csv.reason.txt")));
    }

    [Fact]
    public async Task Run_RowsThatAreNone_AreToldBesideTheFile()
    {
        await using var world = await World.StartAsync();
        temp.Write("AAPL.csv", Header + "2026-02-26,10,11,9,10,100\n2026-02-27,10,9,11,10,100\n");

        await RunAsync(world);

        Assert.StartsWith("1 of 2 rows were refused.", File.ReadAllText(temp.File("done/AAPL.csv.reason.txt")), StringComparison.Ordinal);
        Assert.Single(await world.CandlesAsync(CandleInterval.OneDay));
    }

    [Theory]
    [InlineData("what,is,this\n1,2,3\n", "header")]
    [InlineData(Header, "no rows")]
    [InlineData(Header + "2026-02-27,x,9,11,10,100\n", "None of its rows is a closed candle")]
    public async Task Run_FileThatIsNone_FailsWithItsReason(string text, string reason)
    {
        await using var world = await World.StartAsync();
        temp.Write("AAPL.csv", text);

        await RunAsync(world);

        Assert.True(File.Exists(temp.File("failed/AAPL.csv")));
        Assert.Contains(reason, File.ReadAllText(temp.File("failed/AAPL.csv.reason.txt")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Run_SeriesOfAnotherSource_IsRefused()
    {
        await using var world = await World.StartAsync();
        await world.Aapl().ApplyAsync(TestSeries.Batch(TestSeries.Walk(1, 30, CandleInterval.OneDay), source: "yahoo", interval: CandleInterval.OneDay));
        temp.Write("AAPL.csv", Header + "2026-02-27,10,11,9,10,100\n");

        await RunAsync(world);

        Assert.Contains("would mix two sources", File.ReadAllText(temp.File("failed/AAPL.csv.reason.txt")), StringComparison.Ordinal);
        Assert.Equal(30, (await world.CandlesAsync(CandleInterval.OneDay)).Length);
    }

    [Fact]
    public async Task Run_FileThatGrows_IsLeftForTheNextLook()
    {
        await using var world = await World.StartAsync();
        temp.Write("AAPL.csv", Header + "2026-02-26,10,11,9,10,100\n2026-02-27,1");
        var run = Job(world).RunAsync(world.Grains, World.Stop);
        await FakeTime.SettleAsync();
        File.AppendAllText(temp.File("AAPL.csv"), "0,11,9,10,100\n");

        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(5));
        await run.OrHangAsync();
        Assert.Equal("0/0 files taken in, 0 candles added", await run);

        await RunAsync(world);
        Assert.Equal(10, (await world.CandlesAsync(CandleInterval.OneDay))[^1].Open);
    }

    [Fact]
    public async Task Run_CutOffBeforeTheMove_TakesItInAgainAndChangesNothing()
    {
        await using var world = await World.StartAsync();
        var text = Header + "2026-02-26,10,11,9,10,100\n2026-02-27,10,11,9,10,100\n";
        temp.Write("AAPL.csv", text);
        await RunAsync(world);
        temp.Write("AAPL.csv", text);

        Assert.Equal("1/1 files taken in, 0 candles added", await RunAsync(world));

        Assert.Equal(2, Directory.GetFiles(temp.File("done")).Length);
        Assert.Equal(1, (await world.Store.ReadSeriesAsync("AAPL", World.Stop))[0].Version);
    }

    [Fact]
    public async Task Run_StoreFails_LeavesTheFileAndTakesTheOthers()
    {
        await using var world = await World.StartAsync();
        temp.Write("AAPL.csv", Header + "2026-02-26,10,11,9,10,100\n");
        temp.Write("MSFT.csv", Header + "2026-02-26,10,11,9,10,100\n");
        world.Market.FailNextCommit = true;

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(world));

        Assert.Contains("1/2 files taken in", error.Message, StringComparison.Ordinal);
        Assert.Contains("the disk is full", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(temp.File("AAPL.csv")));
        Assert.Equal("1/1 files taken in, 1 candles added", await RunAsync(world));
    }

    private DropJob Job(World world)
    {
        var options = new DropOptions();
        return new DropJob(
            new DropFolder(temp.Path, options.Quiet, world.Time), options, new CsvPriceFile(world.Time), SymbolList.Load(SymbolList.DefaultPath),
            world.Market, world.Time, NullLogger<DropJob>.Instance);
    }

    private async Task<string> RunAsync(World world)
    {
        var run = Job(world).RunAsync(world.Grains, World.Stop);
        await FakeTime.SettleAsync();
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(5));
        return await run.OrHangAsync();
    }
}
