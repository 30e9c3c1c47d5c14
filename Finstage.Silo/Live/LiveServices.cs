using Finstage.Adapters.Storage;

namespace Finstage.Silo.Live;

/// <summary>Puts together what tells of changes while they happen.</summary>
internal static class LiveServices
{
    public static IServiceCollection AddLive(this IServiceCollection services, SqlStore store) => services
        .AddSingleton(store.Overview).AddSingleton<LiveHub>().AddSingleton<LiveSource>()
        .AddHostedService(of => new LiveFollower(
            of.GetRequiredService<LiveHub>(), of.GetRequiredService<LiveSource>().LookAsync, of.GetRequiredService<TimeProvider>(),
            of.GetRequiredService<ILogger<LiveFollower>>()));
}
