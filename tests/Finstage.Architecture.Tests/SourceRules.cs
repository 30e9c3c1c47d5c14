using System.Text.RegularExpressions;

namespace Finstage.Architecture.Tests;

/// <summary>What no line of the product may contain; the analyzers see some of it, this sees the rest.</summary>
internal static partial class SourceRules
{
    /// <summary>Every breach in one file, as sentences.</summary>
    /// <param name="path">The file's path from the repository's root, with forward slashes.</param>
    /// <param name="text">Its text.</param>
    public static IEnumerable<string> Breaches(string path, string text)
    {
        if (AsyncVoid().IsMatch(text))
        {
            yield return $"{path} has an async void.";
        }

        if (path.StartsWith("Finstage.Grains/", StringComparison.Ordinal) && text.Contains("ConfigureAwait(false)", StringComparison.Ordinal))
        {
            yield return $"{path} leaves its turn with ConfigureAwait(false).";
        }

        if (!path.StartsWith("Finstage.Hosting/", StringComparison.Ordinal) && ConditionalCode().IsMatch(text))
        {
            yield return $"{path} has conditional code.";
        }

        if (path.StartsWith("Finstage.Analysis/", StringComparison.Ordinal) && AmbientWorld().IsMatch(text))
        {
            yield return $"{path} reaches outside of pure calculation.";
        }
    }

    [GeneratedRegex(@"\basync\s+void\b")]
    private static partial Regex AsyncVoid();

    [GeneratedRegex(@"^\s*#if\b", RegexOptions.Multiline)]
    private static partial Regex ConditionalCode();

    [GeneratedRegex(@"\b(System\.IO\.(?!Compression\b)|System\.Net\b|File\.|Directory\.|HttpClient|TimeProvider|Console\.|Environment\.)")]
    private static partial Regex AmbientWorld();
}
