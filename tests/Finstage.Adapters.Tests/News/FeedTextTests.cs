using System.Text;
using Finstage.Adapters.News;

namespace Finstage.Adapters.Tests.News;

public sealed class FeedTextTests
{
    private const string Text = "<?xml version=\"1.0\"?><a>Korea\u2019s 원화 é</a>";

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Decode_ByteOrderMark_IsBelievedFirst(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        Assert.Equal(Text, FeedText.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(Text)], "iso-8859-1"));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Decode_WideTextWithoutAMark_IsKnownByItsFirstCharacter(string name) =>
        Assert.Equal(Text, FeedText.Decode(Encoding.GetEncoding(name).GetBytes(Text), null));

    [Theory]
    [InlineData("euc-kr", 949, "삼성전자 상승")]
    [InlineData("EUC-KR", 949, "똠방각하")]
    [InlineData("windows-1252", 1252, "Korea\u2019s caf\u00e9")]
    [InlineData("ISO-8859-1", 1252, "Korea\u2019s caf\u00e9")]
    [InlineData("shift_jis", 932, "日本銀行")]
    public void Decode_DeclaredInTheXml_IsBelieved(string name, int page, string content)
    {
        var text = $"<?xml version='1.0' encoding='{name}'?><a>{content}</a>";

        Assert.Equal(text, FeedText.Decode(CodePagesEncodingProvider.Instance.GetEncoding(page)!.GetBytes(text), "utf-8"));
    }

    [Fact]
    public void Decode_DeclaredByTheServerAlone_IsBelieved() => Assert.Equal(
        "<a>삼성전자</a>", FeedText.Decode(CodePagesEncodingProvider.Instance.GetEncoding(949)!.GetBytes("<a>삼성전자</a>"), "euc-kr"));

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("no-such-encoding")]
    [InlineData("utf-7")]
    [InlineData("")]
    [InlineData(null)]
    public void Decode_Utf8UnderAnotherName_IsKnown(string? charset) => Assert.Equal(Text, FeedText.Decode(Encoding.UTF8.GetBytes(Text), charset));

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-7")]
    [InlineData("nonsense")]
    public void Decode_WrongDeclaration_IsNotBelieved(string name)
    {
        var text = $"<?xml version=\"1.0\" encoding=\"{name}\"?><a>caf\u00e9 \u2019</a>";

        Assert.Equal(text, FeedText.Decode(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text), null));
    }

    [Theory]
    [InlineData("utf-8", 65001)]
    [InlineData("euc-kr", 949)]
    public void Decode_AnswerThatBreaksOffWithinACharacter_IsTheRestOfItsText(string name, int page)
    {
        var text = $"<?xml version='1.0' encoding='{name}'?><a>삼성전자 상승, 원화 하락</a>";
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(page)?.GetBytes(text) ?? Encoding.UTF8.GetBytes(text);

        Assert.All(Enumerable.Range(40, bytes.Length - 40), cut => Assert.StartsWith(FeedText.Decode(bytes.AsSpan(0, cut), null), text, StringComparison.Ordinal));
    }

    [Fact]
    public void Decode_OneBadByteInUtf8_SpoilsItsOwnPlaceAlone()
    {
        byte[] bytes = [.. "<a>삼성전자 "u8, 0xFF, .. " 원화</a>"u8];

        Assert.Equal("<a>삼성전자 \uFFFD 원화</a>", FeedText.Decode(bytes, "utf-8"));
        Assert.Equal("<a>caf\u00e9 \u2019 na\u00efve</a>", FeedText.Decode(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("<a>caf\u00e9 \u2019 na\u00efve</a>"), "utf-8"));
    }

    [Fact]
    public void Decode_TextThatWasWronglyDecodedBefore_StaysAsItIs() =>
        Assert.Equal("<a>Koreaâ€™s</a>", FeedText.Decode("<a>Koreaâ€™s</a>"u8, "utf-8"));

    [Fact]
    public void Decode_AnyBytes_AreSomeText()
    {
        Assert.Equal(string.Empty, FeedText.Decode([], null));
        Assert.Equal(256, FeedText.Decode([.. Enumerable.Range(0, 256).Select(i => (byte)i)], null).Length);
    }
}
