namespace Finstage.Hosting.Embedded;

/// <summary>The chain of the code that runs now: null outside the host, empty in work outside the turns, else the turns' grains.</summary>
internal static class CallContext
{
    private static readonly AsyncLocal<string[]?> Local = new();

    public static string[]? Chain
    {
        get => Local.Value;
        set => Local.Value = value;
    }

    /// <summary>Starts work that inherits nothing from the code that runs now.</summary>
    public static void StartClean(Action start)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            start();
            return;
        }

        using (ExecutionContext.SuppressFlow())
        {
            start();
        }
    }
}
