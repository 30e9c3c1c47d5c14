namespace Finstage.Adapters.Prices;

/// <summary>A price file cannot be read at all. The message names the file, the fault and what to do.</summary>
public sealed class PriceFileException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file's path.</param>
    /// <param name="line">The line at fault, the first being 1; null when the fault is of the whole file.</param>
    /// <param name="problem">What is wrong and what to do, in sentences.</param>
    /// <param name="cause">The exception behind it, if any.</param>
    public PriceFileException(string file, long? line, string problem, Exception? cause = null)
        : base(line is null ? $"The price file '{file}': {problem}" : $"The price file '{file}', line {line}: {problem}", cause)
    {
        File = file;
        Line = line;
    }

    /// <summary>The file's path.</summary>
    public string File { get; }

    /// <summary>The line at fault, the first being 1; null when the fault is of the whole file.</summary>
    public long? Line { get; }
}
