using System.Text.RegularExpressions;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Testing;

namespace Finstage.Analysis.Tests.Strategies;

public sealed partial class StrategyTextsTests
{
    public static TheoryData<string> Identifiers => [.. StrategyCatalog.All.Select(s => s.Id)];

    [Theory]
    [MemberData(nameof(Identifiers))]
    public void Name_EveryStrategy_HasTextsInBothLanguages(string id)
    {
        foreach (var language in StrategyTexts.Languages)
        {
            Assert.True(StrategyTexts.Has($"{id}.name", language), $"{id} lacks its name in {language}: add {id}.name to StrategyTexts.");
            Assert.True(StrategyTexts.Has($"{id}.description", language), $"{id} lacks its description in {language}: add {id}.description to StrategyTexts.");
        }
    }

    [Fact]
    public void Sentence_EveryReasonInTheRules_ExistsInBothLanguages()
    {
        var reasons = Directory.EnumerateFiles(Path.Combine(Repository.Root, "Finstage.Analysis", "Strategies"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Reason().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .ToList();

        Assert.NotEmpty(reasons);
        foreach (var reason in reasons)
        {
            foreach (var language in StrategyTexts.Languages)
            {
                Assert.True(StrategyTexts.Has(reason, language), $"The reason {reason} lacks its sentence in {language}.");
                Assert.DoesNotContain('{', StrategyTexts.Sentence(reason, new Figures(1, 2, 3, 4), language));
            }
        }
    }

    [Fact]
    public void Sentence_Rsi_SaysWhatTheSeedSays()
    {
        Assert.Contains("과매도 반등", StrategyTexts.Sentence("rsi-oversold.buy", new Figures(28.4), "ko"), StringComparison.Ordinal);
        Assert.Contains("과매수 조정", StrategyTexts.Sentence("rsi-overbought.sell", new Figures(71.2), "ko"), StringComparison.Ordinal);
        Assert.Equal("RSI fell to 28.4: oversold, a bounce may follow.", StrategyTexts.Sentence("rsi-oversold.buy", new Figures(28.4), "en"));
    }

    [Fact]
    public void Name_UnknownLanguageOrStrategy_Throws()
    {
        Assert.Throws<ArgumentException>(() => StrategyTexts.Name("RSI_OVERBOUGHT", "fr"));
        Assert.Throws<ArgumentException>(() => StrategyTexts.Name("NONE", "en"));
    }

    [GeneratedRegex("\"([a-z0-9-]+\\.(?:buy|sell))\"")]
    private static partial Regex Reason();

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public void Explain_AReasonOfAnotherVersion_IsItsCode(string language)
    {
        var signal = new Signal("RSI_OVERBOUGHT", 0, Direction.Sell, 70, 10, "from-another-version.sell", new Figures(1));

        Assert.Equal("from-another-version.sell", StrategyTexts.Explain(signal, language));
        Assert.Throws<ArgumentException>(() => StrategyTexts.Sentence(signal, language));
    }

    [Fact]
    public void Explain_AKnownReason_IsItsSentence()
    {
        var signal = new Signal("GOLDEN_CROSS_50_200", 0, Direction.Sell, 70, 10, "golden-cross.sell", new Figures(1, 2));

        Assert.Equal(StrategyTexts.Sentence(signal, "en"), StrategyTexts.Explain(signal, "en"));
    }
}
