using System.Globalization;
using System.Text;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Indicators;

/// <summary>Each indicator has a page; what can be calculated on it is, and the rest is there.</summary>
public sealed class IndicatorPagesTests
{
    private const string Marker = "<!-- Below: written by the tests. -->";

    private static readonly (string Name, Candle[] Candles)[] Inputs =
    [
        ("flat at 100", SampleSeries.Constant(300, 100, 1_000)),
        ("rising by 1 a candle to 400", Rising(1_000)),
        ("the same, without volume", Rising(0)),
        ("flat at 100, then a gap to 110", [.. SampleSeries.Constant(299, 100, 1_000), new(299 * 86_400L, 110, 110, 110, 110, 1_000)]),
    ];

    public static TheoryData<string> Ids => [.. IndicatorCatalog.All.Select(i => i.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_OfEveryIndicator_AgreesWithCatalogAndCalculation(string id)
    {
        var page = $"docs/indicators/{id}.md";
        var file = Path.Combine(Repository.Root, page);
        Assert.True(File.Exists(file), $"{page} is missing: write what the indicator is, its formula and its source.");
        var written = File.ReadAllText(file).ReplaceLineEndings("\n").Split(Marker)[0].TrimEnd();

        Assert.StartsWith(
            $"# {IndicatorTexts.Name(id, CultureInfo.InvariantCulture)} (`{id}`)\n\n{IndicatorTexts.Description(id, CultureInfo.InvariantCulture)}\n",
            written,
            StringComparison.Ordinal);
        Assert.Contains("\n- Formula: ", written, StringComparison.Ordinal);
        Assert.Contains("\n- Source: ", written, StringComparison.Ordinal);
        GeneratedPage.Check(page, $"{written}\n\n{Marker}\n\n{Calculated(IndicatorCatalog.Get(id))}");
    }

    [Fact]
    public void Pages_Folder_HoldsNoOthers()
    {
        var pages = Directory.GetFiles(Path.Combine(Repository.Root, "docs", "indicators"), "*.md").Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(IndicatorCatalog.All.Select(i => i.Id).Append("comparison").Append("README").Order(), pages.Order());
    }

    [Fact]
    public void Index_OfPages_NamesEveryIndicator()
    {
        var lines = IndicatorCatalog.All
            .GroupBy(i => i.Family)
            .Select(family => $"- {family.Key}: {string.Join(", ", family.Select(i => $"[{i.Id}]({i.Id}.md)"))}");

        GeneratedPage.Check("docs/indicators/README.md", $"""
            # Indicators

            Asked for by id, with parameters in order or by name: `rsi`, `macd:12,26,9`, `bollinger:multiplier=2.5`. Each page says what an
            indicator is, and what it says of four plain series of 300 candles. `–` is absent: not warmed up, or nothing to say.
            Warm-up is the number of candles after which every output has a value.

            {string.Join('\n', lines)}

            [How they compare with published values](comparison.md), and [how fast they are](../performance.md).

            {GeneratedPage.Note}

            """);
    }

    private static string Calculated(IndicatorInfo info)
    {
        var text = new StringBuilder();
        if (info.Parameters.Count > 0)
        {
            text.Append("| Parameter | Default | From | To |\n|---|--:|--:|--:|\n");
            foreach (var p in info.Parameters)
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{p.Name}`{(p.IsInteger ? "" : ", need not be whole")} | {p.Default} | {p.Min} | {p.Max} |\n");
            }

            text.Append('\n');
        }

        var warmUp = IndicatorCatalog.Create(info.Id, SeriesContext.Daily).WarmUp;
        var also = info.Parameters.Count > 0 ? " at the defaults" : "";
        text.Append(CultureInfo.InvariantCulture, $"Warm-up: {warmUp} candle{(warmUp == 1 ? "" : "s")}{also}.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| The last candle of | {string.Join(" | ", info.Outputs)} |\n|---|{string.Concat(info.Outputs.Select(_ => "--:|"))}\n");
        foreach (var (name, candles) in Inputs)
        {
            var last = Judge.Stream(IndicatorCatalog.Create(info.Id, SeriesContext.Daily), candles)[^1];
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", last.Select(Write))} |\n");
        }

        return text.ToString();
    }

    private static string Write(double value)
    {
        // Zero may come out as −0 or as its last digit.
        var rounded = Math.Abs(value) < 5e-5 ? 0 : value;
        return double.IsNaN(rounded) ? "–" : rounded.ToString(Math.Abs(rounded) < 1_000 ? "0.####" : "0", CultureInfo.InvariantCulture);
    }

    // Each candle opens at the close before it, its low, and closes one higher, at its high.
    private static Candle[] Rising(double volume) =>
        [.. Enumerable.Range(0, 300).Select(i => new Candle(i * 86_400L, 100 + i, 101 + i, 100 + i, 101 + i, volume))];
}
