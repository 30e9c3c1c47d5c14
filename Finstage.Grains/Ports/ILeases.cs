namespace Finstage.Grains.Ports;

/// <summary>Rights that one process at a time has, over all processes that share the store. Thread-safe.</summary>
public interface ILeases
{
    /// <summary>Takes a lease, or makes one's own longer.</summary>
    /// <param name="name">The lease.</param>
    /// <param name="owner">Who asks; the same name gets its own lease again at once.</param>
    /// <param name="now">The moment of the asking: a lease that ended before it is free.</param>
    /// <param name="until">How long it is to last.</param>
    /// <param name="cancellation">Gives up before it begins.</param>
    /// <returns>Whether it is held now; false while another owner has it.</returns>
    Task<bool> TryHoldAsync(string name, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>Lets one's own lease end at a moment; another's is left alone.</summary>
    Task ReleaseAsync(string name, string owner, DateTimeOffset until, CancellationToken cancellation);
}
