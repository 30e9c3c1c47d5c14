using System.Globalization;
using Finstage.Analysis.Indicators;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Indicators.Published;

public sealed class PublishedValuesTests
{
    /// <summary>Published for parameters or inputs that none of our indicators takes: what is left out, and why.</summary>
    private static readonly Dictionary<string, string> LeftOut = new()
    {
        ["Ema|lookbackPeriods=20|ToRsi()"] = "an average of the RSI",
        ["Stoch|lookbackPeriods=9;signalPeriods=3;smoothPeriods=3;kFactor=5;dFactor=4;movingAverageType=MaType.SMMA|"] =
            "smoothed averages, started in a way of their own",
    };

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, PublishedCases.All.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_AgainstEverythingPublished_Agree(int index)
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);

        Assert.Empty(Comparison.Of(PublishedCases.All[index]).Faults);
    }

    [Fact]
    public void Cases_CatalogWithoutOne_IsNamedAsSuch()
    {
        var compared = PublishedCases.All.Select(c => c.Id.Split(':')[0]);

        Assert.Equal(["volume-streak"], IndicatorCatalog.All.Select(i => i.Id).Except(compared));
    }

    [Fact]
    public void Cases_EveryApplicablePublishedValue_IsCompared()
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        var ours = PublishedCases.All.Where(c => c.Expected is not null).Select(c => c.Expected!.Split('|')[0]).ToHashSet();
        var asked = PublishedCases.All.Select(c => $"{c.Expected}|{c.Chain}").Concat(LeftOut.Keys).ToHashSet();

        var missed = PublishedQuotes.Expected
            .Select(row => (row, key: $"{row["indicator"]}|{row["parameters"]}|{row["chain"]}"))
            .Where(pair => ours.Contains(pair.row["indicator"]) && !asked.Contains(pair.key))
            .Select(pair => pair.key)
            .Distinct();

        Assert.Empty(missed);
    }

    [Fact]
    public void ComparisonPage_AgainstWhatIsComputed_SaysTheSame()
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);

        GeneratedPage.Check("docs/indicators/comparison.md", Page());
    }

    private static string Page()
    {
        var lines = PublishedCases.All
            .Select(Comparison.Of)
            .GroupBy(c => c.Case.Id.Split(':')[0])
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => string.Create(
                CultureInfo.InvariantCulture,
                $"| [{g.Key}]({g.Key}.md) | {string.Join(", ", g.Select(c => $"`{c.Case.Id}`").Distinct())} | {g.Sum(c => c.SeriesRows)} | {Bound(g.Max(c => c.SeriesDifference))} | {g.Sum(c => c.SingleRows)} | {string.Join("; ", g.Select(c => c.Case.Convention).Where(c => c.Length > 0).Distinct())} |"));
        return $"""
            # Compared with published values

            Each indicator against the values that Stock.Indicators (Apache-2.0) publishes for its own quotes: whole series at double
            precision, and single values rounded as printed, where "absent" is a value too. The difference is the largest one, as a
            share of the column's largest value, rounded up to a power of ten; 1e-9 is the limit. `volume-streak` is our own.

            | Indicator | As | Values of series | Largest difference | Single values | Convention |
            |---|---|--:|--:|--:|---|
            {string.Join('\n', lines)}

            Left out: {string.Join("; ", LeftOut.Select(pair => $"`{pair.Key.Split('|')[0]}` of {pair.Value}"))}.

            {GeneratedPage.Note}

            """;
    }

    // A power of ten that the difference does not reach: the last digits differ between processors.
    private static string Bound(double difference) => difference == 0
        ? "0"
        : difference < 1e-13 ? "< 1e-13" : string.Create(CultureInfo.InvariantCulture, $"< 1e{Math.Floor(Math.Log10(difference)) + 1}");
}
