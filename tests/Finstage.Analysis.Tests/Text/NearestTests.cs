using Finstage.Analysis.Text;

namespace Finstage.Analysis.Tests.Text;

public sealed class NearestTests
{
    private static readonly string[] Names = ["AAPL", "AMZN", "GOLDEN_CROSS_5_20", "GOLDEN_CROSS_50_200", "RSI_OVERBOUGHT"];

    [Theory]
    [InlineData("AAPLE", "AAPL")]
    [InlineData("APAL", "AAPL")]
    [InlineData("golden_cros_50_200", "GOLDEN_CROSS_50_200")]
    [InlineData("GOLDN_CROSS", "GOLDEN_CROSS_50_200")]
    [InlineData("RSI", "RSI_OVERBOUGHT")]
    public void Of_AMistypedWord_NamesWhatWasMeant(string word, string meant) => Assert.Contains(meant, Nearest.Of(word, Names));

    [Theory]
    [InlineData("X")]
    [InlineData("COMPLETELY_OTHER")]
    public void Of_AnotherWord_NamesNothing(string word) => Assert.Empty(Nearest.Of(word, Names));

    [Fact]
    public void Hint_OfNothingNear_IsEmpty() => Assert.Equal(string.Empty, Nearest.Hint("X", Names));

    [Fact]
    public void Hint_OfSomethingNear_IsASentence() => Assert.Equal(" Did you mean AAPL?", Nearest.Hint("AAPLE", Names));
}
