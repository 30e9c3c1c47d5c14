namespace Finstage.Analysis.Symbols;

/// <summary>What a symbol's code may look like. Pure and thread-safe.</summary>
public static class SymbolCodes
{
    /// <summary>The most characters a code has.</summary>
    public const int MaxLength = 32;

    /// <summary>Whether the text can be a code: 1 to 32 letters and digits of ASCII and the characters <c>^ = . - _ : /</c>.</summary>
    public static bool IsValid(string? code) => code is { Length: > 0 and <= MaxLength } && code.All(IsAllowed);

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '^' or '=' or '.' or '-' or '_' or ':' or '/';
}
