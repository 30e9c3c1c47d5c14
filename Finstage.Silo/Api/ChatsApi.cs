using Finstage.Adapters.Http;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Finstage.Silo.Telegram;

namespace Finstage.Silo.Api;

/// <summary><c>/api/chats</c> and <c>/api/symbols/{symbol}/mute</c>: who is told, and what not.</summary>
internal static class ChatsApi
{
    /// <summary>The longest mute that ends, in hours: ten years.</summary>
    public const double MaxHours = 87_600;

    private const int MaxSymbols = 1_000;

    public static void Map(WebApplication app)
    {
        app.MapGet("/api/chats", ListAsync);
        app.MapPut("/api/chats/{id}", PutAsync);
        app.MapPut("/api/symbols/{symbol}/mute", MuteAsync);
    }

    private static async Task<IReadOnlyList<ChatDto>> ListAsync(
        IOutbox outbox, IChatStore chats, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var mutes = await chats.ReadMutesAsync(null, now, cancellation);
        return [.. (await outbox.ReadChatsAsync(cancellation)).Select(chat => Of(chat, mutes, now))];
    }

    private static async Task<IResult> PutAsync(
        string id, ChatRequest request, IChatStore chats, IGrains grains, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Fault(request) is { } problem)
        {
            return problem;
        }

        var changed = await chats.ChangeAsync(id, chat => Change(chat, request, now), cancellation);
        if (changed is null)
        {
            return Problems.NotFound($"There is no chat '{id}'; GET /api/chats lists them.");
        }

        await grains.Get<INotifierGrain>(id).WakeAsync(0);
        return Results.Ok(Of(changed, await chats.ReadMutesAsync(id, now, cancellation), now));
    }

    private static IResult? Fault(ChatRequest request)
    {
        ChatWords.Quiet(request.QuietHours, request.Zone ?? "UTC", out var quiet);
        return request.Language is not (null or "ko" or "en") ? Problems.BadField("language", $"'{request.Language}' is neither ko nor en.")
            : request.MinPriority is not null && ChatWords.Priority(request.MinPriority) is null
                ? Problems.BadField("minPriority", $"'{request.MinPriority}' is neither medium nor high.")
            : request.Symbols is { } symbols && (symbols.Count > MaxSymbols || !symbols.All(SymbolCodes.IsValid))
                ? Problems.BadField("symbols", $"they are at most {MaxSymbols}, such as AAPL; an empty list means all.")
            : quiet is not null ? Problems.BadField("quietHours", quiet)
            : request.MuteHours is not (null or (>= 0 and <= MaxHours)) ? Problems.BadField("muteHours", $"it is from 0 to {MaxHours}.")
            : null;
    }

    private static Chat Change(Chat chat, ChatRequest request, DateTimeOffset now)
    {
        var wishes = chat.Wishes;
        return chat with
        {
            Enabled = request.Enabled ?? chat.Enabled,
            Fault = request.Enabled is null ? chat.Fault : null,
            Language = request.Language ?? chat.Language,
            Wishes = new ChatWishes(
                ChatWords.Priority(request.MinPriority) ?? wishes.MinPriority,
                request.Symbols ?? wishes.Symbols,
                request.QuietHours is null ? wishes.Quiet : ChatWords.Quiet(request.QuietHours, request.Zone ?? wishes.Quiet?.Zone ?? "Asia/Seoul", out _),
                request.MuteHours is { } hours ? hours > 0 ? now.AddHours(hours) : null : wishes.MutedUntil),
        };
    }

    private static async Task<IResult> MuteAsync(
        string symbol, MuteRequest request, IGrains grains, IMarketStore store, IChatStore chats, IOutbox outbox, TimeProvider clock,
        CancellationToken cancellation)
    {
        var (found, missing) = await SymbolsApi.FindAsync(symbol, grains, store, cancellation);
        if (found is null)
        {
            return missing!;
        }

        if (request.Hours is not (null or (>= 0 and <= MaxHours)))
        {
            return Problems.BadField("hours", $"it is from 0, which ends the mute, to {MaxHours}; without it the mute has no end.");
        }

        var all = await outbox.ReadChatsAsync(cancellation);
        if (request.Chat is { } id && all.All(c => c.Id != id))
        {
            return Problems.BadField("chat", $"there is no chat '{id}'; GET /api/chats lists them.");
        }

        var now = clock.GetUtcNow();
        DateTimeOffset? until = request.Hours is null ? SymbolMute.Forever : request.Hours > 0 ? now.AddHours(request.Hours.Value) : null;
        await chats.MuteAsync(request.Chat, found.Code, until, cancellation);
        foreach (var chat in all.Where(c => c.Enabled && (request.Chat is null || c.Id == request.Chat)))
        {
            await grains.Get<INotifierGrain>(chat.Id).WakeAsync(0);
        }

        return Results.Ok(
            (await chats.ReadMutesAsync(null, now, cancellation)).Where(m => m.Symbol == found.Code).Select(Of).ToArray());
    }

    private static ChatDto Of(Chat chat, IReadOnlyList<SymbolMute> mutes, DateTimeOffset now) => new(
        chat.Id, chat.Enabled, chat.Fault, chat.Language, ChatWords.Of(chat.Wishes.MinPriority), chat.Wishes.Symbols,
        ChatWords.Of(chat.Wishes.Quiet), chat.Wishes.Quiet?.Zone, chat.Wishes.MutedUntil is { } until && until > now ? until.UtcDateTime : null,
        [.. mutes.Where(m => m.Chat is null || m.Chat == chat.Id).Select(Of)], chat.MovedTo);

    private static MuteDto Of(SymbolMute mute) =>
        new(mute.Symbol, mute.Chat, mute.Until >= SymbolMute.Forever ? null : mute.Until.UtcDateTime);
}
