using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Hosting;

namespace Finstage.Grains.Interfaces.Market;

/// <summary>The watchlist and the company data. There is one, with the key <c>main</c>.</summary>
[Alias("finstage.IMarketGrain")]
public interface IMarketGrain : IKeyedGrain
{
    /// <summary>The key of the one market grain.</summary>
    const string Main = "main";

    /// <summary>Every known symbol, in the order of the watchlist.</summary>
    [Alias("List")]
    Task<SymbolInfo[]> ListAsync();

    /// <summary>One symbol, or null when it is unknown.</summary>
    [Alias("Find")]
    Task<SymbolInfo?> FindAsync(string code);

    /// <summary>Adds a symbol or changes what is known of it.</summary>
    /// <exception cref="ArgumentException">The code is empty, too long or has characters that no symbol has.</exception>
    [Alias("Put")]
    Task PutAsync(SymbolInfo symbol);

    /// <summary>Watches a symbol no longer; what is stored of it stays.</summary>
    /// <returns>Whether it was watched.</returns>
    [Alias("Remove")]
    Task<bool> RemoveAsync(string code);

    /// <summary>Sets a symbol's own thresholds; those that are null are its category's.</summary>
    /// <exception cref="ArgumentException">The symbol is unknown, or a value has the wrong sign or is outside the limits.</exception>
    [Alias("SetThresholds")]
    Task SetThresholdsAsync(string code, ThresholdChange own);
}

/// <summary>One row of the symbol master.</summary>
/// <param name="Code">The symbol's code, such as <c>AAPL</c> or <c>^GSPC</c>.</param>
/// <param name="NameKo">Its name in Korean.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Category">What kind of instrument it is.</param>
/// <param name="Exchange">Where it trades, such as <c>NASDAQ</c>; empty when unknown.</param>
/// <param name="Currency">ISO currency code; empty for indices and yields.</param>
/// <param name="Enabled">Whether it is watched.</param>
[GenerateSerializer, Immutable, Alias("finstage.SymbolInfo")]
public sealed record SymbolInfo(
    [property: Id(0)] string Code,
    [property: Id(1)] string NameKo,
    [property: Id(2)] string NameEn,
    [property: Id(3)] SymbolCategory Category,
    [property: Id(4)] string Exchange,
    [property: Id(5)] string Currency,
    [property: Id(6)] bool Enabled);
