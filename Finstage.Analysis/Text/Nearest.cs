namespace Finstage.Analysis.Text;

/// <summary>Finds what somebody may have meant. Pure and thread-safe.</summary>
public static class Nearest
{
    /// <summary>The candidates that are nearest to a word, nearest first, by the number of letters to change, add, drop or
    /// swap; the rest of a name that was left unfinished counts as one.</summary>
    /// <param name="word">What was typed; case does not count.</param>
    /// <param name="candidates">What exists.</param>
    /// <param name="count">How many to return at most.</param>
    /// <returns>Candidates within a third of the word's length plus two changes; it may be empty.</returns>
    public static IReadOnlyList<string> Of(string word, IEnumerable<string> candidates, int count = 3)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(candidates);
        var limit = (word.Length / 3) + 2;
        return [.. candidates
            .Select(candidate => (candidate, distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(pair => pair.distance <= limit)
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(count)
            .Select(pair => pair.candidate)];
    }

    /// <summary>A sentence that offers the nearest candidates, such as <c> Did you mean A or B?</c>; empty when nothing is near.</summary>
    public static string Hint(string word, IEnumerable<string> candidates)
    {
        var near = Of(word, candidates);
        return near.Count == 0 ? string.Empty : $" Did you mean {string.Join(" or ", near)}?";
    }

    // The optimal string alignment distance: edits and swaps of neighbours.
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            table[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            table[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    best = Math.Min(best, table[i - 2, j - 2] + 1);
                }

                table[i, j] = best;
            }
        }

        // A word that was left unfinished is as near as the part it was compared with.
        var unfinished = a.Length < 3 ? int.MaxValue : Enumerable.Range(1, b.Length).Min(j => table[a.Length, j]) + 1;
        return Math.Min(table[a.Length, b.Length], unfinished);
    }
}
