namespace Finstage.Adapters.Prices;

/// <summary>Where each column of a price file stands; -1 for one that is not there.</summary>
internal sealed record PriceColumns(
    int Count, int Symbol, int Interval, int Time, int Open, int High, int Low, int Close, int Volume)
{
    private const int MaxNamed = 20;
    private const int MaxNameLength = 40;

    private static readonly string[] TimeNames = ["timestamp", "date", "datetime", "time"];

    /// <summary>
    /// Finds the columns by their names, case aside, in any order. Other columns are passed over: an adjusted close above all, for
    /// it belongs to another price series than open, high, low and close.
    /// </summary>
    /// <exception cref="PriceFileException">A column is missing, or two may be meant.</exception>
    public static PriceColumns Of(string file, IReadOnlyList<string> headers)
    {
        if (headers.Count == 0)
        {
            throw new PriceFileException(file, null, "It is empty. It needs a header and at least one row.");
        }

        var missing = new List<string>();
        int Find(bool required, params string[] names)
        {
            var found = headers.Select((header, i) => (Header: header, Index: i))
                .Where(h => names.Contains(h.Header.Trim(), StringComparer.OrdinalIgnoreCase))
                .ToList();
            if (found.Count > 1)
            {
                throw new PriceFileException(
                    file, 1, $"The columns {string.Join(" and ", found.Select(f => f.Header.Trim()))} mean the same. Keep one of them.");
            }

            if (found.Count == 0 && required)
            {
                missing.Add(names[0]);
            }

            return found.Count == 0 ? -1 : found[0].Index;
        }

        var columns = new PriceColumns(
            headers.Count, Find(false, "symbol"), Find(false, "interval"), Find(true, TimeNames), Find(true, "open"),
            Find(true, "high"), Find(true, "low"), Find(true, "close"), Find(true, "volume"));
        return missing.Count == 0
            ? columns
            : throw new PriceFileException(
                file, 1,
                $"The header lacks {string.Join(", ", missing)}. It has: {Names(headers)}. Expected are the columns timestamp (or date), "
                + "open, high, low, close and volume, separated by commas, and where the file holds more than one series also symbol "
                + "and interval.");
    }

    private static string Names(IReadOnlyList<string> headers)
    {
        var names = headers.Take(MaxNamed).Select(Printable);
        return string.Join(", ", names) + (headers.Count > MaxNamed ? ", …" : string.Empty);
    }

    /// <summary>A piece of the file that may stand in a message: short, and without control characters.</summary>
    internal static string Printable(string text)
    {
        var shown = text.Length > MaxNameLength ? text[..MaxNameLength] + "…" : text;
        return string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c));
    }
}
