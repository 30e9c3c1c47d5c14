using System.Globalization;
using System.Text;

namespace Finstage.Analysis.News;

/// <summary>One spelling for the many forms of a title. Pure and thread-safe.</summary>
public static class NewsTitle
{
    /// <summary>
    /// The title in lower case with plain quotes, dashes and single spaces. Signs and digits stay as they are: +5 % and −5 % are two
    /// titles.
    /// </summary>
    public static string Fold(string? title)
    {
        if (string.IsNullOrWhiteSpace(title))
        {
            return string.Empty;
        }

        var text = new StringBuilder(title.Length);
        foreach (var c in Compatible(title))
        {
            var folded = c switch
            {
                '\u2018' or '\u2019' or '\u02BC' or '`' or '\u00B4' => '\'',
                '\u201C' or '\u201D' => '"',
                >= '\u2010' and <= '\u2015' or '\u2212' => '-',
                _ when char.IsWhiteSpace(c) => ' ',
                _ => char.ToLowerInvariant(c),
            };
            if (folded == ' ' && (text.Length == 0 || text[^1] == ' '))
            {
                continue;
            }

            if (char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Control) || folded == ' ')
            {
                text.Append(folded);
            }
        }

        return text.ToString().TrimEnd(' ');
    }

    // Full-width letters, ligatures and parted Hangul are one with their plain forms. Half a surrogate pair has no normal form.
    private static string Compatible(string title)
    {
        try
        {
            return title.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return title;
        }
    }
}
