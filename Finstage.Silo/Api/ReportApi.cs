using Finstage.Adapters.Http;
using Finstage.Grains.Interfaces.Reports;
using Finstage.Hosting;

namespace Finstage.Silo.Api;

/// <summary><c>/api/report</c>: the daily report, to look at and to send.</summary>
internal static class ReportApi
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/api/report/preview", async (string? lang, bool? glossary, IGrains grains) =>
            SignalsApi.Language(lang, out var language, out var problem)
                ? Results.Ok(Of(await Report(grains).PreviewAsync(language, glossary ?? false), language))
                : problem!);
        app.MapPost("/api/report/send", async (bool? glossary, IGrains grains) =>
        {
            var sent = await Report(grains).SendAsync(glossary ?? false);
            return new ReportSentDto(DateOnly.Parse(sent.Day, System.Globalization.CultureInfo.InvariantCulture), sent.IsNew, sent.Messages, sent.Chats);
        });
    }

    private static IReportGrain Report(IGrains grains) => grains.Get<IReportGrain>(IReportGrain.Daily);

    private static ReportPreviewDto Of(ReportView view, string language) => new(
        DateOnly.Parse(view.Day, System.Globalization.CultureInfo.InvariantCulture), language,
        DateTimeOffset.FromUnixTimeMilliseconds(view.ComposedAt).UtcDateTime, view.IsSent, view.Messages,
        [.. view.Lines.Select(l => new ReportLineDto(l.Section, l.Key, l.Text, l.Samples, l.Sources))]);
}
