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

    [Fact]
    public async Task VerifyLookahead_OfASample_FindsNone()
    {
        var run = await Run.Of("verify", "lookahead", Path.Combine(Repository.Root, "samples", "AAPL.1d.csv"), "--prefixes", "20");

        Assert.Equal(0, run.Code);
        Assert.Contains("no look-ahead", run.Output);
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("analyse")]
    [InlineData()]
    public async Task Words_ThatMakeNoSense_ExitWithTwo(params string[] words) => Assert.Equal(2, (await Run.Of(words)).Code);
}
