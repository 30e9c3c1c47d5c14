namespace Finstage.Hosting.Tests;

public sealed class CallTableTests
{
    [Fact]
    public void MayCall_AllowedPair_IsTrueInThatDirectionOnly()
    {
        var table = new CallTable().Allow("Job", "Market", "Symbol").Allow("Symbol", "Notifier");

        Assert.True(table.MayCall("Job", "Symbol"));
        Assert.False(table.MayCall("Symbol", "Job"));
        Assert.False(table.MayCall("Job", "Notifier"));
        Assert.False(table.MayCall("Nobody", "Job"));
    }

    [Fact]
    public void Allow_Repeated_ChangesNothing()
    {
        var table = new CallTable().Allow("Job", "Symbol").Allow("Job", "Symbol").Allow("Notifier");

        Assert.True(table.MayCall("Job", "Symbol"));
    }

    [Fact]
    public void Allow_CircularTable_ThrowsNamingTheCircle()
    {
        var table = new CallTable().Allow("Job", "Symbol").Allow("Symbol", "Notifier");

        var error = Assert.Throws<InvalidOperationException>(() => table.Allow("Notifier", "Job"));

        Assert.Contains("Notifier > Job > Symbol > Notifier", error.Message, StringComparison.Ordinal);
        Assert.False(table.MayCall("Notifier", "Job"));
    }

    [Fact]
    public void Allow_KindCallingItself_Throws() =>
        Assert.Throws<InvalidOperationException>(() => new CallTable().Allow("Symbol", "Symbol"));

    [Fact]
    public void Allow_WideTableWithoutCircle_IsAccepted()
    {
        var table = new CallTable().Allow("A", "B", "C").Allow("B", "D").Allow("C", "D").Allow("D", "E");

        Assert.Throws<InvalidOperationException>(() => table.Allow("E", "A"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Allow_EmptyKind_Throws(string kind)
    {
        Assert.Throws<ArgumentException>(() => new CallTable().Allow(kind, "Symbol"));
        Assert.Throws<ArgumentException>(() => new CallTable().Allow("Symbol", kind));
    }

    [Fact]
    public void Allow_TableInUse_Throws()
    {
        var table = new CallTable().Allow("Job", "Symbol");
        table.Freeze();

        Assert.Throws<InvalidOperationException>(() => table.Allow("Job", "Market"));
    }
}
