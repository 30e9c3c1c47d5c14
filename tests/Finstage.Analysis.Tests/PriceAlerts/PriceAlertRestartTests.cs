using System.Text.Json;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.PriceAlerts;
using Finstage.Analysis.Symbols;

namespace Finstage.Analysis.Tests.PriceAlerts;

public sealed class PriceAlertRestartTests
{
    [Theory]
    [InlineData(SymbolCategory.Stock, "NYSE", 1)]
    [InlineData(SymbolCategory.Index, "NASDAQ", 2)]
    [InlineData(SymbolCategory.Futures, "CME", 3)]
    [InlineData(SymbolCategory.Commodity, "NYMEX", 4)]
    [InlineData(SymbolCategory.Yield, "CBOE", 5)]
    [InlineData(SymbolCategory.Stock, "24/7", 6)]
    public void Apply_RestartedAtRandomPoints_TellsExactlyTheSame(SymbolCategory category, string exchange, int seed)
    {
        var calendar = TradingCalendar.For(exchange);
        var rules = new PriceAlertRules(PriceThresholds.For(category), calendar);
        var days = Walk(calendar, seed, 150);
        var random = new Random(seed);

        var (plain, plainState) = Play(rules, days, state => state);
        var (restarted, restartedState) = Play(rules, days, state => random.Next(5) == 0
            ? JsonSerializer.Deserialize<PriceAlertState>(JsonSerializer.Serialize(state))!
            : state);

        Assert.True(plain.Count > 30, $"Only {plain.Count} alerts.");
        Assert.Equal(plain, restarted);
        Assert.Equal(JsonSerializer.Serialize(plainState), JsonSerializer.Serialize(restartedState));
        Assert.Equal(plain.Count, plain.Select(a => a.Key("X")).Distinct().Count());
        Assert.Equal(PriceAlertKinds.All, plain.Select(a => a.Kind).Distinct().Order());
    }

    [Fact]
    public void Apply_EveryQuoteGivenTwice_TellsExactlyTheSame()
    {
        var rules = new PriceAlertRules(PriceThresholds.For(SymbolCategory.Stock), TradingCalendar.Nyse);
        var days = Walk(TradingCalendar.Nyse, 7, 60);

        var once = Play(rules, days, state => state);
        var twice = Play(rules, [.. days.Select(d => d with { Quotes = [.. d.Quotes.SelectMany(q => new[] { q, q })] })], state => state);

        Assert.Equal(once.Alerts, twice.Alerts);
    }

    private static (List<PriceAlert> Alerts, PriceAlertState State) Play(
        PriceAlertRules rules, IReadOnlyList<TradedDay> days, Func<PriceAlertState, PriceAlertState> between)
    {
        var alerts = new List<PriceAlert>();
        var state = PriceAlertState.Empty;
        foreach (var day in days)
        {
            foreach (var quote in day.Quotes)
            {
                var step = rules.Apply(between(state), quote, day.References, quote.Time);
                alerts.AddRange(step.Alerts);
                state = step.State;
            }
        }

        return (alerts, state);
    }

    // Sessions of a random walk, with references that lag behind now and then, as candles do.
    private static List<TradedDay> Walk(TradingCalendar calendar, int seed, int count)
    {
        var random = new Random(seed);
        var days = new List<TradedDay>();
        var date = calendar.NextSession(new DateOnly(2025, 1, 1));
        var price = 100.0;
        var previous = new SessionSummary(calendar.PreviousSession(date), 101, 99, 100);
        var high = new DatedHigh(new DateOnly(2024, 6, 3), 101);
        var highs = (high, Through: previous.Date);
        for (var i = 0; i < count; i++)
        {
            var hours = calendar.HoursOf(date);
            var quotes = new List<PricePoint>();
            for (var time = hours.Open; time < hours.Close; time += 1_800)
            {
                price *= 1 + (0.02 * (random.NextDouble() - 0.492));
                quotes.Add(new PricePoint(time, price));
            }

            days.Add(new TradedDay(quotes, new PriceReferences
            {
                Previous = previous, YearHigh = highs.high, AllTimeHigh = highs.high, HighsThrough = highs.Through, Version = i / 40,
            }));
            previous = new SessionSummary(date, quotes.Max(q => q.Price), quotes.Min(q => q.Price), price);
            high = previous.High > high.Price ? new DatedHigh(date, previous.High) : high;
            highs = random.Next(4) == 0 ? highs : (high, date);
            date = calendar.NextSession(date);
        }

        return days;
    }

    private sealed record TradedDay(IReadOnlyList<PricePoint> Quotes, PriceReferences References);
}
