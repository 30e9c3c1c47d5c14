namespace Finstage.Adapters.Http;

/// <summary>The daily report as it would be written now.</summary>
/// <param name="Day">Its day, in Seoul.</param>
/// <param name="Language"><c>ko</c> or <c>en</c>.</param>
/// <param name="ComposedAt">When it was composed, UTC.</param>
/// <param name="IsSent">Whether the day's report is written already.</param>
/// <param name="Messages">Its messages, with Telegram's HTML entities.</param>
/// <param name="Lines">Its lines, each with what it rests on.</param>
public sealed record ReportPreviewDto(
    DateOnly Day, string Language, DateTime ComposedAt, bool IsSent, IReadOnlyList<string> Messages, IReadOnlyList<ReportLineDto> Lines);

/// <summary>A line of the report.</summary>
/// <param name="Section"><c>title</c>, <c>backtests</c>, <c>patterns</c>, <c>clusters</c>, <c>insights</c>, <c>summary</c>, <c>glossary</c> or <c>next</c>.</param>
/// <param name="Key">Which sentence it is.</param>
/// <param name="Text">The sentence, with Telegram's HTML entities.</param>
/// <param name="Samples">The observations that its figures rest on; null where it has none.</param>
/// <param name="Sources">The stored rows that its figures come from, as <c>table|key|…</c>.</param>
public sealed record ReportLineDto(string Section, string Key, string Text, int? Samples, IReadOnlyList<string> Sources);

/// <summary>What sending the report did.</summary>
/// <param name="Day">Its day, in Seoul.</param>
/// <param name="IsNew">Whether it was written now; false when the day had it already.</param>
/// <param name="Messages">The messages written, over all chats.</param>
/// <param name="Chats">The chats that have them.</param>
public sealed record ReportSentDto(DateOnly Day, bool IsNew, int Messages, int Chats);
