using System.CommandLine;
using Finstage.Adapters.Prices;
using Finstage.Adapters.Symbols;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;
using Finstage.Client.Output;
using Finstage.Grains.Interfaces.Market;

namespace Finstage.Client.Offline;

/// <summary>The files of an offline command and the options that say what is in them.</summary>
internal sealed class PriceFiles
{
    private const int RejectedShown = 5;

    private readonly Screen screen;
    private readonly Lazy<SymbolList> list = new(() => SymbolList.Load(SymbolList.DefaultPath));
    private readonly HashSet<string> undescribed = new(StringComparer.OrdinalIgnoreCase);

    private readonly Argument<string[]> files;
    private readonly Option<string> symbol = new("--symbol")
    {
        Description = "The files' symbol (default: their column, else the file's name).", HelpName = "SYM",
    };

    private readonly Option<string> interval = new("--interval") { Description = "The files' interval (default: their column, else 1d).", HelpName = "1m…1mo" };
    private readonly Option<string> category = new("--category") { Description = "What kind of instrument it is (default: the symbol list's word, else stock).", HelpName = "CATEGORY" };
    private readonly Option<string> exchange = new("--exchange") { Description = "Where it trades (default: the symbol list's word).", HelpName = "EXCHANGE" };

    /// <param name="screen">Where complaints go.</param>
    /// <param name="command">The command.</param>
    /// <param name="isOptional">Whether the command does without files too.</param>
    public PriceFiles(Screen screen, Command command, bool isOptional = false)
    {
        this.screen = screen;
        files = new Argument<string[]>("file")
        {
            Description = "Price files (CSV).", Arity = isOptional ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
        };
        command.Arguments.Add(files);
        command.Options.Add(symbol);
        command.Options.Add(interval);
        command.Options.Add(category);
        command.Options.Add(exchange);
    }

    /// <summary>Whether there are any.</summary>
    public bool AreGiven(ParseResult parsed) => parsed.GetValue(files) is { Length: > 0 };

    /// <summary>The symbol as it was written; null when it was not.</summary>
    public string? Symbol(ParseResult parsed) => parsed.GetValue(symbol);

    /// <summary>The interval as it was written; null when it was not.</summary>
    public string? Interval(ParseResult parsed) => parsed.GetValue(interval);

    /// <summary>Reads the files one by one and tells what was refused in them.</summary>
    /// <exception cref="UsageException">An option makes no sense.</exception>
    /// <exception cref="PriceFileException">A file cannot be read at all.</exception>
    public async IAsyncEnumerable<PriceFile> ReadAsync(
        ParseResult parsed, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var options = Options(parsed);
        var reader = new CsvPriceFile(TimeProvider.System);
        foreach (var path in parsed.GetValue(files)!)
        {
            var file = await reader.ReadAsync(path, options, cancellation);
            TellOf(file);
            foreach (var series in file.Series)
            {
                TellUndescribed(series.Symbol, parsed);
            }

            yield return file;
        }
    }

    /// <summary>What is known of a symbol: the options' words, else what is stored, else the shipped list's, else a share.</summary>
    public SymbolInfo Describe(string code, ParseResult parsed, SymbolInfo? stored = null)
    {
        var known = stored ?? list.Value.Find(code) ?? new SymbolInfo(code, code, code, SymbolCategory.Stock, string.Empty, string.Empty, Enabled: true);
        return known with
        {
            Category = Category(parsed) ?? known.Category, Exchange = parsed.GetValue(exchange) ?? known.Exchange,
        };
    }

    /// <summary>What the strategies and indicators must know of a series.</summary>
    public SeriesContext ContextOf(PriceSeries series, ParseResult parsed, SymbolInfo? stored = null) =>
        new(series.Interval, TradingCalendar.For(Describe(series.Symbol, parsed, stored).Exchange));

    private PriceFileOptions Options(ParseResult parsed)
    {
        CandleInterval? length = null;
        if (parsed.GetValue(interval) is { } text)
        {
            length = CandleIntervals.TryParse(text, out var known)
                ? known
                : throw new UsageException($"--interval: '{text}' is none of {CandleIntervals.KnownCodes}.");
        }

        var chosen = Category(parsed);
        var code = parsed.GetValue(symbol);
        if (code is not null && !SymbolCodes.IsValid(code))
        {
            throw new UsageException($"--symbol: '{code}' is no symbol; use up to 32 letters, digits and signs such as ^ = . -");
        }

        return new PriceFileOptions { Symbol = code, Interval = length, CategoryOf = s => chosen ?? list.Value.CategoryOf(s) };
    }

    private SymbolCategory? Category(ParseResult parsed)
    {
        var text = parsed.GetValue(category);
        return text is null ? null
            : SymbolCategories.TryParse(text, out var known) ? known
            : throw new UsageException($"--category: '{text}' is none of {SymbolCategories.KnownCodes}.");
    }

    private void TellOf(PriceFile file)
    {
        foreach (var row in file.Rejected.Take(RejectedShown))
        {
            screen.Warn($"{file.Path}, line {row.Line}: {row.Reason}");
        }

        if (file.RejectedCount > 0)
        {
            var reasons = string.Join(", ", file.Faults.OrderBy(f => f.Key).Select(f => $"{f.Key} {Words.Number(f.Value)}"));
            screen.Warn($"{file.Path}: {Words.Number(file.RejectedCount)} of {Words.Number(file.Rows)} rows refused ({reasons}); the others were taken.");
        }

        foreach (var series in file.Series)
        {
            if (series.Unsorted > 0)
            {
                screen.Warn($"{file.Path}: {Words.Number(series.Unsorted)} rows were out of order and have been sorted.");
            }

            if (series.Repeated > 0)
            {
                screen.Warn($"{file.Path}: {Words.Number(series.Repeated)} rows said what another had said and were left out.");
            }

            if (series.OpenRows > 0)
            {
                screen.Warn($"{file.Path}: {Words.Number(series.OpenRows)} rows are of a period that has not ended; only closed candles are taken.");
            }
        }
    }

    private void TellUndescribed(string code, ParseResult parsed)
    {
        if (list.Value.Find(code) is null && (parsed.GetValue(category) is null || parsed.GetValue(exchange) is null) && undescribed.Add(code))
        {
            var taken = Describe(code, parsed);
            var days = TradingCalendar.For(taken.Exchange) == TradingCalendar.Utc ? "plain UTC days without holidays" : $"the days of {taken.Exchange}";
            screen.Warn($"{code} is not in the symbol list: taken as {taken.Category.Code()}, on {days} (--category, --exchange).");
        }
    }
}
