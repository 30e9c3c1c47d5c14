using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Finstage.Analysis.Text;

namespace Finstage.Analysis.Strategies;

/// <summary>A strategy was asked for that does not exist. The message says what to write.</summary>
public sealed class StrategyException : ArgumentException
{
    /// <summary>Creates the exception with its message.</summary>
    public StrategyException(string message)
        : base(message)
    {
    }
}

/// <summary>
/// Every strategy there is. The catalog finds the rules of this assembly by itself, so a new file is enough. Immutable and thread-safe.
/// </summary>
public static class StrategyCatalog
{
    private delegate Strategy Factory(StrategyInfo info, Inputs inputs);

    private static readonly Dictionary<string, (StrategyInfo Info, Factory Make)> Entries = Find();

    /// <summary>Every strategy, by family and identifier.</summary>
    public static IReadOnlyList<StrategyInfo> All { get; } =
        [.. Entries.Values.Select(e => e.Info).OrderBy(i => i.Family, StringComparer.Ordinal).ThenBy(i => i.Id, StringComparer.Ordinal)];

    /// <summary>The strategy with an identifier; case does not count.</summary>
    /// <exception cref="StrategyException">There is none; the message names the nearest.</exception>
    public static StrategyInfo Get(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Entries.TryGetValue(id, out var entry)
            ? entry.Info
            : throw new StrategyException($"There is no strategy '{id}'.{Nearest.Hint(id, Entries.Keys)}");
    }

    /// <summary>A short text that changes whenever a rule of the set changes: stored series judged under another one are judged again.</summary>
    public static string Fingerprint(IEnumerable<StrategyInfo> strategies)
    {
        var words = strategies.Select(s => $"{s.Id}/{s.Revision}").Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(';', words))))[..16];
    }

    internal static Strategy Make(StrategyInfo info, Inputs inputs) => Entries[info.Id].Make(info, inputs);

    private static Dictionary<string, (StrategyInfo Info, Factory Make)> Find()
    {
        var register = typeof(StrategyCatalog).GetMethod(nameof(RulesOf), BindingFlags.NonPublic | BindingFlags.Static)!;
        var entries = new Dictionary<string, (StrategyInfo Info, Factory Make)>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in typeof(StrategyCatalog).Assembly.GetTypes())
        {
            var isRule = type.IsValueType && type.GetInterfaces().Any(i =>
                i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IStrategyRule<>));
            if (isRule)
            {
                foreach (var entry in ((StrategyInfo Info, Factory Make)[])register.MakeGenericMethod(type).Invoke(null, null)!)
                {
                    entries.Add(entry.Info.Id, entry);
                }
            }
        }

        return entries;
    }

    private static (StrategyInfo Info, Factory Make)[] RulesOf<TRule>()
        where TRule : struct, IStrategyRule<TRule> =>
        [.. TRule.Catalog.Select(info => (info, (Factory)Strategy<TRule>.Make))];
}
