using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;
using Finstage.Analysis.Tests.Indicators.References;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Indicators;

/// <summary>What every entry of the catalog must hold; a new entry is tested here without being named anywhere but beside its reference.</summary>
public sealed class CatalogContractTests
{
    /// <summary>Outputs that may stay absent on any number of candles: what they tell of has not happened, or the formula has no such level.</summary>
    private static readonly HashSet<string> MayStayAbsent =
    [
        "psar", "pivot-points", "supertrend/upper", "supertrend/lower", "swing-high", "swing-low",
    ];

    private static readonly Lazy<Candle[]> LongSeries = new(() => SampleSeries.SpikeThenConstant(1_000_000));

    /// <summary>Every id.</summary>
    public static TheoryData<string> Ids => [.. IndicatorCatalog.All.Select(i => i.Id)];

    /// <summary>Every id with every sample series.</summary>
    public static TheoryData<string, string> IdsAndSeries =>
        [.. IndicatorCatalog.All.SelectMany(i => SampleSeries.Names.Select(s => (i.Id, s)))];

    [Theory]
    [MemberData(nameof(IdsAndSeries))]
    public void Update_EachCandle_EqualsPlainReference(string id, string series)
    {
        var candles = SampleSeries.Of(series);
        foreach (var text in Variants.Of(InfoOf(id)))
        {
            var indicator = Make(text);

            Assert.Null(Explain(text, Check(indicator, candles, Reference.Of(id))));
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Reset_AfterOtherCandles_EqualsPlainReference(string id)
    {
        var candles = SampleSeries.Of("random");
        var indicator = Make(id);
        Judge.Stream(indicator, SampleSeries.Of("huge", 333));

        indicator.Reset();

        Assert.Equal(0, indicator.Samples);
        Assert.False(indicator.IsReady);
        Assert.All(indicator.Values.ToArray(), v => Assert.Equal(double.NaN, v));
        Assert.Null(Explain(id, Check(indicator, candles, Reference.Of(id))));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Update_MillionCandlesAfterSpike_EqualsPlainReference(string id)
    {
        const int compared = 200;
        var candles = LongSeries.Value;
        var reference = Reference.Of(id);
        var indicator = Make(id);
        foreach (ref readonly var candle in candles.AsSpan(0, candles.Length - compared))
        {
            indicator.Update(candle);
        }

        var rows = Judge.Stream(indicator, candles[^compared..]);

        // A window knows nothing of what left it, and a fading memory has faded: then the last candles alone say the same.
        var judged = reference.Memory >= Memory.Path ? candles : candles[^3_000..];
        var input = new Input(judged, ParametersOf(indicator), SeriesContext.Daily);

        Assert.Null(Explain(id, Judge.Difference(rows, indicator.Info, indicator.WarmUp, reference, input)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Run_InPieces_SameAsUpdate(string id)
    {
        var candles = SampleSeries.Of("random", 500);
        var single = Judge.Stream(Make(id), candles);
        var indicator = Make(id);
        var random = new Random(12);
        var rows = new List<double[]>();
        for (var done = 0; done < candles.Length;)
        {
            var piece = candles.AsSpan(done, Math.Min(random.Next(0, 90), candles.Length - done));
            var space = new double[piece.Length * single[0].Length];
            indicator.Run(piece, space);
            rows.AddRange(space.Chunk(single[0].Length));
            done += piece.Length;
        }

        Assert.Equal(single, rows);
        Assert.Equal(candles.Length, indicator.Samples);
        Assert.Equal(single[^1], indicator.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void IsReady_AtWarmUp_EveryOutputHasValueAndNotBefore(string id)
    {
        var candles = SampleSeries.Of("random");
        foreach (var text in Variants.Of(InfoOf(id)))
        {
            var indicator = Make(text);
            var rows = Judge.Stream(indicator, candles[..indicator.WarmUp]);
            var always = Enumerable.Range(0, indicator.Info.Outputs.Count)
                .Where(k => !MayStayAbsent.Contains(id) && !MayStayAbsent.Contains($"{id}/{indicator.Info.Outputs[k]}"))
                .ToArray();

            Assert.True(indicator.IsReady, text);
            Assert.All(always, k => Assert.False(double.IsNaN(rows[^1][k]), text));
            Assert.True(rows.Length == 1 || always.Length == 0 || always.Any(k => double.IsNaN(rows[^2][k])), $"{text} is ready earlier");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Update_AfterConstruction_AllocatesNothing(string id)
    {
        var candles = SampleSeries.Of("random", 2_000);
        var indicator = Make(id);
        var rows = new double[candles.Length * indicator.Values.Length];
        Feed(indicator, candles, rows);

        Assert.Equal(0, Allocation.Of(() => Feed(indicator, candles, rows)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Update_NotFinite_ThrowsAndChangesNothing(string id)
    {
        var candles = SampleSeries.Of("random", 200);
        var expected = Judge.Stream(Make(id), candles);
        var indicator = Make(id);
        foreach (var candle in candles)
        {
            foreach (var bad in Bad(candle))
            {
                Assert.Throws<NotFiniteCandleException>(() => indicator.Update(bad));
            }

            indicator.Update(candle);
        }

        Assert.Equal(expected[^1], indicator.Values.ToArray());
        Assert.Equal(candles.Length, indicator.Samples);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Run_NotFinite_ThrowsAndChangesNothing(string id)
    {
        var candles = SampleSeries.Of("random", 200);
        var indicator = Make(id);
        var rows = new double[candles.Length * indicator.Values.Length];
        foreach (var bad in Bad(candles[100]))
        {
            Candle[] spoiled = [.. candles[..100], bad, .. candles[101..]];

            var thrown = Assert.Throws<NotFiniteCandleException>(() => indicator.Run(spoiled, rows));

            Assert.Equal(bad.Time, thrown.Time);
        }

        Assert.Equal(0, indicator.Samples);
        Assert.Null(Explain(id, Check(indicator, candles, Reference.Of(id))));
    }

    [Fact]
    public void References_AndCatalog_NameTheSame() =>
        Assert.Equal(IndicatorCatalog.All.Select(i => i.Id).Order(), Reference.Ids.Order());

    [Fact]
    public void Check_KernelOffByOne_IsFound()
    {
        var planted = new Indicator<OffByOneSma>(IndicatorCatalog.Key("sma:20"), [20], SeriesContext.Daily);

        Assert.NotNull(Check(planted, SampleSeries.Of("random"), Reference.Of("sma")));
    }

    [Fact]
    public void Check_SameKernelWithoutFault_Passes() =>
        Assert.Null(Check(Make("sma:20"), SampleSeries.Of("random"), Reference.Of("sma")));

    private static string? Check(Indicator indicator, Candle[] candles, Reference reference)
    {
        var rows = Judge.Stream(indicator, candles);
        var input = new Input(candles, ParametersOf(indicator), SeriesContext.Daily);
        return Judge.Difference(rows, indicator.Info, indicator.WarmUp, reference, input);
    }

    private static double[] ParametersOf(Indicator indicator) => indicator.Key.Text.Split(':') is [_, var words]
        ? [.. words.Split(',').Select(w => double.Parse(w, System.Globalization.CultureInfo.InvariantCulture))]
        : [];

    private static void Feed(Indicator indicator, Candle[] candles, double[] rows)
    {
        foreach (var candle in candles)
        {
            indicator.Update(candle);
        }

        indicator.Run(candles, rows);
    }

    private static IEnumerable<Candle> Bad(Candle c) =>
    [
        c with { Open = double.NaN }, c with { High = double.PositiveInfinity }, c with { Low = double.NegativeInfinity },
        c with { Close = double.NaN }, c with { Volume = double.PositiveInfinity },
        c with { High = double.PositiveInfinity, Low = double.NegativeInfinity },
    ];

    private static Indicator Make(string text) => IndicatorCatalog.Create(text, SeriesContext.Daily);

    private static IndicatorInfo InfoOf(string id) => IndicatorCatalog.All.Single(i => i.Id == id);

    private static string? Explain(string text, string? difference) => difference is null ? null : $"{text}: {difference}";

    /// <summary>A simple average that forgot to leave out the oldest close.</summary>
    private struct OffByOneSma(int period) : IIndicatorKernel<OffByOneSma>
    {
        private readonly Queue<double> closes = new();

        public static IndicatorInfo Info { get; } = new("sma", "Averages", [IndicatorParameter.Period(20)], ["sma"]);

        public readonly int WarmUp => period;

        public static OffByOneSma Create(ReadOnlySpan<double> parameters, SeriesContext series) => new((int)parameters[0]);

        public readonly void Update(in Candle candle, Span<double> outputs)
        {
            closes.Enqueue(candle.Close);
            if (closes.Count > period + 1)
            {
                closes.Dequeue();
            }

            outputs[0] = closes.Count < period ? double.NaN : closes.Average();
        }
    }
}
