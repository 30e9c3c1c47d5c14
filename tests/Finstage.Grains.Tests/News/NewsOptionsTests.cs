using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.News;

namespace Finstage.Grains.Tests.News;

public sealed class NewsOptionsTests
{
    private static readonly SymbolInfo Index = new("^GSPC", "S&P 500 지수", "S&P 500", SymbolCategory.Index, "NYSE", string.Empty, true);

    [Theory]
    [InlineData("", "https://e.com/x", "Etc/UTC", null, "Id is ''")]
    [InlineData("A B", "https://e.com/x", "Etc/UTC", null, "Id is 'A B'")]
    [InlineData("A", "ftp://e.com/x?key=SECRET", "Etc/UTC", null, "Url of 'A'")]
    [InlineData("A", "rss.xml?key=SECRET", "Etc/UTC", null, "Url of 'A'")]
    [InlineData("A", "https://me:SECRET@e.com/", "Etc/UTC", null, "Url of 'A'")]
    [InlineData("A:{symbol}", "https://e.com/x", "Etc/UTC", null, "{symbol} either in its Id or in its Url")]
    [InlineData("A", "https://e.com/{symbol}", "Etc/UTC", null, "{symbol} either in its Id or in its Url")]
    [InlineData("A", "https://e.com/x", "Mars/Base", null, "Zone of 'A' is 'Mars/Base'")]
    [InlineData("A", "https://e.com/x", "Etc/UTC", "A PPL", "Symbol of 'A'")]
    [InlineData("A:{symbol}", "https://e.com/{symbol}", "Etc/UTC", "AAPL", "Symbol of 'A:{symbol}'")]
    public void Validate_BadSource_IsNamedWithItsPlace(string id, string url, string zone, string? symbol, string expected)
    {
        var options = new NewsOptions { Feeds = [new NewsFeedOptions { Id = "GOOD", Url = "https://e.com" }, new NewsFeedOptions { Id = id, Url = url, Zone = zone, Symbol = symbol }] };

        var fault = Assert.Single(options.Validate());

        Assert.StartsWith("News:Feeds:1", fault, StringComparison.Ordinal);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_DoubledNameTooManyAndLongNames_AreFaults()
    {
        var good = new NewsFeedOptions { Id = "A", Url = "https://e.com" };

        Assert.Empty(new NewsOptions().Validate());
        Assert.Empty(new NewsOptions { Feeds = [good] }.Validate());
        Assert.Contains("'a' stands there 2 times", Assert.Single(new NewsOptions { Feeds = [new NewsFeedOptions { Id = "a", Url = "https://e.com" }, good] }.Validate()), StringComparison.Ordinal);
        Assert.Contains("has 201 sources", Assert.Single(new NewsOptions { Feeds = [.. Enumerable.Range(0, 201).Select(i => new NewsFeedOptions { Id = $"A{i}", Url = "https://e.com" })] }.Validate()), StringComparison.Ordinal);
        Assert.Contains("longer than 60", Assert.Single(new NewsOptions { Feeds = [new NewsFeedOptions { Id = "A", Url = "https://e.com", NameKo = new string('가', 61) }] }.Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_OfAWatchlist_AreThoseOfEachSymbolAndTheTopics()
    {
        var options = new NewsOptions
        {
            Feeds =
            [
                new NewsFeedOptions { Id = "Y:{symbol}", Url = "https://y.com/?s={symbol}&x=1" },
                new NewsFeedOptions { Id = "FX", Url = "https://e.com/fx", NameKo = "외환" },
                new NewsFeedOptions { Id = "OWN", Url = "https://e.com/own", Symbol = "^gspc" },
                new NewsFeedOptions { Id = "OTHER", Url = "https://e.com/other", Symbol = "IBM" },
            ],
        };

        var sources = new NewsSources(options).Of([Index, Index with { Code = "ES=F" }]);

        Assert.Equal(
            [("Y:^GSPC", "https://y.com/?s=%5EGSPC&x=1", "^GSPC"), ("Y:ES=F", "https://y.com/?s=ES%3DF&x=1", "ES=F"), ("FX", "https://e.com/fx", null), ("OWN", "https://e.com/own", "^GSPC")],
            sources.Select(s => (s.Source.Id, s.Source.Address.AbsoluteUri, s.Origin.Symbol?.Code)));
        Assert.Equal(sources.Count, sources.Select(s => s.Origin.Mark).Distinct().Count());
        Assert.All(sources, s => Assert.InRange(s.Origin.Mark.Length, 1, 64));
    }

    [Theory]
    [InlineData(1, 0, 0.5)]
    [InlineData(2, 0, 1)]
    [InlineData(6, 0, 16)]
    [InlineData(7, 0, 24)]
    [InlineData(1_000_000, 0, 24)]
    [InlineData(1, 3, 3)]
    [InlineData(1, 1_000, 24)]
    public void Backoff_FailuresInARow_GrowToADay(int failures, int askedHours, double hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), NewsBackoff.After(failures, TimeSpan.FromHours(askedHours)));
}
