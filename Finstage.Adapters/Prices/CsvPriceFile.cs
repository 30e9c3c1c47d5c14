using System.Globalization;
using System.Text;
using CsvHelper;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;

namespace Finstage.Adapters.Prices;

/// <summary>
/// Reads price files: comma-separated, one header, one candle per row. The columns are <c>timestamp</c> (or <c>date</c>,
/// <c>datetime</c>, <c>time</c>), <c>open</c>, <c>high</c>, <c>low</c>, <c>close</c>, <c>volume</c> and, where a file holds more than
/// one series, <c>symbol</c> and <c>interval</c>; in any order, case aside, other columns are passed over. Times are ISO 8601, UTC where
/// they name no offset. A bad row is refused with its line and reason and the others go on. Thread-safe.
/// </summary>
/// <param name="time">The clock, for files that are read without an <see cref="PriceFileOptions.AsOf"/>.</param>
public sealed class CsvPriceFile(TimeProvider time)
{
    /// <summary>The most rows a file may have.</summary>
    public const long MaxRows = 20_000_000;

    /// <summary>The longest line a file may have, in bytes.</summary>
    public const int MaxLineBytes = 64 * 1024;

    // A file with more series than this is no price file, and each costs memory.
    private const int MaxSeries = 10_000;

    private static readonly CsvReaderOptions Dialect = new()
    {
        Separator = ',',
        AllowLineBreaksInQuotes = false, // One bad quote must not swallow the rows after it.
        TrackLineNumbers = true,
        TrimWhitespace = true,
        DetectSeparatorHint = false,
        BufferSize = MaxLineBytes,
        MaxRecordSize = MaxLineBytes,
    };

    /// <summary>Reads a whole file, row by row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="PriceFileException">
    /// The file is missing, cannot be opened, is empty, has an unknown header, too long a line or too many rows.
    /// </exception>
    /// <exception cref="ArgumentException">The path is empty, or the symbol of the options is no symbol.</exception>
    public async Task<PriceFile> ReadAsync(
        string path, PriceFileOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options ??= new PriceFileOptions();
        if (options.Symbol is not null && !SymbolCodes.IsValid(options.Symbol))
        {
            throw new ArgumentException($"'{options.Symbol}' is no symbol.", nameof(options));
        }

        var asOf = (options.AsOf ?? time.GetUtcNow()).ToUnixTimeSeconds();
        try
        {
            await using var csv = Open(path);
            await csv.ReadHeaderAsync(cancellation);
            var reading = new Reading(path, options, asOf, PriceColumns.Of(path, csv.Headers));
            reading.CheckName();
            while (await csv.ReadAsync(cancellation))
            {
                reading.Take(csv);
            }

            return reading.End();
        }
        catch (CsvFormatException e)
        {
            throw new PriceFileException(
                path, e.LineNumber > 0 ? e.LineNumber : null,
                $"A line is longer than {MaxLineBytes / 1024} KB or cannot be read as text. Check that it is a price file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PriceFileException(path, null, $"It cannot be read: {e.Message}", e);
        }
    }

    private static CsvReader Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new PriceFileException(path, null, "It is a folder. Name the files in it.");
        }

        return File.Exists(path)
            ? CsvReader.FromFile(path, Dialect)
            : throw new PriceFileException(path, null, "It does not exist. Check the path.");
    }

    /// <summary>One file under way.</summary>
    private sealed class Reading(string path, PriceFileOptions options, long asOf, PriceColumns columns)
    {
        private readonly Dictionary<(string Symbol, CandleInterval Interval), (SeriesBuilder Series, bool AllowNonPositive)> series = [];
        private readonly List<RejectedRow> rejected = [];
        private readonly Dictionary<CandleFault, long> faults = [];
        private readonly string fileSymbol = Path.GetFileName(path).Split('.')[0];
        private string lastSymbol = string.Empty;
        private long rows;

        public void CheckName()
        {
            if (options.Symbol is null && columns.Symbol < 0 && !SymbolCodes.IsValid(fileSymbol))
            {
                throw new PriceFileException(
                    path, null, "It has no symbol column, and its name does not begin with a symbol. Say which symbol it holds.");
            }
        }

        public void Take(CsvReader csv)
        {
            if (++rows > MaxRows)
            {
                throw new PriceFileException(path, csv.LineNumber, $"It has more than {MaxRows} rows. Split it.");
            }

            if (Read(csv) is { } refused)
            {
                Refuse(refused);
            }
        }

        public PriceFile End()
        {
            if (rows == 0)
            {
                throw new PriceFileException(path, null, "It has a header and no rows.");
            }

            var built = series.Values.Select(s => s.Series.Build(Refuse)).ToList();
            rejected.Sort(static (a, b) => a.Line.CompareTo(b.Line));
            return new PriceFile(path, rows, built, rejected, faults);
        }

        private RejectedRow? Read(CsvReader csv)
        {
            var line = csv.LineNumber;
            if (csv.FieldCount != columns.Count)
            {
                return Unreadable(line, $"It has {csv.FieldCount} fields where the header has {columns.Count}.");
            }

            if ((csv.RawRecord.Count((byte)'"') & 1) != 0)
            {
                return Unreadable(line, "A quote is opened and not closed.");
            }

            if (!TryReadKey(csv, out var symbol, out var interval, out var problem))
            {
                return Unreadable(line, problem);
            }

            if (!PriceTime.TryParse(csv.GetSpan(columns.Time), interval, out var openTime))
            {
                return new RejectedRow(
                    line, CandleFault.BadTime,
                    $"'{Shown(csv, columns.Time)}' is no time like 2025-01-31, 2025-01-31 14:30 or 2025-01-31T14:30:00Z.");
            }

            if (!Number(csv, columns.Open, out var open) || !Number(csv, columns.High, out var high)
                || !Number(csv, columns.Low, out var low) || !Number(csv, columns.Close, out var close)
                || !Number(csv, columns.Volume, out var volume))
            {
                var at = new[] { columns.Open, columns.High, columns.Low, columns.Close, columns.Volume }.First(i => !Number(csv, i, out _));
                return Unreadable(line, $"'{Shown(csv, at)}' in the column {csv.Headers[at]} is no number.");
            }

            var candle = new Candle(openTime, open, high, low, close, volume);
            var (builder, allowNonPositive) = SeriesOf(symbol, interval, line);
            var fault = CandleRules.Check(candle, interval, asOf, allowNonPositive);
            if (fault != CandleFault.None)
            {
                return new RejectedRow(line, fault, CandleFaults.Describe(fault, candle, interval));
            }

            builder.Add(candle, line);
            return null;
        }

        private bool TryReadKey(CsvReader csv, out string symbol, out CandleInterval interval, out string problem)
        {
            symbol = options.Symbol ?? (columns.Symbol < 0 ? fileSymbol : Symbol(csv.GetSpan(columns.Symbol)));
            interval = options.Interval ?? CandleInterval.OneDay;
            problem = string.Empty;
            if (!SymbolCodes.IsValid(symbol))
            {
                problem = $"'{PriceColumns.Printable(symbol)}' is no symbol.";
            }
            else if (options.Interval is null && columns.Interval >= 0
                && !CandleIntervals.TryParse(csv.GetString(columns.Interval), out interval))
            {
                problem = $"'{Shown(csv, columns.Interval)}' is no interval; known are {CandleIntervals.KnownCodes}.";
            }

            return problem.Length == 0;
        }

        // Rows of one symbol mostly stand together: the same text is not made again for each.
        private string Symbol(ReadOnlySpan<byte> text)
        {
            Span<char> chars = stackalloc char[SymbolCodes.MaxLength];
            if (Encoding.UTF8.TryGetChars(text, chars, out var length) && chars[..length].SequenceEqual(lastSymbol))
            {
                return lastSymbol;
            }

            return lastSymbol = Encoding.UTF8.GetString(text);
        }

        private (SeriesBuilder Series, bool AllowNonPositive) SeriesOf(string symbol, CandleInterval interval, long line)
        {
            if (!series.TryGetValue((symbol, interval), out var found))
            {
                if (series.Count == MaxSeries)
                {
                    throw new PriceFileException(path, line, $"It has more than {MaxSeries} series. Split it.");
                }

                found = (new SeriesBuilder(symbol, interval, asOf), options.CategoryOf(symbol).AllowsNonPositive());
                series.Add((symbol, interval), found);
            }

            return found;
        }

        private void Refuse(RejectedRow row)
        {
            faults[row.Fault] = faults.GetValueOrDefault(row.Fault) + 1;
            if (rejected.Count < PriceFile.MaxRejected)
            {
                rejected.Add(row);
            }
        }

        private static RejectedRow Unreadable(long line, string reason) => new(line, CandleFault.Unreadable, reason);

        private static string Shown(CsvReader csv, int column) => PriceColumns.Printable(csv.GetString(column));

        private static bool Number(CsvReader csv, int column, out double value) =>
            double.TryParse(csv.GetSpan(column), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
