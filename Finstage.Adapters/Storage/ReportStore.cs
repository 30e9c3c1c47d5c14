using System.Data.Common;
using Dapper;
using Finstage.Analysis.Signals;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>The reports that were written, and what they tell of.</summary>
internal sealed class ReportStore(ISqlDatabase database) : IReportStore
{
    private const string Find =
        """
        SELECT composed_ms AS ComposedMs, messages AS Messages FROM report_runs WHERE report = @report AND report_day = @day
        """;

    private const string CountMessages = "UPDATE report_runs SET messages = @messages WHERE report = @report AND report_day = @day";

    private const string EnabledChats = "SELECT id AS Id, language AS Language FROM chats WHERE enabled = 1 ORDER BY id";

    // Kind 0 is a signal, state 2 is sent; a chat's own row of an alert is one of several, so the key is what counts.
    private const string Told =
        """
        SELECT MIN(id) AS Id, alert_key AS AlertKey, symbol AS Symbol, priority AS Priority, stream AS Stream, as_of AS AsOf, payload AS Payload
        FROM outbox WHERE kind = 0 AND as_of >= @from AND as_of < @to AND state = 2
        GROUP BY alert_key, symbol, priority, stream, as_of, payload ORDER BY as_of DESC, alert_key LIMIT @limit
        """;

    private readonly string mark =
        $"""
        {database.Dialect.InsertNew} report_runs (report, report_day, composed_ms, messages) VALUES (@report, @day, @composed, 0)
        {database.Dialect.IfNew}
        """;

    private readonly AlertWriter writer = new(database.Dialect);

    public Task<ReportRun?> FindAsync(string report, DateOnly day, CancellationToken cancellation) => database.ReadAsync(
        c => c.QuerySingleOrDefault<RunData>(Find, new { report, day = day.DayNumber }) is { } run
            ? new ReportRun(report, day, DateTimeOffset.FromUnixTimeMilliseconds(run.ComposedMs), (int)run.Messages)
            : null,
        cancellation);

    public Task<ReportWritten> WriteAsync(ReportMessages messages, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return database.WriteAsync(c => Write(c, messages), cancellation);
    }

    public Task<IReadOnlyList<Alert>> ReadToldAsync(long from, long to, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Alert>>(
            c =>
            [
                .. c.Query<ToldData>(Told, new { from, to, limit }).Select(t => new Alert(
                    t.AlertKey, AlertKind.Signal, t.Symbol, (AlertPriority)t.Priority, (AlertStream)t.Stream, t.AsOf, t.AsOf,
                    AlertDelivery.Alone, t.Payload)),
            ],
            cancellation);

    private ReportWritten Write(DbConnection connection, ReportMessages messages)
    {
        var (report, day) = (messages.Report, messages.Day.DayNumber);
        if (connection.Execute(mark, new { report, day, composed = messages.At.ToUnixTimeMilliseconds() }) == 0)
        {
            return new ReportWritten(IsNew: false, 0, []);
        }

        var (rows, chats) = (0, new List<string>());
        foreach (var (chat, language) in connection.Query<(string Id, string Language)>(EnabledChats).ToList())
        {
            var pages = messages.Pages[messages.Pages.ContainsKey(language) ? language : "ko"];
            for (var page = 0; page < pages.Count; page++)
            {
                rows += writer.Insert(connection, chat, ReportPayload.Alert(messages, page, pages[page]), messages.At);
            }

            chats.Add(chat);
        }

        connection.Execute(CountMessages, new { report, day, messages = rows });
        return new ReportWritten(IsNew: true, rows, chats);
    }

    private sealed record RunData(long ComposedMs, long Messages);

    private sealed record ToldData(long Id, string AlertKey, string Symbol, long Priority, long Stream, long AsOf, string Payload);
}
