using Finstage.Analysis.PriceAlerts;
using Finstage.Analysis.Symbols;
using Finstage.Analysis.Text;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Grains.Market;

/// <summary>The symbol master and the thresholds, in memory and in the store.</summary>
internal sealed class MarketGrain(IMarketStore store, IPriceStore prices) : KeyedGrain, IMarketGrain
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
            await Grains.Get<ISymbolGrain>(symbol.Code).ReloadAsync();
        }
    }

    public async Task<bool> RemoveAsync(string code)
    {
        if (!symbols.TryGetValue(code, out var symbol) || !symbol.Enabled)
        {
            return false;
        }

        await PutAsync(symbol with { Enabled = false });
        return true;
    }

    public async Task SetThresholdsAsync(string code, ThresholdChange own)
    {
        ArgumentNullException.ThrowIfNull(own);
        var symbol = symbols.GetValueOrDefault(code)
            ?? throw new ArgumentException($"There is no symbol '{code}'.{Nearest.Hint(code, symbols.Keys)}", nameof(code));
        var values = new PriceThresholdOverride(own.Rise, own.Drop, own.FromHigh);
        if (values.Fault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(own));
        }

        await prices.PutThresholdsAsync(symbol.Code, values == new PriceThresholdOverride() ? null : values, CancellationToken.None);
        await Grains.Get<ISymbolGrain>(symbol.Code).ReloadAsync();
    }
}
