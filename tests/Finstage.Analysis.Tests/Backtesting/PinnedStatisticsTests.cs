using System.Globalization;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Strategies;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>
/// Full figures of ten strategies on real series, pinned in <c>pinned_statistics.csv</c>. They come from <c>pinned_statistics.py</c> beside it:
/// the rules and measures written a second time, in another language and candle by candle, sharing nothing with the product but their
/// descriptions. So a change of any figure here is a change of what the product says, and never only of how it says it.
/// </summary>
public sealed class PinnedStatisticsTests
{
    private static readonly string[][] Lines =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests", "Finstage.Analysis.Tests", "Backtesting", "pinned_statistics.csv")).Select(l => l.Split(',')),
    ];

    [Theory]
    [InlineData("samples/GSPC.1d.csv")]
    [InlineData("samples/AAPL.1d.csv")]
    public void Table_ShippedSample_HasThePinnedFigures(string file) => AssertPinned(file, Path.Combine(Repository.Root, file));

    [Theory]
    [InlineData("prices/MSFT.1d.csv")]
    [InlineData("prices/EEM.1d.csv")]
    [InlineData("prices/IBM.1d.csv")]
    [InlineData("prices/QQQ.1d.csv")]
    public void Table_RealSeries_HasThePinnedFigures(string file)
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        AssertPinned(file, Path.Combine(Repository.Data, file));
    }

    private static void AssertPinned(string file, string path)
    {
        var history = new SeriesHistory("X", new SeriesContext(CandleInterval.OneDay, TradingCalendar.Nyse), Read(path));
        var table = BacktestTable.Of(OutcomeSet.Replay([history], StrategyCatalog.All));
        var names = Lines[0][3..];
        var rows = Lines.Where(l => l[0] == file).ToList();
        Assert.Equal(30, rows.Count);
        Assert.Equal(10, rows.Select(r => r[1]).Distinct().Count());
        foreach (var row in rows)
        {
            Assert.True(Horizons.TryParse(row[2], out var horizon));
            var found = NaiveStatistics.Of(table.Find("X", row[1], horizon)!.Figures);
            var expected = names.Zip(row[3..], (name, text) => (name, Value: Number(text))).ToDictionary(f => f.name, f => f.Value);
            NaiveStatistics.AssertEqual(expected, names.ToDictionary(n => n, n => found[n]), string.Join(' ', row[..3]), 1e-9);
        }
    }

    private static Candle[] Read(string path)
    {
        var header = File.ReadLines(path).First().ToLowerInvariant().Split(',');
        var places = ((string[])["open", "high", "low", "close", "volume"]).Select(name => Array.IndexOf(header, name)).ToArray();
        var date = Math.Max(Array.IndexOf(header, "date"), Array.IndexOf(header, "timestamp"));
        return
        [
            .. File.ReadLines(path).Skip(1).Select(l => l.Split(',')).Select(f => new Candle(
                DateTimeOffset.Parse(f[date], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds(),
                Number(f[places[0]]), Number(f[places[1]]), Number(f[places[2]]), Number(f[places[3]]), Number(f[places[4]]))),
        ];
    }

    private static double Number(string text) => text == "nan" ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
}
