namespace Finstage.Hosting;

/// <summary>
/// The grains whose turns led to this one, outermost first, each as <c>Kind/key</c>. It travels with every call as plain text, so that
/// any host can carry it. An empty chain is work outside every turn.
/// </summary>
internal static class CallChain
{
    /// <summary>Refuses a call that the table does not allow.</summary>
    public static void Check(CallTable table, string[] chain, string callee)
    {
        if (chain.Length == 0)
        {
            return;
        }

        var caller = chain[^1];
        if (!table.MayCall(caller[..caller.IndexOf('/', StringComparison.Ordinal)], callee))
        {
            throw new InvalidOperationException($"{caller} may not call {callee} (chain: {string.Join(" > ", chain)}).");
        }
    }

    /// <summary>The chain within a turn of the called grain.</summary>
    public static string[] Add(string[] chain, GrainId callee) => [.. chain, callee.ToString()];
}
