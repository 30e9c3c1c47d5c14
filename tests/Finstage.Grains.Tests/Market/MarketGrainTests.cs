using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Tests.Hosts;

namespace Finstage.Grains.Tests.Market;

public sealed class MarketGrainTests
{
    private static readonly SymbolInfo Apple = new("AAPL", "애플", "Apple", SymbolCategory.Stock, "NASDAQ", "USD", true);
    private static readonly SymbolInfo Index = new("^GSPC", "S&P 500 지수", "S&P 500", SymbolCategory.Index, "NYSE", string.Empty, true);

    [Fact]
    public async Task Put_NewSymbols_AreListedInTheirOrderAlsoAfterwards()
    {
        await using var world = await World.StartAsync();

        await MarketOf(world).PutAsync(Index);
        await MarketOf(world).PutAsync(Apple);

        Assert.Equal([Index, Apple], await MarketOf(world).ListAsync());
        await world.Cluster.PutAllAwayAsync();
        Assert.Equal([Index, Apple], await MarketOf(world).ListAsync());
        Assert.Equal([Index, Apple], await world.Store.ReadSymbolsAsync(World.Stop));
    }

    [Fact]
    public async Task Put_KnownSymbol_ChangesItInItsPlace()
    {
        await using var world = await World.StartAsync();
        var market = MarketOf(world);
        await market.PutAsync(Apple);
        await market.PutAsync(Index);

        await market.PutAsync(Apple with { Enabled = false, NameKo = "애플 (종목)" });

        Assert.Equal([Apple with { Enabled = false, NameKo = "애플 (종목)" }, Index], await market.ListAsync());
        Assert.Equal(2, (await world.Store.ReadSymbolsAsync(World.Stop)).Count);
    }

    [Fact]
    public async Task Put_KnownSymbolInAnotherCase_IsTheSameSymbol()
    {
        await using var world = await World.StartAsync();
        await MarketOf(world).PutAsync(Apple);

        await MarketOf(world).PutAsync(Apple with { Code = "aapl", NameEn = "Apple Inc." });

        Assert.Equal([Apple with { NameEn = "Apple Inc." }], await MarketOf(world).ListAsync());
        await world.Cluster.PutAllAwayAsync();
        Assert.Equal([Apple with { NameEn = "Apple Inc." }], await MarketOf(world).ListAsync());
    }

    [Fact]
    public async Task Find_InAnyCase_GivesTheSymbolOrNull()
    {
        await using var world = await World.StartAsync();
        await MarketOf(world).PutAsync(Apple);

        Assert.Equal(Apple, await MarketOf(world).FindAsync("AAPL"));
        Assert.Equal(Apple, await MarketOf(world).FindAsync("aapl"));
        Assert.Null(await MarketOf(world).FindAsync("MSFT"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("A B")]
    [InlineData("<b>")]
    [InlineData("A\n")]
    [InlineData("삼성")]
    [InlineData("A;B")]
    [InlineData("../x?")]
    [InlineData("123456789012345678901234567890123")]
    public async Task Put_CodeThatIsNone_IsRefused(string code)
    {
        await using var world = await World.StartAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => MarketOf(world).PutAsync(Apple with { Code = code }));

        Assert.StartsWith($"code: '{code}' is no symbol.", error.Message, StringComparison.Ordinal);
        Assert.Empty(await MarketOf(world).ListAsync());
    }

    [Theory]
    [InlineData("BRK-B")]
    [InlineData("DX-Y.NYB")]
    [InlineData("ES=F")]
    [InlineData("BTC/USD")]
    [InlineData("INVESTING:US")]
    public async Task Put_CodeThatIntakeTakes_IsTaken(string code)
    {
        await using var world = await World.StartAsync();
        Assert.True(SymbolCodes.IsValid(code));

        await MarketOf(world).PutAsync(Apple with { Code = code });

        Assert.Equal(code, (await MarketOf(world).FindAsync(code))!.Code);
    }

    private static IMarketGrain MarketOf(World world) => world.Grains.Get<IMarketGrain>(IMarketGrain.Main);
}
