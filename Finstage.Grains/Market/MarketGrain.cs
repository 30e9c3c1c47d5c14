using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Grains.Market;

/// <summary>The symbol master, in memory and in the store.</summary>
internal sealed class MarketGrain(IMarketStore store) : KeyedGrain, IMarketGrain
{
    private readonly Dictionary<string, SymbolInfo> symbols = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> order = [];

    protected override async Task ActivateAsync(CancellationToken cancellation)
    {
        foreach (var symbol in await store.ReadSymbolsAsync(cancellation))
        {
            symbols[symbol.Code] = symbol;
            order.Add(symbol.Code);
        }
    }

    public Task<SymbolInfo[]> ListAsync() => Task.FromResult(order.Select(code => symbols[code]).ToArray());

    public Task<SymbolInfo?> FindAsync(string code) => Task.FromResult(symbols.GetValueOrDefault(code));

    public async Task PutAsync(SymbolInfo symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        if (!SymbolCodes.IsValid(symbol.Code))
        {
            throw new ArgumentException(
                $"code: '{symbol.Code}' is no symbol. Use 1 to {SymbolCodes.MaxLength} letters, digits and signs such as ^ = . -", nameof(symbol));
        }

        if (symbols.TryGetValue(symbol.Code, out var known))
        {
            // The same symbol in another case; its candles are stored under the code it has.
            symbol = symbol with { Code = known.Code };
        }

        await store.PutSymbolsAsync([symbol], CancellationToken.None);
        if (symbols.TryAdd(symbol.Code, symbol))
        {
            order.Add(symbol.Code);
        }
        else
        {
            symbols[symbol.Code] = symbol;
        }
    }
}
