namespace Finstage.Client.Tests;

/// <summary>One run of the console within the test's process.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it complained of.</param>
internal sealed record Run(int Code, string Output, string Error)
{
    /// <summary>The printed lines.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static async Task<Run> Of(params string[] words)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await ClientCommand.InvokeAsync(words, output, error);
        return new Run(code, output.ToString(), error.ToString());
    }
}
