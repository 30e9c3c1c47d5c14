using Finstage.Adapters.Symbols;
using Finstage.Analysis.Symbols;
using Finstage.Testing;

namespace Finstage.Adapters.Tests.Symbols;

public sealed class SymbolListTests : IDisposable
{
    private const string Header = "symbol,name_ko,name_en,category,exchange,currency\n";

    private readonly TempFolder temp = new();

    [Fact]
    public void Load_ShippedList_HasTheWatchlist()
    {
        var list = SymbolList.Load(SymbolList.DefaultPath);

        Assert.Equal(55, list.All.Count);
        Assert.Equal("^IXIC", list.All[0].Code);
        Assert.Equal("애플", list.Find("aapl")?.NameKo);
        Assert.Equal(SymbolCategory.Commodity, list.CategoryOf("CL=F"));
        Assert.Equal(SymbolCategory.Stock, list.CategoryOf("UNKNOWN"));
        Assert.Null(list.Find("UNKNOWN"));
        Assert.All(list.All, s => Assert.True(s.Enabled));
    }

    [Fact]
    public void Nearest_MistypedCode_OffersTheRightOne()
    {
        var list = SymbolList.Load(SymbolList.DefaultPath);

        Assert.Equal("AAPL", list.Nearest("AAPPL", 3)[0]);
        Assert.Equal("TSLA", list.Nearest("TLSA", 1)[0]);
        Assert.Empty(list.Nearest(new string('x', 10_000), 3));
    }

    [Fact]
    public void Load_FaultyRows_NamesEachWithItsLine()
    {
        var path = temp.Write(
            "list.csv",
            Header + "A,가,Aye,stock,NYSE,USD\na,가,Aye,stock,NYSE,USD\n\nB,나,Bee,planet,,\nC D,다,See,stock,,\nE,,Eh,stock,,\nF,바,Eff\n");

        var e = Assert.Throws<SymbolListException>(() => SymbolList.Load(path));

        Assert.Equal(5, e.Faults.Count);
        Assert.Equal("line 3: a stands already on line 2.", e.Faults[0]);
        Assert.StartsWith("line 5: B has the unknown category 'planet'; known are stock,", e.Faults[1], StringComparison.Ordinal);
        Assert.StartsWith("line 6: the code", e.Faults[2], StringComparison.Ordinal);
        Assert.StartsWith("line 7: E needs a name", e.Faults[3], StringComparison.Ordinal);
        Assert.StartsWith("line 8: 3 fields", e.Faults[4], StringComparison.Ordinal);
        Assert.All(e.Faults, fault => Assert.Contains(fault, e.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "the header lacks symbol")]
    [InlineData(Header, "It has no symbols")]
    [InlineData("symbol,name_ko\nA,가\n", "the header lacks name_en, category, exchange, currency")]
    public void Load_BadFile_IsRefused(string text, string expected)
    {
        var path = temp.Write("list.csv", text);

        var e = Assert.Throws<SymbolListException>(() => SymbolList.Load(path));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_IsRefused() =>
        Assert.Contains("none.csv", Assert.Throws<SymbolListException>(() => SymbolList.Load(temp.File("none.csv"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("AAPL", true)]
    [InlineData("^GSPC", true)]
    [InlineData("DX-Y.NYB", true)]
    [InlineData("BTC/USD", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("A B", false)]
    [InlineData("애플", false)]
    [InlineData("A'B", false)]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567", false)]
    public void IsValid_Codes_AreTold(string? code, bool expected) => Assert.Equal(expected, SymbolCodes.IsValid(code));

    public void Dispose() => temp.Dispose();
}
