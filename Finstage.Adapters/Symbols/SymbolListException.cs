namespace Finstage.Adapters.Symbols;

/// <summary>A list of symbols cannot be used; every fault is named.</summary>
public sealed class SymbolListException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The list's path.</param>
    /// <param name="faults">What is wrong with it, with line numbers where there are some.</param>
    public SymbolListException(string file, IReadOnlyList<string> faults)
        : base($"The symbol list '{file}' cannot be used. {string.Join(" ", faults.Take(20))}"
            + (faults.Count > 20 ? $" And {faults.Count - 20} faults more." : string.Empty))
    {
        File = file;
        Faults = faults;
    }

    /// <summary>The list's path.</summary>
    public string File { get; }

    /// <summary>Every fault found.</summary>
    public IReadOnlyList<string> Faults { get; }
}
