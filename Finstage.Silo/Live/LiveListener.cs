using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Finstage.Silo.Live;

/// <summary>One who listens: what it missed, then what happens, with a sign of life while nothing does.</summary>
internal sealed class LiveListener : IDisposable
{
    /// <summary>The longest silence.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private readonly LiveHub hub;
    private readonly string position;
    private readonly bool isGap;
    private readonly IReadOnlyList<LiveEvent> missed;
    private readonly Channel<LiveEvent> waiting;

    public LiveListener(LiveHub hub, string position, bool isGap, IReadOnlyList<LiveEvent> missed, int backlog)
    {
        this.hub = hub;
        this.position = position;
        this.isGap = isGap;
        this.missed = missed;
        waiting = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(backlog) { SingleReader = true, SingleWriter = true });
    }

    /// <summary>Gives an event to it; false when too many wait already, and then it is let go.</summary>
    public bool Offer(LiveEvent told) => waiting.Writer.TryWrite(told) || !waiting.Writer.TryComplete();

    /// <summary>What is told to it, one after another: <c>hello</c>, then <c>reset</c> where it missed something, then what happens.</summary>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <param name="version">The program's version.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync(
        string language, string version, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return new SseItem<string>($$"""{"version":"{{version}}","heartbeatSeconds":{{Heartbeat.TotalSeconds:0}}}""", "hello")
        {
            EventId = position, ReconnectionInterval = TimeSpan.FromSeconds(2),
        };
        if (isGap)
        {
            yield return new SseItem<string>("""{"reason":"gap"}""", LiveHub.Reset);
        }

        foreach (var told in missed)
        {
            yield return Item(told, language);
        }

        Task<bool>? next = null;
        while (true)
        {
            next ??= waiting.Reader.WaitToReadAsync(cancellation).AsTask();
            if (!await HasComeAsync(next, clock, cancellation))
            {
                yield return new SseItem<string>($$"""{"time":"{{clock.GetUtcNow().UtcDateTime:O}}"}""", "heartbeat");
                continue;
            }

            if (!await next)
            {
                yield return new SseItem<string>($$"""{"waiting":{{LiveHub.Backlog}}}""", "slow");
                yield break;
            }

            next = null;
            while (waiting.Reader.TryRead(out var told))
            {
                yield return Item(told, language);
            }
        }
    }

    public void Dispose() => hub.Leave(this);

    private static async Task<bool> HasComeAsync(Task<bool> next, TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            await next.WaitAsync(Heartbeat, clock, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static SseItem<string> Item(LiveEvent told, string language) =>
        new(language == "en" ? told.English : told.Korean, told.Kind) { EventId = told.Id };
}
