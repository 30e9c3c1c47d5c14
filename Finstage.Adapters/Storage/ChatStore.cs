using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>The chats, what they wish, and the symbols that are muted.</summary>
internal sealed class ChatStore(ISqlDatabase database) : IChatStore
{
    private readonly string insert =
        $"{database.Dialect.InsertNew} chats (id, language, enabled) VALUES (@id, 'ko', 0) {database.Dialect.IfNew}";

    private readonly string insertMute =
        $"{database.Dialect.InsertNew} chat_mutes (chat, symbol, until_ms) VALUES (@chat, @symbol, @until) {database.Dialect.IfNew}";

    public Task<IReadOnlyList<Chat>> ReadAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Chat>>(c => [.. c.Query<ChatData>(ChatSql.All).Select(r => r.ToChat())], cancellation);

    public Task<Chat?> FindAsync(string id, CancellationToken cancellation) => database.ReadAsync(c => Find(c, id)?.ToChat(), cancellation);

    public Task SeedAsync(IReadOnlyList<Chat> chats, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(chats);
        return database.WriteAsync(
            c =>
            {
                c.Execute(ChatSql.SwitchAllOff);
                foreach (var chat in chats)
                {
                    Seed(c, chat);
                }

                return chats.Count;
            },
            cancellation);
    }

    public Task<Chat?> ChangeAsync(string id, Func<Chat, Chat> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        return database.WriteAsync(
            c =>
            {
                if (Find(c, id) is not { } known)
                {
                    return null;
                }

                var next = change(known.ToChat());
                Put(c, next, known.Seed);
                return next;
            },
            cancellation);
    }

    public Task MoveAsync(string from, string to, DateTimeOffset at, CancellationToken cancellation) =>
        database.WriteAsync(c => from == to ? 0 : Move(c, from, to, at), cancellation);

    public Task MuteAsync(string? chat, string symbol, DateTimeOffset? until, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        var row = new { chat = chat ?? string.Empty, symbol, until = until?.ToUnixTimeMilliseconds() };
        return database.WriteAsync(c => c.Execute(ChatSql.Unmute, row) + (until is null ? 0 : c.Execute(insertMute, row)), cancellation);
    }

    public Task<IReadOnlyList<SymbolMute>> ReadMutesAsync(string? chat, DateTimeOffset now, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<SymbolMute>>(
            c =>
            [
                .. c.Query<(string Chat, string Symbol, long Until)>(
                        chat is null ? ChatSql.Mutes : ChatSql.MutesOfChat, new { chat, now = now.ToUnixTimeMilliseconds() })
                    .Select(r => new SymbolMute(r.Chat.Length == 0 ? null : r.Chat, r.Symbol, DateTimeOffset.FromUnixTimeMilliseconds(r.Until))),
            ],
            cancellation);

    private static ChatData? Find(DbConnection connection, string id) => connection.QuerySingleOrDefault<ChatData>(ChatSql.One, new { id });

    // The settings name the id that a group had once; its chat is where it has gone.
    private void Seed(DbConnection connection, Chat chat)
    {
        var known = Find(connection, chat.Id);
        if (known?.MovedTo is { } to)
        {
            Seed(connection, chat with { Id = to });
            return;
        }

        var seed = JsonSerializer.Serialize(new ChatSeed(chat.Language, WishesData.Of(chat.Wishes)), ChatJson.Default.ChatSeed);
        var next = known is null || known.Seed != seed ? chat : known.ToChat() with { Enabled = chat.Enabled, Fault = null };
        Put(connection, next, seed);
    }

    private void Put(DbConnection connection, Chat chat, string? seed)
    {
        connection.Execute(insert, new { id = chat.Id });
        connection.Execute(ChatSql.Put, new
        {
            id = chat.Id, language = chat.Language, enabled = chat.Enabled ? 1 : 0, fault = chat.Fault, seed,
            wishes = JsonSerializer.Serialize(WishesData.Of(chat.Wishes), ChatJson.Default.WishesData),
        });
    }

    private int Move(DbConnection connection, string from, string to, DateTimeOffset at)
    {
        if (Find(connection, from) is { MovedTo: null } old)
        {
            Put(connection, Find(connection, to)?.ToChat() ?? (old.ToChat() with { Id = to }), old.Seed);
            connection.Execute(ChatSql.PointTo, new { from, to });
            foreach (var mute in connection.Query<(string Symbol, long Until)>(ChatSql.OwnMutes, new { from }).ToList())
            {
                connection.Execute(insertMute, new { chat = to, symbol = mute.Symbol, until = mute.Until });
            }

            connection.Execute(ChatSql.DropMutes, new { from });
        }

        var twice = connection.Query<long>(ChatSql.Twice, new { from, to }).ToList();
        foreach (var id in twice)
        {
            var row = new { id, error = $"Chat {to} has it already.", at = at.ToUnixTimeMilliseconds() };
            connection.Execute(ChatSql.GiveUp, row);
            connection.Execute(OutboxSql.MembersFailed, row);
        }

        return connection.Execute(ChatSql.Readdress, new { from, to });
    }
}

/// <summary>A chat as the database gives it.</summary>
internal sealed record ChatData(string Id, string Language, long Enabled, string? Wishes, string? Fault, string? MovedTo, string? Seed)
{
    public Chat ToChat() => new(Id, Language, Enabled != 0)
    {
        Wishes = Wishes is null ? ChatWishes.Everything : JsonSerializer.Deserialize(Wishes, ChatJson.Default.WishesData)!.ToWishes(),
        Fault = Fault,
        MovedTo = MovedTo,
    };
}

/// <summary>What the settings said of a chat.</summary>
internal sealed record ChatSeed(string Language, WishesData Wishes);

/// <summary>A chat's wishes as they are stored; what is absent has no limit.</summary>
internal sealed record WishesData(int? MinPriority, IReadOnlyList<string>? Symbols, QuietHours? Quiet, long? MutedUntilMs)
{
    public static WishesData Of(ChatWishes wishes) => new(
        wishes.MinPriority == AlertPriority.Medium ? null : (int)wishes.MinPriority, wishes.Symbols.Count == 0 ? null : wishes.Symbols,
        wishes.Quiet, wishes.MutedUntil?.ToUnixTimeMilliseconds());

    public ChatWishes ToWishes() => new(
        (AlertPriority)(MinPriority ?? (int)AlertPriority.Medium), Symbols ?? [], Quiet,
        MutedUntilMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WishesData))]
[JsonSerializable(typeof(ChatSeed))]
internal sealed partial class ChatJson : JsonSerializerContext;
