using System.Text.Json;
using Finstage.Testing;

namespace Finstage.Client.Tests.Offline;

public sealed class CatalogCommandTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task Strategies_AsJson_AreAllThere(string language)
    {
        var run = await Run.Of("strategies", "--json", "--lang", language);

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(43, json.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Strategies_AsATable_NameEach()
    {
        var run = await Run.Of("strategies");

        Assert.Equal(0, run.Code);
        Assert.Contains("HEIKIN_ASHI_TREND", run.Output);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    public async Task VerifyLookahead_WithTooFewOrTooManyPrefixes_IsWrongUsage(string prefixes)
    {
        var run = await Run.Of("verify", "lookahead", Path.Combine(Repository.Root, "samples", "AAPL.1d.csv"), "--prefixes", prefixes);

        Assert.Equal(2, run.Code);
        Assert.Contains("1 to 10000", run.Error);
    }

    [Theory]
    [InlineData()]
    [InlineData("--prefixes", "20")]
    public async Task VerifyLookahead_OfASample_FindsNone(params string[] options)
    {
        var run = await Run.Of(["verify", "lookahead", Path.Combine(Repository.Root, "samples", "AAPL.1d.csv"), .. options]);

        Assert.Equal(0, run.Code);
        Assert.Contains("no look-ahead", run.Output);
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("analyse")]
    [InlineData()]
    public async Task Words_ThatMakeNoSense_ExitWithTwo(params string[] words) => Assert.Equal(2, (await Run.Of(words)).Code);
}
