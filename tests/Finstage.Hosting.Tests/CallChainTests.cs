namespace Finstage.Hosting.Tests;

public sealed class CallChainTests
{
    private static readonly CallTable Table = new CallTable().Allow("Job", "Symbol").Allow("Symbol", "Notifier");

    [Fact]
    public void Check_EmptyChain_AllowsEverything() => CallChain.Check(Table, [], "Notifier");

    [Fact]
    public void Check_CallInTheTable_IsAllowed() => CallChain.Check(Table, ["Job/history"], "Symbol");

    [Fact]
    public void Check_CallAgainstTheTable_ThrowsNamingTheWholeChain()
    {
        string[] chain = ["Job/history", "Symbol/AAPL", "Notifier/123"];

        var error = Assert.Throws<InvalidOperationException>(() => CallChain.Check(Table, chain, "Symbol"));

        Assert.Equal(
            "Notifier/123 may not call Symbol (chain: Job/history > Symbol/AAPL > Notifier/123).", error.Message);
    }

    [Fact]
    public void Check_KeyWithSlash_TakesTheKindBeforeIt() => CallChain.Check(Table, ["Job/a/b"], "Symbol");

    [Fact]
    public void Add_ToAChain_PutsTheCalleeLast() =>
        Assert.Equal(["Job/history", "Symbol/AAPL"], CallChain.Add(["Job/history"], new GrainId("Symbol", "AAPL")));
}
