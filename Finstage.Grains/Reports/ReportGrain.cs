using System.Globalization;
using System.Text.Json;
using Finstage.Analysis.Reports;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Interfaces.Reports;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Microsoft.Extensions.Logging;

namespace Finstage.Grains.Reports;

/// <summary>
/// The daily report: the stored mark of a day decides whether it is written, and is committed together with its messages. So a repeat, a
/// crash or a second run at the same time changes nothing.
/// </summary>
internal sealed partial class ReportGrain(ReportReader reader, IReportStore reports, TimeProvider clock, ILogger<ReportGrain> logger)
    : KeyedGrain, IReportGrain
{
    private static readonly string[] Languages = ["ko", "en"];

    public async Task<ReportSent> SendAsync(bool fullGlossary)
    {
        var at = clock.GetUtcNow();
        var day = reader.DayAt(at);
        if (await reports.FindAsync(Key, day, CancellationToken.None) is not null)
        {
            return new ReportSent(Text(day), IsNew: false, 0, 0);
        }

        var lines = DailyReport.Compose(await reader.ReadAsync(at, fullGlossary, CancellationToken.None));
        var pages = Languages.ToDictionary(language => language, language => ReportWriter.Write(lines, language));
        var written = await reports.WriteAsync(new ReportMessages(Key, day, at, pages), CancellationToken.None);
        foreach (var chat in written.Chats)
        {
            await TellAsync(chat);
        }

        return new ReportSent(Text(day), written.IsNew, written.Messages, written.Chats.Count);
    }

    public async Task<ReportView> PreviewAsync(string language, bool fullGlossary)
    {
        var words = ReportWords.In(language);
        var at = clock.GetUtcNow();
        var day = reader.DayAt(at);
        var lines = DailyReport.Compose(await reader.ReadAsync(at, fullGlossary, CancellationToken.None));
        var isSent = await reports.FindAsync(Key, day, CancellationToken.None) is not null;
        return new ReportView(
            Text(day), at.ToUnixTimeMilliseconds(), isSent, [.. ReportWriter.Write(lines, language)],
            [.. lines.Select(l => new ReportLineView(
                JsonNamingPolicy.CamelCase.ConvertName(l.Section.ToString()), l.Key, words.Sentence(l), l.Samples, [.. l.Sources]))]);
    }

    public Task<string[]> GlossaryAsync(string language) =>
        Task.FromResult<string[]>([.. ReportWriter.Write(DailyReport.Glossary(inFull: true), language)]);

    // The rows are in the outbox already: a lost word costs a minute, until the notifier's heartbeat.
    private async Task TellAsync(string chat)
    {
        try
        {
            await Grains.Get<INotifierGrain>(chat).WakeAsync(0);
        }
        catch (Exception error)
        {
            LogNotTold(error, chat);
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The report could not wake the notifier of chat {Chat}; its heartbeat will find the rows.")]
    private partial void LogNotTold(Exception error, string chat);
}
