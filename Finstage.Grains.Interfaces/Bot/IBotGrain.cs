using Finstage.Hosting;

namespace Finstage.Grains.Interfaces.Bot;

/// <summary>Takes commands from the chats. There is one in the cluster, with the key <c>main</c>.</summary>
[Alias("finstage.IBotGrain")]
public interface IBotGrain : IKeyedGrain
{
    /// <summary>The key of the one bot.</summary>
    const string Main = "main";

    /// <summary>Begins to listen, where it does not yet. It goes on after restarts by itself.</summary>
    [Alias("Start")]
    Task StartAsync();

    /// <summary>Keeps how far it has come: what was answered is not asked for again.</summary>
    /// <param name="offset">The number of the first update that is not answered.</param>
    [Alias("SaveOffset")]
    Task SaveOffsetAsync(long offset);

    /// <summary>How it stands.</summary>
    [Alias("Describe")]
    Task<BotView> DescribeAsync();
}

/// <summary>How the bot stands.</summary>
/// <param name="IsListening">Whether it takes commands.</param>
/// <param name="Answered">Commands answered since it began to listen.</param>
/// <param name="Error">Why it hears nothing, or null.</param>
[GenerateSerializer, Immutable, Alias("finstage.BotView")]
public sealed record BotView(
    [property: Id(0)] bool IsListening,
    [property: Id(1)] long Answered,
    [property: Id(2)] string? Error);
