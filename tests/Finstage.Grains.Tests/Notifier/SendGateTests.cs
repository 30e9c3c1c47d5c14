using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Testing;

namespace Finstage.Grains.Tests.Notifier;

public sealed class SendGateTests
{
    private readonly FakeTime time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task TryTake_OneChat_IsAskedToWaitForItsPace()
    {
        var gate = new SendGate(new NotifierOptions(), time);

        Assert.Equal(TimeSpan.Zero, gate.TryTake("1"));
        Assert.Equal(TimeSpan.FromSeconds(1), gate.TryTake("1"));
        Assert.Equal(TimeSpan.Zero, gate.TryTake("2"));
        await time.AdvanceAsync(TimeSpan.FromMilliseconds(400));
        gate.Answered("1");
        Assert.Equal(TimeSpan.FromSeconds(1), gate.TryTake("1"));
        await time.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, gate.TryTake("1"));
    }

    [Fact]
    public void TryTake_Console_NeverWaits()
    {
        var gate = new SendGate(new NotifierOptions(), time);

        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.Equal(TimeSpan.Zero, gate.TryTake(Chat.ConsoleId)));
    }

    [Fact]
    public async Task TryTake_ManyChats_ShareTheTotalOfASecond()
    {
        var gate = new SendGate(new NotifierOptions { Silos = 5 }, time);

        Assert.Equal(5, Enumerable.Range(0, 40).Count(i => gate.TryTake($"{i}") == TimeSpan.Zero));
        await time.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(5, Enumerable.Range(100, 40).Count(i => gate.TryTake($"{i}") == TimeSpan.Zero));
    }

    [Fact]
    public async Task TryTake_BlockedChat_WaitsHoweverShortItsPace()
    {
        var gate = new SendGate(new NotifierOptions { Pace = TimeSpan.Zero }, time);
        gate.Block("1", TimeSpan.FromSeconds(37));

        Assert.Equal(TimeSpan.FromSeconds(37), gate.TryTake("1"));
        await time.AdvanceAsync(TimeSpan.FromSeconds(37));
        Assert.Equal(TimeSpan.Zero, gate.TryTake("1"));
    }

    [Fact]
    public void TryTake_ThousandsOfStrangers_AreForgotten()
    {
        var gate = new SendGate(new NotifierOptions { TotalPerSecond = 100_000, Pace = TimeSpan.Zero }, time);

        Assert.All(Enumerable.Range(0, 5_000), i => Assert.Equal(TimeSpan.Zero, gate.TryTake($"{i}")));
    }
}
