using Finstage.Adapters.Prices;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;
using Finstage.Testing;

namespace Finstage.Adapters.Tests.Prices;

public sealed class CsvPriceFileTests : IDisposable
{
    private const string Header = "date,open,high,low,close,volume\n";

    private static readonly DateTimeOffset Now = new(2025, 3, 3, 15, 30, 0, TimeSpan.Zero);

    private readonly TempFolder temp = new();
    private readonly CsvPriceFile reader = new(new FakeTime(Now));

    [Theory]
    [InlineData("date,open,high,low,close,volume\n2025-01-02,1,4,0.5,2,100\n")]
    [InlineData("date,open,high,low,close,adjclose,volume\n2025-01-02,1,4,0.5,2,77,100\n")]
    [InlineData("Date,Open,High,Low,Close,Adj Close,Volume\n2025-01-02,1,4,0.5,2,77,100\n")]
    [InlineData("adjclose,VOLUME,close,low,HIGH,open,Date\n77,100,2,0.5,4,1,2025-01-02\n")]
    [InlineData("date,open,high,low,close,volume\r\n2025-01-02,1,4,0.5,2,100\r\n")]
    [InlineData("date,open,high,low,close,volume\n2025-01-02,1,4,0.5,2,100")]
    [InlineData("\uFEFFdate, open ,high,low,close,volume\n\n 2025-01-02 ,1, 4,0.5,2,1e2\n\n")]
    [InlineData("\"date\",\"open\",\"high\",\"low\",\"close\",\"volume\"\n\"2025-01-02\",\"1\",\"4\",\"0.5\",\"2\",\"100\"\n")]
    public async Task Read_KnownFormats_GiveTheSameCandle(string text)
    {
        var file = await ReadAsync(text);

        Assert.Empty(file.Rejected);
        var series = Assert.Single(file.Series);
        Assert.Equal(("AAPL", CandleInterval.OneDay), (series.Symbol, series.Interval));
        Assert.Equal([new Candle(Time("2025-01-02"), 1, 4, 0.5, 2, 100)], series.Candles);
    }

    [Fact]
    public async Task Read_SeveralSeries_AreKeptApart()
    {
        var file = await ReadAsync(
            """
            symbol,interval,timestamp,open,high,low,close,volume
            ^VIX,1m,2025-01-02T14:30:00Z,1,1,1,1,0
            AAPL,1d,2025-01-02T00:00:00Z,2,2,2,2,5
            ^VIX,1m,2025-01-02T14:31:00Z,3,3,3,3,0
            ^VIX,1d,2025-01-02,4,4,4,4,0
            """);

        Assert.Equal(
            [("^VIX", CandleInterval.OneMinute, 2), ("AAPL", CandleInterval.OneDay, 1), ("^VIX", CandleInterval.OneDay, 1)],
            file.Series.Select(s => (s.Symbol, s.Interval, s.Candles.Length)));
    }

    [Fact]
    public async Task Read_OptionsGiven_OverrideTheColumns()
    {
        var options = new PriceFileOptions { Symbol = "X", Interval = CandleInterval.OneWeek };

        var file = await ReadAsync("symbol,interval,timestamp,open,high,low,close,volume\nA,1d,2025-01-06,1,1,1,1,0\n", options);

        Assert.Equal(("X", CandleInterval.OneWeek), (file.Series[0].Symbol, file.Series[0].Interval));
    }

    [Fact]
    public async Task Read_NoSymbolAnywhere_TakesTheFilesName()
    {
        var path = temp.Write("GC=F.1d.csv", Header + "2025-01-02,1,1,1,1,0\n");

        Assert.Equal("GC=F", (await reader.ReadAsync(path, null, TestContext.Current.CancellationToken)).Series[0].Symbol);
    }

    [Fact]
    public async Task Read_CategoryThatAllowsIt_KeepsPricesBelowZero()
    {
        const string Text = Header + "2020-04-20,17.73,17.85,-40.32,-37.63,247947\n";

        var share = await ReadAsync(Text);
        var oil = await ReadAsync(Text, new PriceFileOptions { CategoryOf = _ => SymbolCategory.Commodity });

        Assert.Equal(CandleFault.NotPositive, Assert.Single(share.Rejected).Fault);
        Assert.Equal(-37.63, Assert.Single(oil.Series[0].Candles).Close);
    }

    [Fact]
    public async Task Read_UnsortedRows_AreSortedAndCounted()
    {
        var file = await ReadAsync(Header + Row("2025-01-03", 3) + Row("2025-01-02", 2) + Row("2025-01-06", 6) + Row("2025-01-01", 1));

        var series = file.Series[0];
        Assert.Equal([1, 2, 3, 6], series.Candles.Select(c => c.Close));
        Assert.Equal((2, 0, 0L), (series.Unsorted, series.Repeated, file.RejectedCount));
    }

    [Fact]
    public async Task Read_RowsOfTheSameTime_KeepTheLastAndTellOfTheOthers()
    {
        var file = await ReadAsync(
            Header + Row("2025-01-02", 1) + Row("2025-01-03", 5) + Row("2025-01-02", 2) + Row("2025-01-02", 2) + Row("2025-01-03", 5));

        var series = file.Series[0];
        Assert.Equal([2, 5], series.Candles.Select(c => c.Close));
        Assert.Equal(2, series.Repeated);
        var rejected = Assert.Single(file.Rejected);
        Assert.Equal((2L, CandleFault.Duplicate), (rejected.Line, rejected.Fault));
        Assert.Equal(1, file.Faults[CandleFault.Duplicate]);
    }

    [Fact]
    public async Task Read_PeriodThatHasNotEnded_IsOpenAndNotAmongTheCandles()
    {
        var file = await ReadAsync(Header + Row("2025-02-28", 1) + Row("2025-03-03", 2) + Row("2025-03-03", 3));

        var series = file.Series[0];
        Assert.Equal([1], series.Candles.Select(c => c.Close));
        Assert.Equal((3, 2), (series.Open?.Close, series.OpenRows));
    }

    [Fact]
    public async Task Read_AtTheMomentOfTheClose_IsClosed()
    {
        var file = await ReadAsync(Header + Row("2025-03-02", 1), new PriceFileOptions { AsOf = new DateTimeOffset(2025, 3, 3, 0, 0, 0, TimeSpan.Zero) });

        Assert.Single(file.Series[0].Candles);
        Assert.Null(file.Series[0].Open);
    }

    [Fact]
    public async Task Read_ManyBadRows_TellsTheFirstAndCountsAll()
    {
        var rows = string.Concat(Enumerable.Repeat("2025-01-02,1,1,1,x,0\n", PriceFile.MaxRejected + 5));

        var file = await ReadAsync(Header + rows + Row("2025-01-02", 1));

        Assert.Equal((PriceFile.MaxRejected, PriceFile.MaxRejected + 5), (file.Rejected.Count, file.RejectedCount));
        Assert.Single(file.Series[0].Candles);
    }

    [Fact]
    public async Task Read_Cancelled_Stops()
    {
        var path = temp.Write("AAPL.csv", Header + Row("2025-01-02", 1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => reader.ReadAsync(path, null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Read_TheShippedSamples_GiveWholeSeries()
    {
        var apple = await reader.ReadAsync(Path.Combine(Repository.Root, "samples", "AAPL.1d.csv"), null, TestContext.Current.CancellationToken);
        var index = await reader.ReadAsync(Path.Combine(Repository.Root, "samples", "GSPC.1d.csv"), null, TestContext.Current.CancellationToken);

        Assert.Equal((0, 0), (apple.RejectedCount, index.RejectedCount));
        Assert.Equal((1_260, 5_105), (apple.Series[0].Candles.Length, index.Series[0].Candles.Length));
        Assert.Equal(64.962860, apple.Series[0].Candles[0].Close);
    }

    public void Dispose() => temp.Dispose();

    private static string Row(string date, double price) => FormattableString.Invariant($"{date},{price},{price},{price},{price},0\n");

    private static long Time(string date) =>
        DateTimeOffset.Parse(date + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds();

    private Task<PriceFile> ReadAsync(string text, PriceFileOptions? options = null) =>
        reader.ReadAsync(temp.Write("AAPL.csv", text), options, TestContext.Current.CancellationToken);
}
