using Finstage.Analysis.News;

namespace Finstage.Analysis.Tests.News;

public sealed class NewsDedupeTests
{
    private const long Hour = 3_600;

    [Theory]
    [InlineData("1", null, "other", 0, NewsRepeat.Id)]
    [InlineData("2", "https://e.com/a?utm_source=x", "other", 0, NewsRepeat.Link)]
    [InlineData("2", "https://e.com/b", "Dollar gains after Powell's speech", 48, NewsRepeat.Title)]
    [InlineData("2", "https://e.com/b", "Dollar gains after Powell's speech", -48, NewsRepeat.Title)]
    [InlineData("2", "https://e.com/b", "Dollar gains after Powell's speech", 49, NewsRepeat.None)]
    [InlineData("2", "https://e.com/b", "Dollar gains after Powell's speech!", 0, NewsRepeat.None)]
    [InlineData(null, null, "other", 0, NewsRepeat.None)]
    public void Add_Item_IsKnownByAnyOfItsKeys(string? id, string? link, string title, int hours, NewsRepeat expected)
    {
        var dedupe = new NewsDedupe([Keys("1", "https://e.com/a", "Dollar gains after Powell\u2019s speech", 100 * Hour)]);

        Assert.Equal(expected, dedupe.Add(Keys(id, link, title, (100 + hours) * Hour)));
    }

    [Fact]
    public void Add_RepeatUnderANewAddress_IsKnownByThatToo()
    {
        var dedupe = new NewsDedupe();

        Assert.Equal(NewsRepeat.None, dedupe.Add(Keys(null, "https://e.com/a", "A title", 0)));
        Assert.Equal(NewsRepeat.Title, dedupe.Add(Keys(null, "https://e.com/b", "A title", 47 * Hour)));
        Assert.Equal(NewsRepeat.Link, dedupe.Add(Keys(null, "https://e.com/b", "Quite another", 900 * Hour)));
    }

    [Fact]
    public void Add_ColumnOfEachWeek_IsNewEachWeek()
    {
        var dedupe = new NewsDedupe();

        Assert.All(Enumerable.Range(0, 10), week => Assert.Equal(NewsRepeat.None, dedupe.Add(Keys(null, null, "Week ahead", week * 168 * Hour))));
        Assert.Equal(NewsRepeat.Title, dedupe.Find(Keys(null, null, "week ahead", 168 * Hour)));
    }

    [Fact]
    public void Find_NewItem_RemembersNothing()
    {
        var dedupe = new NewsDedupe();

        Assert.Equal(NewsRepeat.None, dedupe.Find(Keys("1", null, "t", 0)));
        Assert.Equal(NewsRepeat.None, dedupe.Add(Keys("1", null, "t", 0)));
    }

    [Fact]
    public void Add_ItemsWithoutATitle_AreNotOne()
    {
        var dedupe = new NewsDedupe();

        Assert.Equal(NewsRepeat.None, dedupe.Add(Keys("1", null, string.Empty, 0)));
        Assert.Equal(NewsRepeat.None, dedupe.Add(Keys("2", null, string.Empty, 0)));
    }

    [Fact]
    public void Add_TimesAtTheEndsOfTime_DoNotOverflow()
    {
        var dedupe = new NewsDedupe([Keys(null, null, "t", long.MaxValue)]);

        Assert.Equal(NewsRepeat.None, dedupe.Add(Keys(null, null, "t", long.MinValue)));
    }

    private static NewsKeys Keys(string? id, string? link, string title, long time) => NewsKeys.Of("e.com", id, link, title, time);
}
