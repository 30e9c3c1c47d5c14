using System.Text;

namespace Finstage.Analysis.Reports;

/// <summary>Writes a report as messages in a language. Pure and thread-safe.</summary>
public static class ReportWriter
{
    /// <summary>The messages of a report, each within what Telegram takes.</summary>
    /// <param name="lines">The lines, in order.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    public static IReadOnlyList<string> Write(IEnumerable<ReportLine> lines, string language)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var words = ReportWords.In(language);
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            if (text.Length > 0)
            {
                text.Append(line.OpensBlock ? "\n\n" : "\n");
            }

            text.Append(words.Sentence(line));
        }

        return HtmlPages.Cut(text.ToString());
    }
}
