using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;

namespace Finstage.Adapters.Prices;

/// <summary>How a price file is read. Immutable and thread-safe.</summary>
public sealed record PriceFileOptions
{
    /// <summary>The symbol of every row. Default null: the file's column, and without one the file's name up to its first dot.</summary>
    public string? Symbol { get; init; }

    /// <summary>The interval of every row. Default null: the file's column, and without one a day.</summary>
    public CandleInterval? Interval { get; init; }

    /// <summary>What kind of instrument a symbol is; it decides whether prices may be zero or negative. Default: a share.</summary>
    public Func<string, SymbolCategory> CategoryOf { get; init; } = static _ => SymbolCategory.Stock;

    /// <summary>The reading's "now": candles that end later are open, those that begin later are refused. Default null: the clock.</summary>
    public DateTimeOffset? AsOf { get; init; }
}
