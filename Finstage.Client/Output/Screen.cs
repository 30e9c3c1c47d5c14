using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Finstage.Client.Output;

/// <summary>
/// Where the console writes: tables with colours on a terminal, plain ones in a pipe or with NO_COLOR, JSON and CSV as they are.
/// </summary>
internal sealed class Screen
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    private readonly TextWriter output;
    private readonly TextWriter error;

    /// <param name="output">Where what was asked for goes.</param>
    /// <param name="error">Where notes and errors go.</param>
    /// <param name="width">The room in cells; the terminal's own by default.</param>
    public Screen(TextWriter output, TextWriter error, int? width = null)
    {
        this.output = output;
        this.error = error;
        var isTerminal = ReferenceEquals(output, System.Console.Out) && !System.Console.IsOutputRedirected;
        var hasColour = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IsInteractive = isTerminal && !System.Console.IsErrorRedirected;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = hasColour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = hasColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = IsInteractive ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (width is not null || !isTerminal)
        {
            // A pipe has no width: nothing is cut.
            Console.Profile.Width = width ?? 400;
        }
    }

    /// <summary>For tables and progress.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Whether somebody watches: progress bars are drawn only then.</summary>
    public bool IsInteractive { get; }

    /// <summary>A line of what was asked for.</summary>
    public void Line(string text) => output.WriteLine(text);

    /// <summary>A line beside what was asked for: notes and errors.</summary>
    public void Warn(string text) => error.WriteLine(text);

    /// <summary>A value as indented JSON.</summary>
    public void WriteJson<T>(T value) => output.WriteLine(JsonSerializer.Serialize(value, Json));

    /// <summary>Rows as CSV (RFC 4180), the header first.</summary>
    public void WriteCsv(string header, IEnumerable<object?[]> rows)
    {
        output.WriteLine(header);
        foreach (var row in rows)
        {
            output.WriteLine(CsvLine(row));
        }
    }

    /// <summary>One line of CSV; what holds a comma or a quote is quoted, null is empty.</summary>
    public static string CsvLine(IEnumerable<object?> fields) =>
        string.Join(',', fields.Select(field => Quote(Convert.ToString(field, CultureInfo.InvariantCulture) ?? string.Empty)));

    /// <summary>Rows as a table that fits the width.</summary>
    public void WriteTable(IReadOnlyList<string> headers, IEnumerable<string[]> rows, params int[] rightAligned) =>
        WriteTable(headers, rows, rightAligned, []);

    /// <summary>The same; where the width is too small, columns are left out in the order of <paramref name="leaveOut"/>.</summary>
    public void WriteTable(IReadOnlyList<string> headers, IEnumerable<string[]> rows, int[] rightAligned, int[] leaveOut)
    {
        var all = rows.ToList();
        var fit = TableFit.Of(headers, all, Console.Profile.Width, rightAligned, leaveOut);
        if (fit.Beneath.Count > 0)
        {
            foreach (var line in fit.Lines(Console.Profile.Width, rightAligned))
            {
                output.WriteLine(line);
            }

            return;
        }

        var table = new Table().Border(TableBorder.Rounded);
        foreach (var (column, i) in fit.Shown.Select((column, i) => (column, i)))
        {
            var head = new TableColumn(Markup.Escape(headers[column]));
            head.Width = fit.Widths.Count > 0 ? fit.Widths[i] : null;
            table.AddColumn(rightAligned.Contains(column) ? head.RightAligned() : head);
        }

        foreach (var row in all)
        {
            table.AddRow([.. fit.Shown.Select(column => Markup.Escape(row[column]))]);
        }

        Console.Write(table);
    }

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}

/// <summary>How things are written for people.</summary>
internal static class Words
{
    private const int PriceDigits = 7;

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Day(DateTime time) =>
        time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Iso(long time) =>
        DateTimeOffset.FromUnixTimeSeconds(time).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A share as a percentage, such as <c>-0.31 %</c>.</summary>
    public static string Percent(double share, int digits) => (100 * share).ToString($"F{digits}", CultureInfo.InvariantCulture) + " %";

    /// <summary>A price to seven digits, with two decimals at least: feeds send single-precision numbers, and what is beyond is noise.</summary>
    public static string Price(double value)
    {
        var whole = Math.Abs(value) < 1 ? 1 : 1 + (int)Math.Log10(Math.Abs(value));
        return Math.Round(value, Math.Clamp(PriceDigits - whole, 2, PriceDigits - 1)).ToString("#,##0.00####", CultureInfo.InvariantCulture);
    }
}
