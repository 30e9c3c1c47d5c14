using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Grains.Market;

/// <summary>The symbol master, in memory and in the store.</summary>
internal sealed class MarketGrain(IMarketStore store) : KeyedGrain, IMarketGrain
{
    private const int MaxCodeLength = 32;
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
        if (symbol.Code.Length is 0 or > MaxCodeLength || symbol.Code.Any(c => c is <= ' ' or > '~' or '/' or '\\' or '<' or '>' or '"'))
        {
            throw new ArgumentException(
                $"code: '{symbol.Code}' is no symbol. Use 1 to {MaxCodeLength} letters, digits and signs such as ^ = . -", nameof(symbol));
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
