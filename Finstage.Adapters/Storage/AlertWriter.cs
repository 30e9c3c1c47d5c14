using System.Data.Common;
using Dapper;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>Writes alerts into the outbox, inside a transaction that its caller holds.</summary>
internal sealed class AlertWriter(SqlDialect dialect)
{
    private const string EnabledChats = "SELECT id FROM chats WHERE enabled = 1 ORDER BY id";

    private readonly string insert =
        $"""
        {dialect.InsertNew} outbox (chat, alert_key, kind, symbol, priority, stream, as_of, due_at, delivery, payload, state, attempts,
            created_ms)
        VALUES (@chat, @key, @kind, @symbol, @priority, @stream, @as_of, @due_at, @delivery, @payload, @state, 0, @created)
        {dialect.IfNew}
        """;

    /// <summary>One row per alert and chat of the audience, where none with the alert's key exists.</summary>
    /// <returns>How many rows are new, and the chats that have them.</returns>
    public (int Rows, IReadOnlyList<string> Chats) Write(
        DbConnection connection, IReadOnlyList<Alert> alerts, Audience audience, DateTimeOffset at)
    {
        if (alerts.Count == 0)
        {
            return (0, []);
        }

        string[] audienceChats = audience == Audience.ConsoleOnly ? [Chat.ConsoleId] : [.. connection.Query<string>(EnabledChats)];
        var rows = 0;
        var chats = new List<string>();
        foreach (var chat in audienceChats)
        {
            var before = rows;
            foreach (var alert in alerts)
            {
                rows += Insert(connection, chat, alert, at);
            }

            if (rows > before)
            {
                chats.Add(chat);
            }
        }

        return (rows, chats);
    }

    /// <summary>Writes one row; returns 1, or 0 when the chat has the alert's key already.</summary>
    public int Insert(DbConnection connection, string chat, Alert alert, DateTimeOffset at) => connection.Execute(insert, new
    {
        chat, key = alert.Key, kind = (int)alert.Kind, symbol = alert.Symbol, priority = (int)alert.Priority,
        stream = (int)alert.Stream, as_of = alert.AsOf, due_at = alert.DueAt, delivery = (int)alert.Delivery,
        payload = alert.Payload, state = (int)OutboxState.Waiting, created = at.ToUnixTimeMilliseconds(),
    });
}
