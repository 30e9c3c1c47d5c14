using Finstage.Hosting;

namespace Finstage.Grains.Interfaces.Reports;

/// <summary>The daily report. There is one, with the key <c>daily</c>.</summary>
[Alias("finstage.IReportGrain")]
public interface IReportGrain : IKeyedGrain
{
    /// <summary>The key of the daily report.</summary>
    const string Daily = "daily";

    /// <summary>Composes the report that is due and writes it for every enabled chat, once for each day: repeating it changes nothing.</summary>
    /// <param name="fullGlossary">Whether the glossary is told in full on other days than Mondays as well.</param>
    [Alias("Send")]
    Task<ReportSent> SendAsync(bool fullGlossary);

    /// <summary>Composes the report as it would be written now; nothing is stored, nothing sent.</summary>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <param name="fullGlossary">Whether the glossary is told in full on other days than Mondays as well.</param>
    /// <exception cref="ArgumentException">No such language.</exception>
    [Alias("Preview")]
    Task<ReportView> PreviewAsync(string language, bool fullGlossary);

    /// <summary>The glossary in full, as messages.</summary>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <exception cref="ArgumentException">No such language.</exception>
    [Alias("Glossary")]
    Task<string[]> GlossaryAsync(string language);
}

/// <summary>What sending did.</summary>
/// <param name="Day">The report's day, <c>2025-08-17</c>.</param>
/// <param name="IsNew">Whether it was written now; false when the day had it already.</param>
/// <param name="Messages">The messages written, over all chats.</param>
/// <param name="Chats">The chats that have them.</param>
[GenerateSerializer, Immutable, Alias("finstage.ReportSent")]
public sealed record ReportSent(
    [property: Id(0)] string Day,
    [property: Id(1)] bool IsNew,
    [property: Id(2)] int Messages,
    [property: Id(3)] int Chats);

/// <summary>A report that was not sent.</summary>
/// <param name="Day">Its day, <c>2025-08-17</c>.</param>
/// <param name="ComposedAt">When it was composed, Unix milliseconds.</param>
/// <param name="IsSent">Whether the day's report is written already.</param>
/// <param name="Messages">Its messages, with Telegram's HTML entities.</param>
/// <param name="Lines">Its lines, each with what it rests on.</param>
[GenerateSerializer, Immutable, Alias("finstage.ReportView")]
public sealed record ReportView(
    [property: Id(0)] string Day,
    [property: Id(1)] long ComposedAt,
    [property: Id(2)] bool IsSent,
    [property: Id(3)] string[] Messages,
    [property: Id(4)] ReportLineView[] Lines);

/// <summary>A line of a report.</summary>
/// <param name="Section">The part it belongs to, such as <c>insights</c>.</param>
/// <param name="Key">Which sentence it is.</param>
/// <param name="Text">The sentence, with Telegram's HTML entities.</param>
/// <param name="Samples">The observations that its figures rest on; null where it has none.</param>
/// <param name="Sources">The stored rows that its figures come from.</param>
[GenerateSerializer, Immutable, Alias("finstage.ReportLineView")]
public sealed record ReportLineView(
    [property: Id(0)] string Section,
    [property: Id(1)] string Key,
    [property: Id(2)] string Text,
    [property: Id(3)] int? Samples,
    [property: Id(4)] string[] Sources);
