using System.Globalization;
using System.Text;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Grains.Bot;

/// <summary>What the bot shows: read from the grains and the store, with Telegram's HTML entities. Thread-safe.</summary>
internal sealed class BotPages(
    IGrains grains, IMarketStore store, IOutbox outbox, IChatStore chats, INewsStore news, IBacktestStore backtests, TimeProvider clock)
{
    private const int SignalsShown = 8;
    private const int NewsShown = 5;
    private const int TopShown = 5;

    /// <summary>How much there is, and what the chat wishes.</summary>
    public async Task<string> StatusAsync(Chat chat, string language, CancellationToken stop)
    {
        var series = await store.ReadSeriesAsync(null, stop);
        var signals = (await store.CountSignalsAsync(null, null, stop)).Values.Sum();
        var mutes = await chats.ReadMutesAsync(chat.Id, clock.GetUtcNow(), stop);
        var wishes = chat.Wishes;
        return BotTexts.Format(
            language, "Status",
            series.Select(s => s.Symbol).Distinct().Count(), series.Sum(s => s.Candles), signals,
            series.Count == 0 ? "–" : AlertFormatter.Time(series.Max(s => s.LastTime)),
            await outbox.CountWaitingAsync(stop),
            wishes.MinPriority == AlertPriority.High ? "HIGH" : "MEDIUM",
            wishes.Symbols.Count == 0 ? "*" : BotTexts.Escape(string.Join(", ", wishes.Symbols)),
            wishes.Quiet is { } quiet ? string.Create(CultureInfo.InvariantCulture, $"{quiet.From:HH:mm}–{quiet.To:HH:mm} {BotTexts.Escape(quiet.Zone)}") : "–",
            mutes.Count == 0 ? "–" : BotTexts.Escape(string.Join(", ", mutes.Select(m => m.Symbol).Distinct())));
    }

    /// <summary>The watchlist.</summary>
    public async Task<string> SymbolsAsync(string language)
    {
        var watched = (await grains.Get<IMarketGrain>(IMarketGrain.Main).ListAsync()).Where(s => s.Enabled).ToList();
        return BotTexts.Format(language, "Symbols", watched.Count) + "\n\n"
            + string.Join('\n', watched.Select(s => $"<b>{BotTexts.Escape(s.Code)}</b> {BotTexts.Escape(NameOf(s, language))}"));
    }

    /// <summary>The last price, its change and its highs; where no price came yet, the last daily close.</summary>
    public async Task<string> PriceAsync(SymbolInfo symbol, string language, CancellationToken stop)
    {
        var head = $"📌 <b>[{BotTexts.Escape(symbol.Code)}] {BotTexts.Escape(NameOf(symbol, language))}</b>";
        var view = await grains.Get<ISymbolGrain>(symbol.Code).PriceAsync();
        var (price, previous, at) = (view.Price, view.PreviousClose, AlertFormatter.Time(view.Time));
        if (price is null)
        {
            var candles = await store.ReadCandlesAsync(symbol.Code, CandleInterval.OneDay, long.MinValue, long.MaxValue, 2, stop);
            if (candles.Length == 0)
            {
                return head + "\n" + BotTexts.Text(language, "NoPrice");
            }

            (price, previous) = (candles[^1].Close, candles.Length > 1 ? candles[0].Close : null);
            at = DateTimeOffset.FromUnixTimeSeconds(candles[^1].Time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        var text = new StringBuilder(head).Append('\n').Append(BotTexts.Format(language, "Price", Money(price.Value, symbol)));
        Line(previous is > 0 ? BotTexts.Format(language, "Change", Percent((price.Value / previous.Value) - 1), Money(previous.Value, symbol)) : null);
        Line(view.YearHigh is { } year ? BotTexts.Format(language, "YearHigh", Money(year, symbol), Day(view.YearHighTime)) : null);
        Line(view.EverHigh is { } ever ? BotTexts.Format(language, "EverHigh", Money(ever, symbol), Day(view.EverHighTime)) : null);
        return text.Append("\n🕒 ").Append(at).ToString();

        void Line(string? line) => text.Append(line is null ? string.Empty : "\n" + line);
    }

    /// <summary>The newest signals, of one symbol or of all.</summary>
    public async Task<string> SignalsAsync(SymbolInfo? symbol, string language, CancellationToken stop)
    {
        var rows = await store.ReadSignalsAsync(new SignalQuery(symbol?.Code, Limit: SignalsShown), stop);
        var head = BotTexts.Format(language, "Signals", symbol is null ? string.Empty : BotTexts.Escape(symbol.Code) + " ");
        return rows.Count == 0
            ? head + "\n\n" + BotTexts.Text(language, "NoSignals")
            : head + "\n\n" + string.Join("\n\n", rows.Select(r => Line(r, language)));
    }

    /// <summary>The newest headlines, of one symbol or of all.</summary>
    public async Task<string> NewsAsync(SymbolInfo? symbol, string language, CancellationToken stop)
    {
        var rows = await news.ReadNewsAsync(new NewsQuery(symbol?.Code, Limit: NewsShown), stop);
        var head = BotTexts.Format(language, "News", symbol is null ? string.Empty : BotTexts.Escape(symbol.Code) + " ");
        return rows.Count == 0 ? head + "\n\n" + BotTexts.Text(language, "NoNews") : head + "\n\n" + string.Join("\n\n", rows.Select(Headline));
    }

    /// <summary>The strategies that hold up best at a horizon, over all symbols, each with its sample.</summary>
    public async Task<string> TopAsync(string? word, string language, CancellationToken stop)
    {
        if (!Horizons.TryParse(word?.ToLowerInvariant() ?? "1d", out var horizon))
        {
            return BotTexts.Format(language, "BadHorizon", BotTexts.Quote(word!), Horizons.KnownCodes);
        }

        var rows = await backtests.ReadRowsAsync(
            new BacktestQuery(CandleInterval.OneDay, Symbol: BacktestQuery.Together, Horizon: horizon), stop);
        var best = rows
            .Where(r => r.Row is { Strategy: not (null or BacktestQuery.Together), Direction: null } && r.Row.Figures.Total >= BacktestTable.DefaultMinSamples)
            .OrderByDescending(r => r.Passed)
            .ThenByDescending(r => double.IsNaN(r.DeflatedSharpe) ? double.MinValue : r.DeflatedSharpe)
            .ThenByDescending(r => r.Row.Figures.Average)
            .Take(TopShown)
            .ToList();
        var head = BotTexts.Format(language, "Top", horizon.Code());
        return best.Count == 0
            ? head + "\n\n" + BotTexts.Text(language, "NoTop")
            : head + "\n\n" + string.Join("\n\n", best.Select((r, i) => BotTexts.Format(
                language, "TopLine", i + 1, BotTexts.Escape(StrategyTexts.Name(r.Row.Strategy!, language)), Share(r.Row.Figures.SuccessRate),
                Percent(r.Row.Figures.Average), r.Row.Figures.Total, r.Passed)));
    }

    /// <summary>What stands behind an alert: its strategy, the price now, and what else was seen of the symbol.</summary>
    public async Task<string> DetailsAsync(OutboxRow row, SymbolInfo symbol, string language, CancellationToken stop)
    {
        var text = new StringBuilder(await PriceAsync(symbol, language, stop));
        if (row.Alert.Kind == AlertKind.Signal)
        {
            var signal = SignalPayload.Parse(row.Alert.Payload);
            text.Append("\n\n").Append(BotTexts.Format(
                language, "Strategy", BotTexts.Escape(StrategyTexts.Name(signal.Strategy, language)),
                BotTexts.Escape(StrategyTexts.Describe(signal.Strategy, language)), BotTexts.Escape(signal.Interval)));
        }

        return text.Append("\n\n").Append(await SignalsAsync(symbol, language, stop)).ToString();
    }

    private static string Line(SignalRow row, string language) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(row.Signal.Direction == Direction.Buy ? "🟢" : "🔴")} <b>{BotTexts.Escape(row.Symbol)}</b> {row.Signal.Strategy} · {row.Interval.Code()} · {row.Signal.Confidence}% · {Day(row.Signal.Time)}\n{BotTexts.Escape(StrategyTexts.Explain(row.Signal, language))}");

    private static string Headline(NewsRow row)
    {
        var title = BotTexts.Escape(row.Title);
        var link = row.Link is { Length: <= 1_000 } address
            ? $"<a href=\"{BotTexts.Escape(address).Replace("\"", "&quot;", StringComparison.Ordinal)}\">{title}</a>"
            : $"<b>{title}</b>";
        return $"📰 {link}\n📅 {AlertFormatter.Time(row.Time)}";
    }

    private static string NameOf(SymbolInfo symbol, string language) => language == "ko" ? symbol.NameKo : symbol.NameEn;

    private static string Money(double price, SymbolInfo symbol) => BotTexts.Escape(AlertFormatter.Price(price, symbol.Currency));

    private static string Percent(double share) => (share * 100).ToString("+#,##0.00;-#,##0.00;0.00", CultureInfo.InvariantCulture) + "%";

    private static string Share(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static string Day(long time) => DateTimeOffset.FromUnixTimeSeconds(time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
