using System.Globalization;
using Finstage.Adapters.News;
using NodaTime;

namespace Finstage.Adapters.Tests.News;

public sealed class NewsTimeTests
{
    [Theory]
    [InlineData("Thu, 10 Sep 2026 19:29:06 +0000", "2026-09-10T19:29:06Z")]
    [InlineData("Thu, 10 Sep 2026 19:29:06 GMT", "2026-09-10T19:29:06Z")]
    [InlineData("10 Sep 26 19:29 EDT", "2026-09-10T23:29:00Z")]
    [InlineData("Thursday, 10 September 2026 19:29:06 KST", "2026-09-10T10:29:06Z")]
    [InlineData("10-Sep-2026 19:29:06 -05:30", "2026-09-11T00:59:06Z")]
    [InlineData("Sat, 31 Dec 2016 23:59:60 UTC", "2016-12-31T23:59:59Z")]
    [InlineData("2026-09-10T19:29:06.123Z", "2026-09-10T19:29:06Z")]
    [InlineData("2026-09-10 19:29:06+09:00", "2026-09-10T10:29:06Z")]
    [InlineData(" 2026-09-10 19:29 ", "2026-09-10T23:29:00Z")]
    [InlineData("2026-01-10 19:29:06", "2026-01-11T00:29:06Z")]
    [InlineData("2026-01-10", "2026-01-10T05:00:00Z")]
    [InlineData("Sep 10, 2026 19:29", "2026-09-10T23:29:00Z")]
    [InlineData("Sep 10, 2026 19:29 GMT", "2026-09-10T19:29:00Z")]
    [InlineData("2025-03-09 02:30:00", "2025-03-09T07:30:00Z")]
    [InlineData("2025-11-02 01:30:00", "2025-11-02T05:30:00Z")]
    public void Parse_TimesAsFeedsWriteThem_AreRead(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), NewsTime.Parse(text, DateTimeZoneProviders.Tzdb["America/New_York"]));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("Thu, 31 Feb 2026 19:29:06 GMT")]
    [InlineData("Thu, 10 Foo 2026 19:29:06 GMT")]
    [InlineData("Thu, 10 Sep 2026 25:29:06 GMT")]
    [InlineData("Thu, 10 Sep 2026 19:29:06 IST")]
    [InlineData("Thu, 10 Sep 2026 07:29:06 PM")]
    [InlineData("Thu, 10 Sep 2026 19:29:06 +9900")]
    [InlineData("2026-13-10 19:29:06")]
    [InlineData("0000-01-10 19:29:06")]
    [InlineData("9999-12-31T23:59:59-18:00")]
    [InlineData("Thu, 10 Sep 2026 19:29:06 +0000 and a great deal more text than a time has")]
    public void Parse_WhatIsNoTime_IsNone(string? text) => Assert.Null(NewsTime.Parse(text, DateTimeZone.Utc));
}
