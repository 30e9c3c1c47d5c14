using Finstage.Silo.Access;

namespace Finstage.Silo.Api;

/// <summary>The HTTP API: what is served where.</summary>
internal static class SiloApi
{
    public static void Map(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseHosts();
        app.UseResponseCompression();
        app.UsePage();
        app.UseAccess();
        HealthApi.Map(app);
        SymbolsApi.Map(app);
        WatchlistApi.Map(app);
        SignalsApi.Map(app);
        IndicatorsApi.Map(app);
        ChartApi.Map(app);
        AnalysisFlowApi.Map(app);
        InsightsApi.Map(app);
        BacktestsApi.Map(app);
        ReportApi.Map(app);
        NewsApi.Map(app);
        OperationsApi.Map(app);
        ChatsApi.Map(app);
        StreamApi.Map(app);
        MetricsApi.Map(app);
        app.MapOpenApi();
        KeysApi.Map(app);
    }
}
