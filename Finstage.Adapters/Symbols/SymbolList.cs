using CsvHelper;
using Finstage.Analysis.Symbols;
using Finstage.Analysis.Text;
using Finstage.Grains.Interfaces.Market;

namespace Finstage.Adapters.Symbols;

/// <summary>The symbols of the watchlist, in its order, as a file describes them. Immutable and thread-safe.</summary>
public sealed class SymbolList
{
    /// <summary>The name of the list that is shipped beside the program.</summary>
    public const string FileName = "symbols.csv";

    // Far above any watchlist; a larger file is another kind of file.
    private const int MaxRows = 10_000;

    private static readonly string[] Columns = ["symbol", "name_ko", "name_en", "category", "exchange", "currency"];

    private readonly Dictionary<string, SymbolInfo> byCode;

    private SymbolList(List<SymbolInfo> all)
    {
        All = all;
        byCode = all.ToDictionary(s => s.Code, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Where the shipped list lies.</summary>
    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, FileName);

    /// <summary>Every symbol, in the file's order.</summary>
    public IReadOnlyList<SymbolInfo> All { get; }

    /// <summary>The symbol with this code, case aside; null when the list has none.</summary>
    public SymbolInfo? Find(string code) => byCode.GetValueOrDefault(code);

    /// <summary>The codes most like what was written, nearest first, at most <paramref name="count"/>.</summary>
    public IReadOnlyList<string> Nearest(string code, int count) => Analysis.Text.Nearest.Of(code, byCode.Keys, count);

    /// <summary>The category of a symbol: what the list says of it, or a share where the list is silent.</summary>
    public SymbolCategory CategoryOf(string code) => Find(code)?.Category ?? SymbolCategory.Stock;

    /// <summary>
    /// Reads a list: a header <c>symbol,name_ko,name_en,category,exchange,currency</c> and one row per symbol; every symbol is
    /// enabled. Columns may stand in any order.
    /// </summary>
    /// <exception cref="SymbolListException">The file is missing or has faults; the message names all of them with their lines.</exception>
    public static SymbolList Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            using var csv = CsvReader.FromFile(path, new CsvReaderOptions
            {
                Separator = ',', AllowLineBreaksInQuotes = false, TrackLineNumbers = true, TrimWhitespace = true,
                MaxRecordSize = 4096, BufferSize = 4096,
            });
            return Read(csv, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SymbolListException(path, [$"It cannot be read: {e.Message}"]);
        }
        catch (CsvFormatException e)
        {
            throw new SymbolListException(path, [$"It is no list of symbols: {e.Message}"]);
        }
    }

    private static SymbolList Read(CsvReader csv, string path)
    {
        csv.ReadHeader();
        var at = Columns.Select(name => IndexOf(csv.Headers, name)).ToArray();
        var missing = Columns.Where((_, i) => at[i] < 0).ToList();
        if (missing.Count > 0)
        {
            throw new SymbolListException(path, [$"line 1: the header lacks {string.Join(", ", missing)}."]);
        }

        var symbols = new List<SymbolInfo>();
        var faults = new List<string>();
        var lines = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        while (csv.Read())
        {
            if (symbols.Count + faults.Count == MaxRows)
            {
                throw new SymbolListException(path, [$"It has more than {MaxRows} rows."]);
            }

            var fault = Check(csv, at, lines, out var symbol);
            if (fault is null)
            {
                symbols.Add(symbol!);
            }
            else
            {
                faults.Add($"line {csv.LineNumber}: {fault}");
            }
        }

        if (symbols.Count + faults.Count == 0)
        {
            faults.Add("It has no symbols.");
        }

        return faults.Count == 0 ? new SymbolList(symbols) : throw new SymbolListException(path, faults);
    }

    private static string? Check(CsvReader csv, int[] at, Dictionary<string, long> lines, out SymbolInfo? symbol)
    {
        symbol = null;
        if (csv.FieldCount != csv.Headers.Count)
        {
            return $"{csv.FieldCount} fields where the header has {csv.Headers.Count}.";
        }

        var code = csv.GetString(at[0]);
        if (!SymbolCodes.IsValid(code))
        {
            return "the code is empty, longer than 32 characters or has characters that no symbol has.";
        }

        if (!lines.TryAdd(code, csv.LineNumber))
        {
            return $"{code} stands already on line {lines[code]}.";
        }

        var (ko, en) = (csv.GetString(at[1]), csv.GetString(at[2]));
        if (ko.Length == 0 || en.Length == 0)
        {
            return $"{code} needs a name in Korean and in English.";
        }

        var word = csv.GetString(at[3]);
        if (!SymbolCategories.TryParse(word, out var category))
        {
            return $"{code} has the unknown category '{word}'; known are {SymbolCategories.KnownCodes}.";
        }

        symbol = new SymbolInfo(code, ko, en, category, csv.GetString(at[4]), csv.GetString(at[5]), Enabled: true);
        return null;
    }

    private static int IndexOf(IReadOnlyList<string> headers, string name)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            if (string.Equals(headers[i], name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
