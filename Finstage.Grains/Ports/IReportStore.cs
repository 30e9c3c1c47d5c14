namespace Finstage.Grains.Ports;

/// <summary>
/// The reports that were written, and what they tell of. Thread-safe. Every method is one unit of work that commits or rolls back whole.
/// </summary>
public interface IReportStore
{
    /// <summary>When the report of a day was written; null when it was not.</summary>
    Task<ReportRun?> FindAsync(string report, DateOnly day, CancellationToken cancellation);

    /// <summary>
    /// Marks the report of a day as written and writes its messages into the outbox, in one transaction: one row for each message and
    /// enabled chat, in the chat's language. Where the day is marked already, nothing is written.
    /// </summary>
    /// <returns>The rows written, and the chats that have them.</returns>
    Task<ReportWritten> WriteAsync(ReportMessages messages, CancellationToken cancellation);

    /// <summary>The signals that were sent, each once however many chats have it, by the time they happened.</summary>
    /// <param name="from">From this moment on, Unix seconds.</param>
    /// <param name="to">Up to this moment, excluded.</param>
    /// <param name="limit">At most this many, the newest.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    Task<IReadOnlyList<Alert>> ReadToldAsync(long from, long to, int limit, CancellationToken cancellation);
}

/// <summary>A report that was written.</summary>
/// <param name="Report">Which one, such as <c>daily</c>.</param>
/// <param name="Day">Of which day.</param>
/// <param name="ComposedAt">When it was composed.</param>
/// <param name="Messages">The messages it has, over all chats.</param>
public sealed record ReportRun(string Report, DateOnly Day, DateTimeOffset ComposedAt, int Messages);

/// <summary>A report in every language, ready to be written.</summary>
/// <param name="Report">Which one, such as <c>daily</c>.</param>
/// <param name="Day">Of which day.</param>
/// <param name="At">When it was composed.</param>
/// <param name="Pages">The messages of each language, in order, with Telegram's HTML entities.</param>
public sealed record ReportMessages(string Report, DateOnly Day, DateTimeOffset At, IReadOnlyDictionary<string, IReadOnlyList<string>> Pages);

/// <summary>What writing a report did.</summary>
/// <param name="IsNew">Whether it was written now; false when the day had it already.</param>
/// <param name="Messages">Outbox rows written.</param>
/// <param name="Chats">The chats that have new rows.</param>
public sealed record ReportWritten(bool IsNew, int Messages, IReadOnlyList<string> Chats);
