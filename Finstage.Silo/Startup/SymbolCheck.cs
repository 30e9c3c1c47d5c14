using Finstage.Adapters.Http;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;
using Finstage.Analysis.Text;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Ports;
using Finstage.Silo.Api;

namespace Finstage.Silo.Startup;

/// <summary>Asks the feed for a symbol that somebody wants to watch, before it is stored. Thread-safe.</summary>
internal sealed class SymbolCheck(TimeProvider clock, IPriceFeed? feed = null)
{
    private static readonly TimeSpan Reach = TimeSpan.FromDays(14);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>What the feed says of the symbol, or why it cannot be watched.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="force">Whether it is watched even when the feed cannot be asked; what the feed does not know is refused all the same.</param>
    /// <param name="known">The symbols that are known, for a hint.</param>
    /// <param name="cancellation">Cancels the question.</param>
    public async Task<(FeedQuote? Quote, IResult? Problem)> FindAsync(
        SymbolInfo symbol, bool force, IEnumerable<string> known, CancellationToken cancellation)
    {
        var (quote, failure) = await AskAsync(symbol, cancellation);
        if (failure is null || (force && failure.Fault is not (FeedFault.NotFound or FeedFault.InvalidRequest)))
        {
            return (quote, null);
        }

        return (null, failure.Fault is FeedFault.NotFound or FeedFault.InvalidRequest
            ? Problems.NotFound($"The feed does not know '{symbol.Code}': {failure.Message.TrimEnd('.')}.{Nearest.Hint(symbol.Code, known)}")
            : Results.Problem(
                $"'{symbol.Code}' could not be checked: {failure.Message} Try again later, or add it unchecked (force=true, --force).",
                statusCode: StatusCodes.Status503ServiceUnavailable, title: "The feed does not answer."));
    }

    /// <summary>The symbol as it will be stored: what was asked for, else what was known of it, else what the feed says.</summary>
    public static SymbolInfo Describe(SymbolInfo symbol, bool isNew, FeedQuote? quote, WatchRequest? request, SymbolCategory? category)
    {
        var name = quote?.Name ?? symbol.Code;
        return symbol with
        {
            NameKo = First(request?.NameKo, symbol.NameKo, First(request?.NameEn, symbol.NameEn, name)),
            NameEn = First(request?.NameEn, symbol.NameEn, name),
            Category = category ?? (isNew ? CategoryOf(quote?.Kind) : symbol.Category),
            Exchange = First(request?.Exchange, symbol.Exchange, ExchangeOf(quote)),
            Currency = First(request?.Currency, symbol.Currency, quote?.Currency ?? string.Empty),
            Enabled = true,
        };
    }

    private async Task<(FeedQuote? Quote, FeedFailure? Failure)> AskAsync(SymbolInfo symbol, CancellationToken cancellation)
    {
        if (feed is null)
        {
            return (null, new FeedFailure(FeedFault.Suspended, "The feeds are switched off."));
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            // Whether prices may be negative is not known of a symbol that is new.
            var from = (clock.GetUtcNow() - Reach).ToUnixTimeSeconds();
            var result = await feed.ReadAsync(new PriceRequest(symbol.Code, CandleInterval.OneDay, from, AllowNonPositive: true), either.Token);
            return (result.Value?.Quote, result.Failure);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, new FeedFailure(FeedFault.Timeout, $"The feed did not answer within {Patience.TotalSeconds:0} s."));
        }
    }

    private static string First(string? asked, string known, string otherwise) =>
        !string.IsNullOrWhiteSpace(asked) ? asked.Trim() : known.Length > 0 ? known : otherwise;

    // The calendar's own name where there is one, so that a symbol's exchange reads the same wherever it came from.
    private static string ExchangeOf(FeedQuote? quote)
    {
        var calendar = TradingCalendar.For(quote?.Exchange);
        return calendar == TradingCalendar.Utc ? quote?.Exchange ?? string.Empty : calendar.Name;
    }

    private static SymbolCategory CategoryOf(string? kind) => kind switch
    {
        "INDEX" => SymbolCategory.Index,
        "FUTURE" => SymbolCategory.Futures,
        "ETF" => SymbolCategory.GlobalEtf,
        "CURRENCY" => SymbolCategory.Dollar,
        _ => SymbolCategory.Stock,
    };
}
