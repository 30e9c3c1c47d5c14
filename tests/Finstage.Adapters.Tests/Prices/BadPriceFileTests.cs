using Finstage.Adapters.Prices;
using Finstage.Analysis.Candles;
using Finstage.Testing;

namespace Finstage.Adapters.Tests.Prices;

/// <summary>What is wrong with a file or a row is told with its place, and good rows are kept.</summary>
public sealed class BadPriceFileTests : IDisposable
{
    private const string Header = "date,open,high,low,close,volume\n";
    private const string Good = "2025-01-02,1,1,1,1,0\n";

    private readonly TempFolder temp = new();
    private readonly CsvPriceFile reader = new(new FakeTime(new DateTimeOffset(2025, 3, 3, 15, 30, 0, TimeSpan.Zero)));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2025-01-03,1,1,1,NaN,0", CandleFault.NotFinite)]
    [InlineData("2025-01-03,1,1,1,1,Infinity", CandleFault.NotFinite)]
    [InlineData("2025-01-03,1,1e999,1,1,0", CandleFault.NotFinite)]
    [InlineData("2025-01-03,1,1,0,1,0", CandleFault.NotPositive)]
    [InlineData("2025-01-03,1,1,-1,1,0", CandleFault.NotPositive)]
    [InlineData("2025-01-03,1,1,2,1,0", CandleFault.Inconsistent)]
    [InlineData("2025-01-03,3,2,1,1.5,0", CandleFault.Inconsistent)]
    [InlineData("2025-01-03,1,1,1,1,-5", CandleFault.NegativeVolume)]
    [InlineData("2025-01-03T09:30:00Z,1,1,1,1,0", CandleFault.Misaligned)]
    [InlineData("2025-03-04,1,1,1,1,0", CandleFault.InFuture)]
    [InlineData("2999-01-01,1,1,1,1,0", CandleFault.InFuture)]
    [InlineData("1899-12-31,1,1,1,1,0", CandleFault.BadTime)]
    [InlineData("01/03/2025,1,1,1,1,0", CandleFault.BadTime)]
    [InlineData("2025-02-30,1,1,1,1,0", CandleFault.BadTime)]
    [InlineData(",1,1,1,1,0", CandleFault.BadTime)]
    [InlineData("2025-01-03,1,1,1,abc,0", CandleFault.Unreadable)]
    [InlineData("2025-01-03,1,1,1,1 USD,0", CandleFault.Unreadable)]
    [InlineData("2025-01-03,1,1,1,\"1,5\",0", CandleFault.Unreadable)]
    [InlineData("2025-01-03,null,null,null,null,null", CandleFault.Unreadable)]
    [InlineData("2025-01-03,,,,,", CandleFault.Unreadable)]
    [InlineData("2025-01-03,1,1,1", CandleFault.Unreadable)]
    [InlineData("2025-01-03,1,1,1,1,0,9", CandleFault.Unreadable)]
    [InlineData("2025-01-03,1,1,1,1,\"0", CandleFault.Unreadable)]
    public async Task Read_BadRow_IsRefusedWithItsLineAndTheOthersStay(string row, CandleFault fault)
    {
        var file = await ReadAsync(Header + Good + "\n" + row + "\n2025-01-06,1,1,1,1,0\n");

        Assert.Equal(2, file.Series[0].Candles.Length);
        Assert.Equal((3, 1), (file.Rows, file.RejectedCount));
        var rejected = Assert.Single(file.Rejected);
        Assert.Equal((4L, fault), (rejected.Line, rejected.Fault));
        Assert.EndsWith(".", rejected.Reason, StringComparison.Ordinal);
        Assert.Equal(1, file.Faults[fault]);
    }

    [Fact]
    public async Task Read_LastRowCutOff_IsRefusedWithItsLine()
    {
        var file = await ReadAsync(Header + Good + "2025-01-03,1,1,1");

        Assert.Single(file.Series[0].Candles);
        Assert.Equal((3L, CandleFault.Unreadable), (file.Rejected[0].Line, file.Rejected[0].Fault));
        Assert.Equal("It has 4 fields where the header has 6.", file.Rejected[0].Reason);
    }

    [Fact]
    public async Task Read_BadSymbolOrInterval_IsRefusedWithWhatIsKnown()
    {
        var file = await ReadAsync(
            "symbol,interval,date,open,high,low,close,volume\nA,1d,2025-01-02,1,1,1,1,0\n\u001b[2J,1d,2025-01-02,1,1,1,1,0\nA,1D,2025-01-02,1,1,1,1,0\n");

        Assert.Equal("'?[2J' is no symbol.", file.Rejected[0].Reason);
        Assert.Equal("'1D' is no interval; known are 1m, 5m, 15m, 30m, 1h, 1d, 1w, 1mo.", file.Rejected[1].Reason);
        Assert.Single(file.Series[0].Candles);
    }

    [Theory]
    [InlineData("", "It is empty")]
    [InlineData("\n\n", "It is empty")]
    [InlineData(Header, "It has a header and no rows")]
    [InlineData("foo,bar\n1,2\n", "It has: foo, bar. Expected are the columns timestamp (or date), open, high, low, close and volume")]
    [InlineData("date;open;high;low;close;volume\n1;2\n", "It has: date;open;high;low;close;volume.")]
    [InlineData("date,open,high,low,close\n2025-01-02,1,1,1,1\n", "The header lacks volume.")]
    [InlineData("date,time,open,high,low,close,volume\n2025-01-02,09:30,1,1,1,1,0\n", "The columns date and time mean the same")]
    [InlineData("date,open,open,high,low,close,volume\n2025-01-02,1,1,1,1,1,0\n", "The columns open and open mean the same")]
    [InlineData("2025-01-02,1,1,1,1,0\n", "The header lacks timestamp, open, high, low, close, volume.")]
    public async Task Read_BadFile_IsRefusedWithWhatToDo(string text, string expected)
    {
        var e = await Assert.ThrowsAsync<PriceFileException>(() => ReadAsync(text));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains(temp.File("A.csv"), e.Message, StringComparison.Ordinal);
        Assert.Equal(temp.File("A.csv"), e.File);
    }

    [Fact]
    public async Task Read_MissingFile_IsRefused()
    {
        var e = await Assert.ThrowsAsync<PriceFileException>(() => reader.ReadAsync(temp.File("none.csv"), null, Stop));

        Assert.Contains("none.csv': It does not exist", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Folder_IsRefused() =>
        Assert.Contains(
            "It is a folder",
            (await Assert.ThrowsAsync<PriceFileException>(() => reader.ReadAsync(temp.Path, null, Stop))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(70_000)]
    [InlineData(300_000)]
    public async Task Read_LineTooLong_IsRefusedWithItsLine(int length)
    {
        var e = await Assert.ThrowsAsync<PriceFileException>(() => ReadAsync(Header + Good + new string('x', length) + "\n"));

        Assert.Equal(3, e.Line);
        Assert.Contains("longer than 64 KB", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_BinaryFile_IsRefused()
    {
        var bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(temp.File("A.csv"), bytes, Stop);

        var e = await Assert.ThrowsAsync<PriceFileException>(() => reader.ReadAsync(temp.File("A.csv"), null, Stop));

        Assert.DoesNotContain(e.Message, char.IsControl);
    }

    [Fact]
    public async Task Read_NameThatIsNoSymbol_IsRefused()
    {
        var e = await Assert.ThrowsAsync<PriceFileException>(
            () => reader.ReadAsync(temp.Write("my prices.csv", Header + Good), null, Stop));

        Assert.Contains("Say which symbol", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_SymbolOfTheOptionsThatIsNone_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(
            () => reader.ReadAsync(temp.Write("A.csv", Header + Good), new PriceFileOptions { Symbol = "a b" }, Stop));

    public void Dispose() => temp.Dispose();

    private Task<PriceFile> ReadAsync(string text) => reader.ReadAsync(temp.Write("A.csv", text), null, Stop);
}
