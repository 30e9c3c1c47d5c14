using System.Net;
using System.Text.Json;

namespace Finstage.Silo.Tests;

public sealed class ReportApiTests(InsightSilo insights) : IClassFixture<InsightSilo>
{
    private SiloUnderTest Silo => insights.Silo;

    [Fact]
    public async Task Preview_OfTheSamples_IsTheWholeReportWithWhatItRestsOn()
    {
        var korean = await Silo.GetAsync("/api/report/preview");
        var english = await Silo.GetAsync("/api/report/preview?lang=en&glossary=true");

        foreach (var report in (JsonElement[])[korean, english])
        {
            var text = string.Concat(report.GetProperty("messages").EnumerateArray().Select(m => m.GetString()));
            var places = ((string[])["🌅", "📈", "┌─", "🔍", "🤖", "🎯", "📊", "📚", "⏰"]).Select(mark => text.IndexOf(mark, StringComparison.Ordinal)).ToList();
            Assert.DoesNotContain(-1, places);
            Assert.Equal(places.Order(), places);
            Assert.All(report.GetProperty("messages").EnumerateArray(), m => Assert.InRange(m.GetString()!.Length, 1, 4_090));
        }

        Assert.Equal(["ko", "en"], ((JsonElement[])[korean, english]).Select(r => r.GetProperty("language").GetString()));
        Assert.Equal(9, english.GetProperty("lines").EnumerateArray().Count(l => l.GetProperty("section").GetString() == "glossary"));
        var clusters = korean.GetProperty("lines").EnumerateArray().Single(l => l.GetProperty("key").GetString() == "clusters.count");
        var stored = await Silo.GetAsync("/api/clusters");
        Assert.Equal(stored.GetProperty("windows").GetInt32(), clusters.GetProperty("samples").GetInt32());
    }

    [Fact]
    public async Task Preview_InAnotherLanguage_Is400() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await Silo.Http.GetAsync("/api/report/preview?lang=fr")).StatusCode);

    [Fact]
    public async Task Send_Twice_IsSentOnce()
    {
        var first = await SendAsync();
        var second = await SendAsync();

        Assert.True(first.GetProperty("isNew").GetBoolean());
        Assert.False(second.GetProperty("isNew").GetBoolean());
        Assert.Equal(first.GetProperty("day").GetString(), second.GetProperty("day").GetString());
        await Silo.UntilAsync(() => Task.FromResult(Silo.Output.Contains("⏰ 다음 업데이트", StringComparison.Ordinal)));
        Assert.True((await Silo.GetAsync("/api/report/preview")).GetProperty("isSent").GetBoolean());
        Assert.Contains("had been written before", await Silo.RunJobAsync("report"), StringComparison.Ordinal);
        var alerts = (await Silo.GetAsync("/api/alerts?limit=1000")).GetProperty("items").EnumerateArray().Where(a => a.GetProperty("kind").GetString() == "report").ToList();
        Assert.Equal(first.GetProperty("messages").GetInt32(), alerts.Count);
    }

    private async Task<JsonElement> SendAsync()
    {
        var response = await Silo.Http.PostAsync("/api/report/send", null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
