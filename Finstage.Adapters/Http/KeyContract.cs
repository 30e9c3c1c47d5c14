using Finstage.Adapters.Storage;

namespace Finstage.Adapters.Http;

/// <summary>An API key, without its secret.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="Scope"><c>read</c> or <c>admin</c>.</param>
/// <param name="Created">When it was made, UTC.</param>
/// <param name="LastUsed">When it was used last, UTC, to the minute; null before the first time.</param>
/// <param name="Revoked">When it ceased to work, UTC; null while it does.</param>
public sealed record KeyDto(long Id, string Name, string Scope, DateTime Created, DateTime? LastUsed, DateTime? Revoked);

/// <summary>A key that was just made.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="Scope"><c>read</c> or <c>admin</c>.</param>
/// <param name="Created">When it was made, UTC.</param>
/// <param name="Key">What its owner sends; it is shown this once.</param>
public sealed record NewKeyDto(long Id, string Name, string Scope, DateTime Created, string Key);

/// <summary>Asks for a key.</summary>
/// <param name="Name">Whose it is, 1 to 100 characters.</param>
/// <param name="Scope"><c>read</c> or <c>admin</c>; null for <c>read</c>.</param>
public sealed record KeyRequest(string? Name, string? Scope);

/// <summary>The words for scopes.</summary>
public static class KeyWords
{
    /// <summary>A scope's word.</summary>
    public static string Of(KeyScope scope) => scope == KeyScope.Admin ? "admin" : "read";

    /// <summary>The scope that a word means, in any case.</summary>
    public static bool TryParse(string word, out KeyScope scope)
    {
        ArgumentNullException.ThrowIfNull(word);
        scope = word.Equals("admin", StringComparison.OrdinalIgnoreCase) ? KeyScope.Admin : KeyScope.Read;
        return scope == KeyScope.Admin || word.Equals("read", StringComparison.OrdinalIgnoreCase);
    }
}
