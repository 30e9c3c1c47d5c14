using System.Globalization;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.PriceAlerts;
using Finstage.Analysis.Symbols;

namespace Finstage.Analysis.Tests.PriceAlerts;

/// <summary>A symbol's price alerts, quote by quote, in words.</summary>
internal sealed class Quotes(PriceAlertRules rules)
{
    private readonly List<string> told = [];

    public Quotes(SymbolCategory category = SymbolCategory.Stock, TradingCalendar? calendar = null)
        : this(new PriceAlertRules(PriceThresholds.For(category), calendar ?? TradingCalendar.Nyse))
    {
    }

    public PriceAlertState State { get; set; } = PriceAlertState.Empty;

    /// <summary>References without highs: the session before with this close, and a range that no quote leaves.</summary>
    public static PriceReferences After(string date, double close) =>
        new() { Previous = new SessionSummary(Date(date), 1e9, -1e9, close) };

    /// <summary>References with a 52-week high alone; the session before closed at it.</summary>
    public static PriceReferences Below(string through, double yearHigh, string highDate, double? close = null) => new()
    {
        Previous = new SessionSummary(Date(through), 1e9, -1e9, close ?? yearHigh),
        YearHigh = new DatedHigh(Date(highDate), yearHigh),
        HighsThrough = Date(through),
    };

    public static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static long Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeSeconds();

    /// <summary>Judges quotes of one day, one every ten minutes from a time on; "now" is each quote's own time.</summary>
    public Quotes See(string from, PriceReferences references, params double[] prices)
    {
        var time = Time(from);
        foreach (var price in prices)
        {
            See(new PricePoint(time, price), references, time);
            time += 600;
        }

        return this;
    }

    public PriceAlertStep See(PricePoint quote, PriceReferences references, long asOf)
    {
        var step = rules.Apply(State, quote, references, asOf);
        State = step.State;
        told.AddRange(step.Alerts.Select(a => $"{a.Kind} {a.Level} {a.Priority} {a.Quote.Price.ToString(CultureInfo.InvariantCulture)}"));
        return step;
    }

    /// <summary>As <see cref="Told"/>, of one kind.</summary>
    public string Only(string kind) => string.Join(" | ", Told().Split(" | ").Where(t => t.StartsWith(kind, StringComparison.Ordinal)));

    /// <summary>What was told since the last time somebody asked.</summary>
    public string Told()
    {
        var text = string.Join(" | ", told);
        told.Clear();
        return text;
    }
}
