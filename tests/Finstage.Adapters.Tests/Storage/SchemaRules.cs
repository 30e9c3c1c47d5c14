using System.Globalization;
using System.Text.RegularExpressions;

namespace Finstage.Adapters.Tests.Storage;

/// <summary>What the steps of the schema may say, so that every dialect can take them.</summary>
internal static partial class SchemaRules
{
    // InnoDB's keys have 3,072 bytes at most, a character four of them, and a number eight.
    private const int KeyCharactersMax = 760;

    // The words that MySQL or MariaDB reserve, as far as a column or a table might be called so.
    private static readonly HashSet<string> Reserved = new(
        """
        add all alter analyze and as asc before between both by call cascade case change char check collate column condition constraint
        continue convert create cross cube current_date current_time current_user cursor database databases dec decimal declare default
        delayed delete dense_rank desc describe deterministic distinct div double drop dual each else empty enclosed escaped except exists
        exit explain false fetch float for force foreign from fulltext function generated get grant group grouping groups having if ignore
        in index infile inner inout insert int integer intersect interval into is iterate join json_table key keys kill lag last_value
        lateral lead leading leave left like limit linear lines load localtime lock long loop match maxvalue mod modifies natural not
        nth_value ntile null numeric of offset on optimize option optionally or order out outer outfile over partition percent_rank
        precision primary procedure purge range rank read reads real recursive references regexp release rename repeat replace require
        resignal restrict return revoke right rlike row row_number rows schema schemas select sensitive separator set show signal smallint
        spatial specific sql ssl starting stored straight_join system table terminated text then to trailing trigger true undo union unique
        unlock unsigned update usage use using values varchar varying virtual when where while window with write xor year_month zerofill
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with the steps: a sentence for each fault.</summary>
    public static IReadOnlyList<string> Check(IReadOnlyList<string> steps)
    {
        var faults = new List<string>();
        var tables = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            if (Table().Match(step) is { Success: true } table)
            {
                CheckTable(table, tables, faults);
            }
            else if (Index().Match(step) is { Success: true } index)
            {
                var name = index.Groups["name"].Value;
                CheckKey(index.Groups["columns"].Value, tables[index.Groups["table"].Value], name, faults);
                Add(faults, index.Groups["rest"].Value.Trim().Length > 0, $"{name} has a condition.");
            }
            else if (Column().Match(step) is { Success: true } column)
            {
                CheckColumn(column.Groups["column"].Value, tables[column.Groups["table"].Value], faults);
            }
            else
            {
                faults.Add($"No CREATE TABLE IF NOT EXISTS, CREATE INDEX IF NOT EXISTS or ALTER TABLE … ADD COLUMN: {step}");
            }
        }

        return faults;
    }

    private static void CheckTable(Match match, Dictionary<string, Dictionary<string, string>> tables, List<string> faults)
    {
        var name = match.Groups["name"].Value;
        Add(faults, Reserved.Contains(name), $"The table {name} has a reserved name.");
        var columns = tables[name] = new(StringComparer.Ordinal);
        foreach (var item in Comma().Split(match.Groups["items"].Value).Select(i => i.Trim()))
        {
            if (Key().Match(item) is { Success: true } key)
            {
                CheckKey(key.Groups["columns"].Value, columns, name, faults);
            }
            else
            {
                CheckColumn(item, columns, faults);
            }
        }
    }

    private static void CheckColumn(string column, Dictionary<string, string> columns, List<string> faults)
    {
        var words = column.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        columns[words[0]] = words[1];
        Add(faults, Reserved.Contains(words[0]), $"The column {words[0]} has a reserved name.");
        Add(faults, !Type().IsMatch(words[1]), $"The column {words[0]} has the type {words[1]}.");
        if (column.Contains("PRIMARY KEY", StringComparison.Ordinal) || column.Contains("UNIQUE", StringComparison.Ordinal))
        {
            CheckKey(words[0], columns, words[0], faults);
        }
    }

    private static void CheckKey(string key, Dictionary<string, string> columns, string name, List<string> faults)
    {
        var types = key.Split(',').Select(c => columns[c.Trim().Split(' ')[0]]).ToList();
        Add(faults, types.Contains("TEXT"), $"A key of {name} has a TEXT in it; make it VARCHAR(n).");
        var characters = types.Sum(t => t.StartsWith("VARCHAR", StringComparison.Ordinal) ? int.Parse(t[8..^1], CultureInfo.InvariantCulture) : 2);
        Add(faults, characters > KeyCharactersMax, $"A key of {name} has {characters} characters; {KeyCharactersMax} is the most.");
    }

    private static void Add(List<string> faults, bool isWrong, string fault)
    {
        if (isWrong)
        {
            faults.Add(fault);
        }
    }

    [GeneratedRegex(@"^CREATE TABLE IF NOT EXISTS (?<name>\w+) \((?<items>.*)\)( WITHOUT ROWID)?$", RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^CREATE (UNIQUE )?INDEX IF NOT EXISTS (?<name>\w+) ON (?<table>\w+) \((?<columns>[^)]*)\)(?<rest>.*)$", RegexOptions.Singleline)]
    private static partial Regex Index();

    [GeneratedRegex(@"^ALTER TABLE (?<table>\w+) ADD COLUMN (?<column>.*)$", RegexOptions.Singleline)]
    private static partial Regex Column();

    [GeneratedRegex(@"^(PRIMARY KEY|UNIQUE) \((?<columns>[^)]*)\)$")]
    private static partial Regex Key();

    [GeneratedRegex(@"^(INTEGER|REAL|TEXT|VARCHAR\(\d+\))$")]
    private static partial Regex Type();

    // Commas that do not stand inside brackets.
    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex Comma();
}
