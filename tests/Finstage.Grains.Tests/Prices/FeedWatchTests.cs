using Finstage.Grains.Ports;
using Finstage.Grains.Prices;
using Finstage.Grains.Tests.Hosts;
using Finstage.Testing;
using Microsoft.Extensions.Logging;

namespace Finstage.Grains.Tests.Prices;

public sealed class FeedWatchTests
{
    private readonly FakeTime time = new(World.Start);
    private readonly Lines log = new();
    private readonly FeedWatch watch;

    public FeedWatchTests() => watch = new FeedWatch(time, log);

    [Theory]
    [InlineData(FeedFault.Unreachable)]
    [InlineData(FeedFault.Suspended)]
    public void Failed_NobodyReached_IsAnOutageAndSaidOnce(FeedFault fault)
    {
        for (var i = 0; i < 55; i++)
        {
            watch.Failed("yahoo", $"S{i}", new FeedFailure(fault, "Nobody knows its name."));
            time.Jump(TimeSpan.FromMinutes(30));
        }

        var line = Assert.Single(log.All);
        Assert.Contains("yahoo gives no answers: Nobody knows its name.", line, StringComparison.Ordinal);
        Assert.Equal((World.Start, "Nobody knows its name."), (watch.Standings[0].OutSince, watch.Standings[0].Error));
        Assert.Equal(55, watch.Standings[0].Failing.Count);
    }

    [Fact]
    public void Answered_AfterAnOutage_EndsItAndIsSaidOnce()
    {
        watch.Failed("yahoo", "AAPL", new FeedFailure(FeedFault.Unreachable, "Nobody knows its name."));
        time.Jump(TimeSpan.FromHours(2));

        watch.Answered("yahoo", "AAPL");
        watch.Answered("yahoo", "MSFT");

        Assert.Equal(2, log.All.Count);
        Assert.Contains("answers again, after 02:00:00", log.All[1], StringComparison.Ordinal);
        Assert.Null(watch.Standings[0].OutSince);
        Assert.Empty(watch.Standings[0].Failing);
    }

    [Fact]
    public void Failed_EmptyAnswersInARow_AreAnOutage()
    {
        watch.Failed("yahoo", "AAPL", new FeedFailure(FeedFault.Empty, "nothing"));
        watch.Failed("yahoo", "MSFT", new FeedFailure(FeedFault.Empty, "nothing"));
        Assert.False(watch.IsOut("yahoo"));

        watch.Failed("yahoo", "TSLA", new FeedFailure(FeedFault.Empty, "nothing"));

        Assert.True(watch.IsOut("yahoo"));
    }

    [Fact]
    public void Failed_UnknownSymbols_AreNoOutageAndSaidOnceEach()
    {
        for (var i = 0; i < 10; i++)
        {
            watch.Failed("yahoo", $"S{i % 5}", new FeedFailure(FeedFault.NotFound, "no data"));
        }

        Assert.False(watch.IsOut("yahoo"));
        Assert.Equal(5, log.All.Count);
        Assert.True(watch.IsUnknown("yahoo", "S1"));
        Assert.False(watch.IsUnknown("yahoo", "AAPL"));
    }

    private sealed class Lines : ILogger<FeedWatch>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add(formatter(state, exception));
    }
}
