using Finstage.Analysis.Candles;
using Finstage.Analysis.Charts;
using Finstage.Analysis.Indicators;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Analysis.Tests.Data;

namespace Finstage.Analysis.Tests.Charts;

public sealed class ChartImageTests
{
    private static readonly (byte R, byte G, byte B) Ground = (0x0E, 0x11, 0x16);
    private static readonly (byte R, byte G, byte B) Green = (0x4C, 0xC3, 0x8A);
    private static readonly (byte R, byte G, byte B) Red = (0xFF, 0x70, 0x70);

    public static TheoryData<string> Strategies => [.. StrategyCatalog.All.Select(s => s.Id)];

    [Fact]
    public void Draw_TheSample_IsAWholePngThatStaysTheSame()
    {
        var subject = Subject("GOLDEN_CROSS_50_200", Direction.Sell);

        var file = ChartImage.Draw(subject, RealSeries.Sample());
        var png = PngReader.Read(file);

        Assert.Equal((ChartImage.Width, ChartImage.Height), (png.Width, png.Height));
        Assert.True(file.Length < 200_000, $"{file.Length} bytes");
        Assert.Equal(file, ChartImage.Draw(subject, RealSeries.Sample()));
    }

    [Fact]
    public void Draw_OneRisingCandleAfterFallingOnes_HasItsColoursInTheirPlaces()
    {
        Candle[] candles = [.. Enumerable.Range(0, 40).Select(i => new Candle(946_857_600 + (i * 86_400L), 100, 101, 89, 90, 0)), new Candle(950_313_600, 90, 101, 89, 100, 0)];

        var png = PngReader.Read(ChartImage.Draw(Plain("en"), candles));
        var columns = Enumerable.Range(0, 870).Select(x => (X: x, Green: Count(png, x, Green), Red: Count(png, x, Red))).ToList();

        Assert.True(columns.Where(c => c.Green > 100).Min(c => c.X) > columns.Where(c => c.Red > 100).Max(c => c.X));
        Assert.InRange(columns.Where(c => c.Green > 100).Max(c => c.X), 845, 865);
    }

    [Fact]
    public void Draw_InKorean_RisesInRedAndFallsInBlue()
    {
        Candle[] candles = [.. Enumerable.Range(0, 60).Select(i => new Candle(946_857_600 + (i * 86_400L), 100 + i, 102 + i, 99 + i, 101 + i, 5))];

        var (korean, english) = (PngReader.Read(ChartImage.Draw(Plain("ko"), candles)), PngReader.Read(ChartImage.Draw(Plain("en"), candles)));

        Assert.True(Enumerable.Range(0, 870).Sum(x => Count(korean, x, (0xFF, 0x6B, 0x6B))) > 500);
        Assert.Equal(0, Enumerable.Range(0, 870).Sum(x => Count(korean, x, Green)));
        Assert.True(Enumerable.Range(0, 870).Sum(x => Count(english, x, Green)) > 500);
    }

    [Fact]
    public void Draw_AMark_StandsUnderTheLowOfABuyAndOverTheHighOfASell()
    {
        Candle[] candles = [.. Enumerable.Range(0, 60).Select(i => new Candle(946_857_600 + (i * 86_400L), 100, 105 + (i == 30 ? 20 : 0), 95 - (i == 30 ? 20 : 0), 100, 0))];
        var without = PngReader.Read(ChartImage.Draw(Plain("en"), candles));
        var buy = PngReader.Read(ChartImage.Draw(Plain("en") with { Mark = new ChartMark(candles[50].Time, Direction.Buy, "X") }, candles));
        var sell = PngReader.Read(ChartImage.Draw(Plain("en") with { Mark = new ChartMark(candles[50].Time, Direction.Sell, "X") }, candles));

        var (low, high) = (New(buy, Green), New(sell, Red));

        Assert.InRange(low.X, 690, 790);
        Assert.InRange(high.X, 690, 790);
        Assert.True(low.Y > high.Y + 100, $"{low} {high}");

        (double X, double Y) New(PngReader png, (byte, byte, byte) colour)
        {
            var places = (from y in Enumerable.Range(140, 520) from x in Enumerable.Range(24, 840) where png[x, y] == colour && without[x, y] != colour select (x, y)).ToList();
            Assert.True(places.Count > 80, $"{places.Count} pixels");
            return (places.Average(p => p.x), places.Average(p => p.y));
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void For_EveryStrategy_ExplainsItOnTheSample(string id)
    {
        var look = ChartLook.For(StrategyCatalog.Get(id));

        var columns = ChartColumns.Of(look, SeriesContext.Daily, RealSeries.Sample(), ChartImage.Shown);

        Assert.NotSame(ChartLook.Plain, look);
        Assert.Equal(look.OnPrice.Count, columns.OnPrice.Count);
        Assert.Equal(look.Below.Count, columns.Below.Count);
        Assert.All(look.OnPrice.Concat(look.Below), line => Assert.Contains(line.Output ?? IndicatorCatalog.Get(line.Indicator.Split(':')[0]).Outputs[0], IndicatorCatalog.Get(line.Indicator.Split(':')[0]).Outputs));
    }

    [Fact]
    public void Of_TheCandlesWanted_IsWhatAllCandlesGive()
    {
        var sample = RealSeries.Sample();

        foreach (var look in StrategyCatalog.All.Select(ChartLook.For).Append(ChartLook.Plain))
        {
            // Sums that begin with the series, and averages that never forget, differ.
            var lines = look.OnPrice.Where(l => l.Indicator.StartsWith("sma", StringComparison.Ordinal) || l.Indicator.StartsWith("bollinger", StringComparison.Ordinal) || l.Indicator.StartsWith("rolling", StringComparison.Ordinal)).ToList();
            var part = ChartColumns.Of(look with { OnPrice = lines, Below = [] }, SeriesContext.Daily, sample.AsSpan(^ChartImage.Wanted..), ChartImage.Shown);
            var whole = ChartColumns.Of(look with { OnPrice = lines, Below = [] }, SeriesContext.Daily, sample, ChartImage.Shown);
            Assert.All(part.OnPrice.Zip(whole.OnPrice), pair => Assert.All(pair.First.Values.Zip(pair.Second.Values), v => Assert.Equal(v.Second, v.First, 1e-9 * Math.Abs(v.Second))));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(300)]
    public void Draw_PricesThatNeverMove_IsStillAChart(int count)
    {
        foreach (var price in (double[])[0, 0.0003, 5e11, -3])
        {
            Candle[] flat = [.. Enumerable.Range(0, count).Select(i => new Candle(946_857_600 + (i * 86_400L), price, price, price, price, 0))];

            _ = PngReader.Read(ChartImage.Draw(Subject("BOLLINGER_REVERSAL", Direction.Buy) with { Mark = new ChartMark(flat[^1].Time, Direction.Buy, "X") }, flat));
        }
    }

    [Fact]
    public void Draw_AnySeries_LeavesTheEdgesAlone()
    {
        var ids = StrategyCatalog.All.Select(s => s.Id).ToList();
        var random = new Random(11);
        foreach (var kind in Enum.GetValues<SeriesKind>())
        {
            for (var turn = 0; turn < 2; turn++)
            {
                var interval = turn % 2 == 0 ? CandleInterval.OneDay : CandleInterval.FiveMinutes;
                var candles = RandomSeries.Of(kind, 1 + random.Next(600), turn, interval);
                var mark = new ChartMark(candles[random.Next(candles.Length)].Time, turn % 2 == 0 ? Direction.Buy : Direction.Sell, ids[random.Next(ids.Count)]);
                var subject = new ChartSubject("^X&Y", "한글 name", new SeriesContext(interval, SeriesContext.Daily.Calendar), turn == 0 ? "ko" : "en")
                {
                    Look = ChartLook.For(StrategyCatalog.Get(mark.Strategy)), Mark = mark,
                };

                var png = PngReader.Read(ChartImage.Draw(subject, candles));

                Assert.True(Enumerable.Range(0, png.Height).All(y => png[0, y] == Ground && png[png.Width - 1, y] == Ground));
                Assert.True(Enumerable.Range(0, png.Width).All(x => png[x, 0] == Ground && png[x, png.Height - 1] == Ground));
            }
        }
    }

    [Fact]
    public void Draw_WithoutACandle_SaysSo() => Assert.Throws<ArgumentException>(() => ChartImage.Draw(Plain("en"), []));

    private static int Count(PngReader png, int x, (byte, byte, byte) colour) => Enumerable.Range(130, 530).Count(y => png[x, y] == colour);

    private static ChartSubject Plain(string language) => new("AAPL", "Apple", SeriesContext.Daily, language);

    private static ChartSubject Subject(string strategy, Direction direction) => new("^GSPC", "S&P 500", SeriesContext.Daily, "en")
    {
        Look = ChartLook.For(StrategyCatalog.Get(strategy)), Mark = new ChartMark(RealSeries.Sample()[^5].Time, direction, strategy),
    };
}
