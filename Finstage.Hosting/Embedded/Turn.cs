namespace Finstage.Hosting.Embedded;

/// <summary>Something that a grain does in its mailbox's order.</summary>
internal abstract class Turn(string[] chain)
{
    /// <summary>The call chain while it runs.</summary>
    public string[] Chain => chain;

    /// <summary>Runs and keeps the outcome; never throws.</summary>
    /// <returns>Whether it went well.</returns>
    public abstract Task<bool> RunAsync(Mailbox mailbox);

    /// <summary>Tells the outcome.</summary>
    public virtual void Complete()
    {
    }
}

/// <summary>Deactivates the grain.</summary>
internal sealed class Deactivation(GrainId id) : Turn(CallChain.Add([], id))
{
    public override Task<bool> RunAsync(Mailbox mailbox) => mailbox.DropAsync();
}
