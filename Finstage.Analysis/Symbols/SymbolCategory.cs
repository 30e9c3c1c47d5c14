namespace Finstage.Analysis.Symbols;

/// <summary>What kind of instrument a symbol is; it decides thresholds and which prices are possible. The numbers are stored and sent.</summary>
public enum SymbolCategory
{
    /// <summary>A share; also what nobody described.</summary>
    Stock = 0,

    /// <summary>A stock index: no currency.</summary>
    Index = 1,

    /// <summary>An index future.</summary>
    Futures = 2,

    /// <summary>A leveraged fund that rises with its market.</summary>
    EtfLong = 3,

    /// <summary>A leveraged fund that falls when its market rises.</summary>
    EtfShort = 4,

    /// <summary>A government bond yield, in percent.</summary>
    Yield = 5,

    /// <summary>The dollar index and its funds.</summary>
    Dollar = 6,

    /// <summary>A volatility index.</summary>
    Volatility = 7,

    /// <summary>A commodity future.</summary>
    Commodity = 8,

    /// <summary>A sector fund.</summary>
    SectorEtf = 9,

    /// <summary>A corporate bond fund.</summary>
    Credit = 10,

    /// <summary>A country, region or whole-market fund.</summary>
    GlobalEtf = 11,
}

/// <summary>Codes and rules of the categories. All members are pure and thread-safe.</summary>
public static class SymbolCategories
{
    private static readonly (SymbolCategory Category, string Code)[] Codes =
    [
        (SymbolCategory.Stock, "stock"), (SymbolCategory.Index, "index"), (SymbolCategory.Futures, "futures"),
        (SymbolCategory.EtfLong, "etf_long"), (SymbolCategory.EtfShort, "etf_short"), (SymbolCategory.Yield, "yield"),
        (SymbolCategory.Dollar, "dollar"), (SymbolCategory.Volatility, "volatility"), (SymbolCategory.Commodity, "commodity"),
        (SymbolCategory.SectorEtf, "sector_etf"), (SymbolCategory.Credit, "credit"), (SymbolCategory.GlobalEtf, "global_etf"),
    ];

    /// <summary>The codes people write, for messages.</summary>
    public static string KnownCodes { get; } = string.Join(", ", Codes.Select(c => c.Code));

    /// <summary>The category's code, such as <c>etf_long</c>.</summary>
    public static string Code(this SymbolCategory category) => Codes[(int)category].Code;

    /// <summary>Reads a code such as <c>etf_long</c>.</summary>
    public static bool TryParse(string? code, out SymbolCategory category)
    {
        foreach (var known in Codes)
        {
            if (known.Code == code)
            {
                category = known.Category;
                return true;
            }
        }

        category = default;
        return false;
    }

    /// <summary>Whether prices may be zero or negative: yields, futures and commodities.</summary>
    public static bool AllowsNonPositive(this SymbolCategory category) =>
        category is SymbolCategory.Yield or SymbolCategory.Futures or SymbolCategory.Commodity;
}
