using System.Reflection;
using Finstage.Hosting.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Finstage.Hosting;

/// <summary>The host that this build runs its grains on.</summary>
public static class GrainHost
{
    /// <summary>The host's name, for people: here <c>Embedded</c>, one process.</summary>
    public static string Name => "Embedded";

    /// <summary>
    /// Adds the host, <see cref="IGrains"/> and the grains of the assemblies. Register it before other services that call grains, so
    /// that it stops after them. State and reminders go to the registered <see cref="IGrainStateStore"/> and
    /// <see cref="IReminderStore"/>, or last as long as the process when there are none; the time comes from the registered
    /// <see cref="TimeProvider"/> or the system.
    /// </summary>
    /// <param name="builder">The application that is being built.</param>
    /// <param name="table">Which kinds may call which; it cannot change any more afterwards.</param>
    /// <param name="configure">Changes the options from their defaults.</param>
    /// <param name="grainAssemblies">Where the grain classes are: every non-abstract <see cref="KeyedGrain"/> in them.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">An option is out of its range; all faults are listed.</exception>
    /// <exception cref="InvalidOperationException">A grain class or contract breaks a rule, or a host was added already.</exception>
    public static IHostApplicationBuilder AddGrainHost(
        this IHostApplicationBuilder builder, CallTable table, Action<GrainHostOptions>? configure, params Assembly[] grainAssemblies)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(grainAssemblies);
        var services = builder.Services;
        if (services.Any(s => s.ServiceType == typeof(GrainDirectory)))
        {
            throw new InvalidOperationException("The application has a grain host already.");
        }

        var options = new GrainHostOptions();
        configure?.Invoke(options);
        options.Validate();
        var contracts = GrainContract.Scan(grainAssemblies);
        table.Freeze();

        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IReminderStore, MemoryReminderStore>();
        services.TryAddSingleton<IGrainStateStore, MemoryGrainStateStore>();
        services.AddSingleton(options).AddSingleton(table).AddSingleton(contracts);
        services.AddSingleton<HostLifetime>().AddSingleton<HostMetrics>().AddSingleton<ReminderBook>();
        services.AddSingleton<GrainRuntime>().AddSingleton<GrainDirectory>();
        services.AddSingleton<IGrains>(s => s.GetRequiredService<GrainDirectory>());
        services.AddHostedService<EmbeddedHost>();
        return builder;
    }
}
