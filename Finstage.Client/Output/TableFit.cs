using Spectre.Console.Rendering;

namespace Finstage.Client.Output;

/// <summary>
/// How a table is brought into a width: longer texts are broken between words, what may be left out is left out in its order, and a text for
/// which there is still no room goes beneath its row. Figures, names and times are never broken. Pure.
/// </summary>
internal sealed class TableFit
{
    /// <summary>Texts up to so many cells are never broken, and longer ones get no less where they stand in a column.</summary>
    public const int Least = 20;

    private const int Gap = 2;
    private const int Indent = 4;

    private readonly IReadOnlyList<string> headers;
    private readonly IReadOnlyList<string[]> rows;
    private readonly int[] naturals;
    private readonly int[] leasts;

    private TableFit(IReadOnlyList<string> headers, IReadOnlyList<string[]> rows, IReadOnlyCollection<int> numbers)
    {
        (this.headers, this.rows) = (headers, rows);
        naturals = [.. headers.Select((h, i) => Math.Max(Cells(h), rows.Max(r => (int?)Cells(r[i])) ?? 0))];
        leasts = [.. headers.Select((h, i) => Math.Max(LongestWord(h), rows.Max(r => (int?)(numbers.Contains(i) ? Cells(r[i]) : LeastOf(r[i]))) ?? 0))];
    }

    /// <summary>The columns that are shown, in their order.</summary>
    public List<int> Shown { get; private init; } = [];

    /// <summary>The shown columns' widths without their borders; empty where some stand beneath.</summary>
    public IReadOnlyList<int> Widths { get; private set; } = [];

    /// <summary>The columns that stand beneath their row, in their order.</summary>
    public List<int> Beneath { get; } = [];

    /// <summary>Fits a table.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="rows">The rows, each with a cell for every header.</param>
    /// <param name="width">The room, in cells of the terminal.</param>
    /// <param name="numbers">The columns of figures.</param>
    /// <param name="leaveOut">The columns that may be left out, the first of them first.</param>
    public static TableFit Of(
        IReadOnlyList<string> headers, IReadOnlyList<string[]> rows, int width, IReadOnlyCollection<int> numbers, IReadOnlyList<int> leaveOut)
    {
        var fit = new TableFit(headers, rows, numbers) { Shown = [.. Enumerable.Range(0, headers.Count)] };
        foreach (var column in leaveOut.TakeWhile(_ => fit.Framed(fit.leasts) > width))
        {
            fit.Shown.Remove(column);
        }

        if (fit.Framed(fit.leasts) <= width)
        {
            fit.Share(width);
            return fit;
        }

        // The longest texts go beneath, until the rest has room side by side.
        while (fit.Side() > width && fit.Shown.Where(i => fit.naturals[i] > Least && !numbers.Contains(i)).ToList() is { Count: > 0 } texts && fit.Shown.Count > 1)
        {
            var longest = texts.MaxBy(i => fit.naturals[i]);
            fit.Shown.Remove(longest);
            fit.Beneath.Add(longest);
        }

        fit.Beneath.Sort();
        return fit;
    }

    /// <summary>The lines of a table of which some columns stand beneath their row.</summary>
    public IEnumerable<string> Lines(int width, IReadOnlyCollection<int> numbers)
    {
        yield return Row(headers);
        foreach (var row in rows)
        {
            yield return Row(row);
            foreach (var line in Beneath.Where(i => row[i].Length > 0).SelectMany(i => Wrap(row[i], width - Indent)))
            {
                yield return new string(' ', Indent) + line;
            }
        }

        string Row(IReadOnlyList<string> cells) => string.Join(new string(' ', Gap), Shown.Select(i => Padded(cells[i], naturals[i], numbers.Contains(i)))).TrimEnd();
    }

    /// <summary>How many cells of a terminal a text takes.</summary>
    public static int Cells(string text) => new Segment(text).CellCount();

    private static string Padded(string text, int width, bool isRight)
    {
        var space = new string(' ', Math.Max(0, width - Cells(text)));
        return isRight ? space + text : text + space;
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = string.Empty;
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && Cells(line) + 1 + Cells(word) > width)
            {
                yield return line;
                line = string.Empty;
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }

    private static int LongestWord(string text) => text.Split(' ').Max(Cells);

    private static int LeastOf(string text) => Cells(text) <= Least ? Cells(text) : Math.Max(Least, LongestWord(text));

    // A border and a space on either side of each column, and one border more.
    private int Framed(int[] widths) => Shown.Sum(i => widths[i] + 3) + 1;

    private int Side() => Shown.Sum(i => naturals[i] + Gap) - Gap;

    // What is left over goes to those that want more, in proportion.
    private void Share(int width)
    {
        var left = Math.Min(width, Framed(naturals)) - Framed(leasts);
        var wanted = Shown.Sum(i => naturals[i] - leasts[i]);
        var widths = new List<int>();
        foreach (var i in Shown)
        {
            var want = naturals[i] - leasts[i];
            var share = wanted == 0 ? 0 : (int)Math.Ceiling((double)left * want / wanted);
            widths.Add(leasts[i] + share);
            (left, wanted) = (left - share, wanted - want);
        }

        Widths = widths;
    }
}
