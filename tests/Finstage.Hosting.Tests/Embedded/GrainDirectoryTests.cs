namespace Finstage.Hosting.Tests.Embedded;

public sealed class GrainDirectoryTests
{
    private interface IStrangerGrain : IKeyedGrain;

    [Fact]
    public async Task Get_UnknownContract_Throws()
    {
        await using var app = await TestApp.StartAsync();

        var error = Assert.Throws<InvalidOperationException>(() => app.Grains.Get<IStrangerGrain>("a"));

        Assert.Contains(nameof(IStrangerGrain), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task Get_KeyOfWrongLength_Throws(int length)
    {
        await using var app = await TestApp.StartAsync();

        Assert.Throws<ArgumentException>("key", () => app.Alpha(new string('k', length)));
    }

    [Fact]
    public async Task Get_Reference_NamesItsGrain()
    {
        await using var app = await TestApp.StartAsync();

        Assert.Equal("Alpha/a", app.Alpha("a").ToString());
    }

    [Fact]
    public async Task Call_AllowedByTheTable_GoesThrough()
    {
        await using var app = await TestApp.StartAsync();
        string? reached = null;

        await app.Alpha("a").DoAsync(alpha => alpha.Others.Get<IBetaGrain>("b").DoAsync(
            beta => beta.Others.Get<IGammaGrain>("c").DoAsync(gamma => Task.FromResult(reached = gamma.Name)))).OrHangAsync();

        Assert.Equal("c", reached);
    }

    [Fact]
    public async Task Call_BackToTheCaller_IsRefusedAtOnceNamingTheChain()
    {
        await using var app = await TestApp.StartAsync();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Alpha("a").DoAsync(
            alpha => alpha.Others.Get<IBetaGrain>("b").DoAsync(
                beta => beta.Others.Get<IAlphaGrain>("a").DoAsync(_ => Task.CompletedTask))).OrHangAsync());

        Assert.Equal("Beta/b may not call Alpha (chain: Alpha/a > Beta/b).", error.Message);
    }

    [Fact]
    public async Task Call_ToItself_IsRefusedAtOnce()
    {
        await using var app = await TestApp.StartAsync();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Alpha("a").DoAsync(
            alpha => alpha.Others.Get<IAlphaGrain>("a").DoAsync(_ => Task.CompletedTask)).OrHangAsync());

        Assert.Equal("Alpha/a may not call Alpha (chain: Alpha/a).", error.Message);
    }

    [Fact]
    public async Task Call_FromAThreadStartedInATurn_KeepsTheChain()
    {
        await using var app = await TestApp.StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => app.Grains.Get<IBetaGrain>("b").DoAsync(
            beta => Task.Run(() => beta.Others.Get<IAlphaGrain>("a").DoAsync(_ => Task.CompletedTask))).OrHangAsync());
    }

    [Fact]
    public async Task Call_WhileActivating_FollowsTheTable()
    {
        await using var app = await TestApp.StartAsync();
        app.Hooks.Activate = (grain, _) => grain is BetaGrain
            ? grain.Others.Get<IAlphaGrain>("a").DoAsync(_ => Task.CompletedTask)
            : Task.CompletedTask;

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Alpha("a").DoAsync(
            alpha => alpha.Others.Get<IBetaGrain>("b").DoAsync(_ => Task.CompletedTask)).OrHangAsync());

        Assert.Contains("chain: Alpha/a > Beta/b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_AfterATurnEnded_IsFromOutsideAgain()
    {
        await using var app = await TestApp.StartAsync();

        await app.Grains.Get<IGammaGrain>("c").DoAsync(_ => Task.CompletedTask);

        await app.Alpha("a").DoAsync(_ => Task.CompletedTask).OrHangAsync();
    }
}
