using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>A row of the outbox as the database gives it.</summary>
internal sealed class OutboxData
{
    public long Id { get; init; }

    public string Chat { get; init; } = string.Empty;

    public string AlertKey { get; init; } = string.Empty;

    public long Kind { get; init; }

    public string Symbol { get; init; } = string.Empty;

    public long Priority { get; init; }

    public long Stream { get; init; }

    public long AsOf { get; init; }

    public long DueAt { get; init; }

    public long Delivery { get; init; }

    public string Payload { get; init; } = string.Empty;

    public long State { get; init; }

    public long? BatchId { get; init; }

    public long Attempts { get; init; }

    public long? NextAttemptMs { get; init; }

    public string? LastError { get; init; }

    public long CreatedMs { get; init; }

    public long? SentMs { get; init; }

    public OutboxRow ToRow() => new(
        Id, Chat,
        new Alert(
            AlertKey, (AlertKind)Kind, Symbol, (AlertPriority)Priority, (AlertStream)Stream, AsOf, DueAt, (AlertDelivery)Delivery, Payload),
        (OutboxState)State, BatchId, (int)Attempts, Time(NextAttemptMs), LastError, DateTimeOffset.FromUnixTimeMilliseconds(CreatedMs),
        Time(SentMs));

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Value);
}
