namespace Finstage.Silo.Startup;

/// <summary>How far the start has come. Thread-safe.</summary>
internal sealed class SiloState(TimeProvider clock)
{
    private volatile string phase = "starting";

    /// <summary>When the program started.</summary>
    public DateTimeOffset StartedAt { get; } = clock.GetUtcNow();

    /// <summary>What it is doing; <c>ready</c> once the first import and analysis are done.</summary>
    public string Phase
    {
        get => phase;
        set => phase = value;
    }

    /// <summary>Whether the first import and analysis are done.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Why the start failed; null when it did not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Says that the first import and analysis are done.</summary>
    public void Ready()
    {
        IsReady = true;
        phase = "ready";
    }

    /// <summary>Says that the start failed.</summary>
    public void Fail(Exception failure) => Failure = failure;
}

/// <summary>The start cannot go on; the message says why and what to do.</summary>
internal sealed class StartupException(string message) : Exception(message);
