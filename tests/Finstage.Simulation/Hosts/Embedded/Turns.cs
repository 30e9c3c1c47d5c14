using Finstage.Hosting.Embedded;
using Microsoft.Extensions.DependencyInjection;

namespace Finstage.Simulation;

/// <summary>What the grains' host has under way.</summary>
internal static class Turns
{
    /// <summary>Whether a simulation can run on this host.</summary>
    public const bool AreKnown = true;

    /// <summary>Turns that wait or run, and work outside of turns.</summary>
    public static int Pending(IServiceProvider services) => services.GetRequiredService<HostLifetime>().Pending;
}
