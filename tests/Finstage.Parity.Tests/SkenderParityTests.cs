using System.Globalization;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;
using Finstage.Testing;
using Skender.Stock.Indicators;

namespace Finstage.Parity.Tests;

/// <summary>Every value that Skender.Stock.Indicators has for the shipped series is the catalog's value too.</summary>
public sealed class SkenderParityTests
{
    // The two add in different orders; nothing else may tell them apart.
    private const double Tolerance = 1e-7;

    private static readonly Dictionary<string, Func<IReadOnlyList<Quote>, IEnumerable<double?>>> Oracle = new()
    {
        ["sma:20 sma"] = q => q.GetSma(20).Select(r => r.Sma),
        ["ema:20 ema"] = q => q.GetEma(20).Select(r => r.Ema),
        ["smma:20 smma"] = q => q.GetSmma(20).Select(r => r.Smma),
        ["wma:14 wma"] = q => q.GetWma(14).Select(r => r.Wma),
        ["hma:14 hma"] = q => q.GetHma(14).Select(r => r.Hma),
        ["dema:14 dema"] = q => q.GetDema(14).Select(r => r.Dema),
        ["tema:20 tema"] = q => q.GetTema(20).Select(r => r.Tema),
        ["kama:10 kama"] = q => q.GetKama(10).Select(r => r.Kama),
        ["vwma:14 vwma"] = q => q.GetVwma(14).Select(r => r.Vwma),
        ["rsi:14 rsi"] = q => q.GetRsi(14).Select(r => r.Rsi),
        ["macd macd"] = q => q.GetMacd(12, 26, 9).Select(r => r.Macd),
        ["macd signal"] = q => q.GetMacd(12, 26, 9).Select(r => r.Signal),
        ["macd histogram"] = q => q.GetMacd(12, 26, 9).Select(r => r.Histogram),
        ["stochastic k"] = q => q.GetStoch(14, 3, 3).Select(r => r.Oscillator),
        ["stochastic d"] = q => q.GetStoch(14, 3, 3).Select(r => r.Signal),
        ["stochastic j"] = q => q.GetStoch(14, 3, 3).Select(r => r.PercentJ),
        ["williams-r:14 williamsR"] = q => q.GetWilliamsR(14).Select(r => r.WilliamsR),
        ["cci:20 cci"] = q => q.GetCci(20).Select(r => r.Cci),
        ["cmo:14 cmo"] = q => q.GetCmo(14).Select(r => r.Cmo),
        ["roc:14 roc"] = q => q.GetRoc(14).Select(r => r.Roc),
        ["roc:14 momentum"] = q => q.GetRoc(14).Select(r => r.Momentum),
        ["trix:14 trix"] = q => q.GetTrix(14).Select(r => r.Trix),
        ["ultimate ultimate"] = q => q.GetUltimate(7, 14, 28).Select(r => r.Ultimate),
        ["awesome oscillator"] = q => q.GetAwesome(5, 34).Select(r => r.Oscillator),
        ["adx:14 adx"] = q => q.GetAdx(14).Select(r => r.Adx),
        ["adx:14 plusDi"] = q => q.GetAdx(14).Select(r => r.Pdi),
        ["adx:14 minusDi"] = q => q.GetAdx(14).Select(r => r.Mdi),
        ["aroon:25 oscillator"] = q => q.GetAroon(25).Select(r => r.Oscillator),
        ["vortex:14 plus"] = q => q.GetVortex(14).Select(r => r.Pvi),
        ["vortex:14 minus"] = q => q.GetVortex(14).Select(r => r.Nvi),
        ["psar value"] = q => q.GetParabolicSar(0.02, 0.2).Select(r => r.Sar),
        ["supertrend value"] = q => q.GetSuperTrend(10, 3).Select(r => (double?)r.SuperTrend),
        ["atr:14 atr"] = q => q.GetAtr(14).Select(r => r.Atr),
        ["bollinger:20,2 upper"] = q => q.GetBollingerBands(20, 2).Select(r => r.UpperBand),
        ["bollinger:20,2 lower"] = q => q.GetBollingerBands(20, 2).Select(r => r.LowerBand),
        ["bollinger:20,2 percentB"] = q => q.GetBollingerBands(20, 2).Select(r => r.PercentB),
        ["keltner:20,2,10 upper"] = q => q.GetKeltner(20, 2, 10).Select(r => r.UpperBand),
        ["keltner:20,2,10 lower"] = q => q.GetKeltner(20, 2, 10).Select(r => r.LowerBand),
        ["choppiness:14 choppiness"] = q => q.GetChop(14).Select(r => r.Chop),
        ["standard-deviation:14 deviation"] = q => q.GetStdDev(14).Select(r => r.StdDev),
        ["obv obv"] = q => q.GetObv().Select(r => (double?)r.Obv),
        ["mfi:14 mfi"] = q => q.GetMfi(14).Select(r => r.Mfi),
        ["cmf:20 cmf"] = q => q.GetCmf(20).Select(r => r.Cmf),
        ["adl adl"] = q => q.GetAdl().Select(r => (double?)r.Adl),
        ["force:2 force"] = q => q.GetForceIndex(2).Select(r => r.ForceIndex),
    };

    /// <summary>Each indicator with its output, over each shipped series.</summary>
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var series in new[] { "AAPL.1d", "GSPC.1d" })
        {
            foreach (var indicator in Oracle.Keys)
            {
                cases.Add(series, indicator);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Calculate_ShippedSeries_EqualsThePublishedLibrary(string series, string indicator)
    {
        var quotes = Read(series);
        var words = indicator.Split(' ');
        var made = IndicatorSeries.Calculate(
            [words[0]],
            SeriesContext.Daily,
            [.. quotes.Select(q => new Candle(
                new DateTimeOffset(q.Date, TimeSpan.Zero).ToUnixTimeSeconds(),
                (double)q.Open, (double)q.High, (double)q.Low, (double)q.Close, (double)q.Volume))]);
        var column = made.Columns.TakeWhile(c => c.Output != words[1]).Count();
        var expected = Oracle[indicator](quotes).ToArray();

        var compared = 0;
        for (var row = 0; row < made.Count; row++)
        {
            if (expected[row] is not { } value || double.IsNaN(made[row, column]))
            {
                continue;
            }

            compared++;
            Assert.True(
                Math.Abs(made[row, column] - value) <= Tolerance * Math.Max(1, Math.Abs(value)),
                $"{indicator} in row {row} ({quotes[row].Date:yyyy-MM-dd}) is {made[row, column]:R}, but {value:R} in the library.");
        }

        Assert.True(compared > made.Count - 100, $"Only {compared} of {made.Count} rows have a value in both.");
    }

    // Dates as they stand, prices as decimal: both sides start from the same digits.
    private static Quote[] Read(string series) =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "samples", series + ".csv")).Skip(1).Select(line => line.Split(',')).Select(w => new Quote
        {
            Date = DateTime.SpecifyKind(DateTime.Parse(w[0], CultureInfo.InvariantCulture), DateTimeKind.Utc),
            Open = Number(w[1]),
            High = Number(w[2]),
            Low = Number(w[3]),
            Close = Number(w[4]),
            Volume = Number(w[6]),
        }),
    ];

    private static decimal Number(string word) => decimal.Parse(word, NumberStyles.Float, CultureInfo.InvariantCulture);
}
