using System.Globalization;
using Finstage.Analysis.Indicators;

namespace Finstage.Analysis.Tests.Indicators;

public sealed class IndicatorTextsTests
{
    private static readonly CultureInfo Korean = CultureInfo.GetCultureInfo("ko");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static TheoryData<string> Ids => [.. IndicatorCatalog.All.Select(i => i.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Description_EitherLanguage_IsThereAndDiffers(string id)
    {
        Assert.NotEmpty(IndicatorTexts.Name(id, English));
        Assert.NotEmpty(IndicatorTexts.Name(id, Korean));
        Assert.Matches(@"\.$", IndicatorTexts.Description(id, English));
        Assert.Matches("[가-힣].*\\.$", IndicatorTexts.Description(id, Korean));
    }

    [Fact]
    public void Name_OtherCulture_IsEnglish() =>
        Assert.Equal("Relative strength index", IndicatorTexts.Name("rsi", CultureInfo.GetCultureInfo("fr-FR")));

    [Fact]
    public void Name_UnknownId_SuggestsNearest()
    {
        var thrown = Assert.Throws<IndicatorException>(() => IndicatorTexts.Name("rsj", English));

        Assert.Contains("rsi", thrown.Message, StringComparison.Ordinal);
    }
}
