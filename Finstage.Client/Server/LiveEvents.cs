using System.Runtime.CompilerServices;
using System.Text.Json;
using Finstage.Adapters.Http;

namespace Finstage.Client.Server;

/// <summary>Something that a silo told, or that happened to the connection: <see cref="Lost"/>.</summary>
/// <param name="Kind">The event's kind.</param>
/// <param name="Data">Its data.</param>
internal sealed record LiveItem(string Kind, JsonElement Data)
{
    /// <summary>The kind of what this side says itself: there is no connection.</summary>
    public const string Lost = "lost";

    /// <summary>The data in its shape.</summary>
    public T As<T>() => Data.Deserialize<T>(JsonSerializerOptions.Web)!;

    /// <summary>The event as one line of JSON.</summary>
    public string Json() => $"{{\"event\":\"{Kind}\",\"data\":{Data.GetRawText()}}}";
}

/// <summary>Follows a silo's events, and comes back by itself where it left off.</summary>
internal static class LiveEvents
{
    // Heartbeats come every 15 s.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>Follows until it is cancelled. Only the first connection may fail; later ones are tried again.</summary>
    /// <exception cref="ApiException">The silo does not answer at all, or refuses.</exception>
    public static async IAsyncEnumerable<LiveItem> FollowAsync(
        FinstageApi api, string language, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lastId = string.Empty;
        var isKnown = false;
        var wait = TimeSpan.FromSeconds(1);
        while (true)
        {
            ApiException? fault = null;
            using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await using var items = api.ListenAsync($"api/stream?lang={Uri.EscapeDataString(language)}", lastId, round.Token).GetAsyncEnumerator(CancellationToken.None);
            while (true)
            {
                (var has, fault) = await NextAsync(items, round, clock, cancellation);
                if (!has)
                {
                    break;
                }

                (isKnown, wait) = (true, TimeSpan.FromSeconds(1));
                lastId = items.Current.EventId ?? lastId;
                using var data = JsonDocument.Parse(items.Current.Data);
                yield return new LiveItem(items.Current.EventType, data.RootElement.Clone());
            }

            if (!isKnown)
            {
                throw fault ?? new ApiException("The silo ended the event stream at once.");
            }

            yield return new LiveItem(LiveItem.Lost, JsonSerializer.SerializeToElement(new { message = fault?.Message ?? "The silo ended the connection." }));
            await Task.Delay(wait, clock, cancellation);
            wait = wait + wait < LongestWait ? wait + wait : LongestWait;
        }
    }

    private static async Task<(bool Has, ApiException? Fault)> NextAsync(
        IAsyncEnumerator<System.Net.ServerSentEvents.SseItem<string>> items, CancellationTokenSource round, TimeProvider clock, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Silence, clock);
        await using var givesUp = patience.Token.Register(round.Cancel);
        try
        {
            return (await items.MoveNextAsync(), null);
        }
        catch (ApiException fault)
        {
            return (false, fault);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (false, new ApiException($"The silo has said nothing for {Silence.TotalSeconds:0} s."));
        }
    }
}
