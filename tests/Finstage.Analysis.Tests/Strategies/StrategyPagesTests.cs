using System.Globalization;
using System.Text.RegularExpressions;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Analysis.Tests.Data;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Strategies;

/// <summary>Adding a strategy means adding one file, its texts and its page: these say which page is missing, or tells an untruth.</summary>
public sealed partial class StrategyPagesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "strategies");

    public static TheoryData<string> Identifiers => [.. StrategyCatalog.All.Select(s => s.Id)];

    [Theory]
    [MemberData(nameof(Identifiers))]
    public void Page_EveryStrategy_IsThereWithItsParts(string id)
    {
        var pages = Pages().Where(p => IdsOf(p.Text).Contains(id)).ToList();

        Assert.True(pages.Count == 1, $"{id} lacks its page: write docs/strategies/<name>.md with a line 'Identifiers: `{id}`'.");
        foreach (var part in new[] { "## Rule", "## Meaning", "## Limits", "## How often" })
        {
            Assert.True(pages[0].Text.Contains(part, StringComparison.Ordinal), $"{pages[0].Name} lacks the part '{part}'.");
        }
    }

    [Fact]
    public void Pages_EveryIdentifier_IsAStrategy()
    {
        var known = StrategyCatalog.All.Select(s => s.Id).ToHashSet();

        Assert.All(Pages(), page => Assert.Empty(IdsOf(page.Text).Except(known)));
    }

    [Fact]
    public void Overview_EveryPage_IsLinked()
    {
        var overview = File.ReadAllText(Path.Combine(Folder, "README.md"));

        Assert.All(Pages(), page => Assert.Contains($"({page.Name})", overview, StringComparison.Ordinal));
    }

    [Fact]
    public void Counts_RealDailySeries_AreThoseOnThePages()
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        var signals = RealSeries.Daily.ToDictionary(name => name, SignalsOf);
        var overview = File.ReadAllLines(Path.Combine(Folder, "README.md"));
        var pages = string.Concat(Pages().Select(p => p.Text));
        foreach (var id in StrategyCatalog.All.Select(s => s.Id))
        {
            var counts = RealSeries.Daily.Select(name => signals[name].Count(s => s.Strategy == id).ToString(CultureInfo.InvariantCulture));
            var buys = signals.Values.Sum(all => all.Count(s => s.Strategy == id && s.Direction == Direction.Buy));
            var sells = signals.Values.Sum(all => all.Count(s => s.Strategy == id && s.Direction == Direction.Sell));

            Assert.True(buys + sells > 0, $"{id} never fired.");
            Assert.Contains(overview, line => line.StartsWith($"| `{id}` | {string.Join(" | ", counts)} | ", StringComparison.Ordinal));
            Assert.Contains($"| `{id}` | {buys} | {sells} | ", pages, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Years_RealDailySeries_AreThoseInTheOverview()
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        const double TradingDays = 252;
        var years = RealSeries.Daily.SelectMany(RealSeries.Candles).GroupBy(c => YearOf(c.Time)).ToDictionary(g => g.Key, g => g.Count() / TradingDays);
        var counts = RealSeries.Daily.SelectMany(SignalsOf).CountBy(s => (s.Strategy, Year: YearOf(s.Time))).ToDictionary();
        var expected = StrategyCatalog.All.Select(s => s.Id).Order(StringComparer.Ordinal).Select(id => $"| `{id}` | "
            + string.Join(" | ", years.OrderBy(y => y.Key).Select(y => (counts.GetValueOrDefault((id, y.Key)) / y.Value).ToString("F1", CultureInfo.InvariantCulture)))
            + " |");

        var overview = File.ReadAllLines(Path.Combine(Folder, "README.md"));

        var told = overview.SkipWhile(line => line != "## By year").Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        Assert.Equal(string.Join('\n', expected), string.Join('\n', told));
    }

    private static int YearOf(long time) => DateTimeOffset.FromUnixTimeSeconds(time).Year;

    private static List<Signal> SignalsOf(string name)
    {
        var signals = new List<Signal>();
        new SymbolEngine(new SeriesContext(CandleInterval.OneDay, TradingCalendar.Nyse), StrategyCatalog.All).Commit(RealSeries.Candles(name), signals);
        return signals;
    }

    private static List<(string Name, string Text)> Pages() =>
    [
        .. Directory.EnumerateFiles(Folder, "*.md").Where(f => Path.GetFileName(f) != "README.md").Order(StringComparer.Ordinal)
            .Select(f => (Path.GetFileName(f), File.ReadAllText(f))),
    ];

    private static List<string> IdsOf(string page) => page.Split('\n').FirstOrDefault(l => l.StartsWith("Identifiers:", StringComparison.Ordinal)) is { } line
        ? [.. Quoted().Matches(line).Select(m => m.Groups[1].Value)]
        : [];

    [GeneratedRegex("`([A-Z0-9_]+)`")]
    private static partial Regex Quoted();
}
