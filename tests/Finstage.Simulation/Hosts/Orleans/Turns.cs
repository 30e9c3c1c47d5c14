namespace Finstage.Simulation;

/// <summary>What the grains' host has under way.</summary>
internal static class Turns
{
    /// <summary>Whether a simulation can run on this host: a cluster does not say what it has under way, and keeps a clock of its own beside.</summary>
    public const bool AreKnown = false;

    /// <summary>Turns that wait or run; not known here.</summary>
    public static int Pending(IServiceProvider services) => 0;
}
