using System.Globalization;
using System.Reflection;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Text;

namespace Finstage.Analysis.Indicators;

/// <summary>An indicator was asked for that does not exist, or with parameters that it does not take. The message says what to write.</summary>
public sealed class IndicatorException : ArgumentException
{
    /// <summary>Creates the exception with its message.</summary>
    public IndicatorException(string message)
        : base(message)
    {
    }
}

/// <summary>
/// Every indicator there is. The catalog finds the kernels of this assembly by itself, so a new file is enough. Immutable and thread-safe.
/// </summary>
public static class IndicatorCatalog
{
    private delegate Indicator Factory(IndicatorKey key, double[] parameters, SeriesContext series);

    private static readonly Dictionary<string, (IndicatorInfo Info, Factory Make)> Entries = Find();

    /// <summary>Every indicator, by family and id.</summary>
    public static IReadOnlyList<IndicatorInfo> All { get; } =
        [.. Entries.Values.Select(e => e.Info).OrderBy(i => i.Family, StringComparer.Ordinal).ThenBy(i => i.Id, StringComparer.Ordinal)];

    /// <summary>The indicator with an id; case does not count.</summary>
    /// <exception cref="IndicatorException">There is none; the message names the nearest.</exception>
    public static IndicatorInfo Get(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Find(id).Info;
    }

    /// <summary>Makes an indicator from text such as <c>rsi:14</c>; parameters left out take their defaults.</summary>
    /// <param name="text">
    /// The id, and behind a colon the parameters, separated by commas: in order, or by name, as in <c>bollinger:sample=1</c>.
    /// </param>
    /// <param name="series">What is known of the series.</param>
    /// <exception cref="IndicatorException">No such indicator or parameter, too many of them, or one out of its range.</exception>
    public static Indicator Create(string text, SeriesContext series)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(series);
        var (entry, parameters) = Parse(text);
        return entry.Make(IndicatorKey.Of(entry.Info.Id, parameters), parameters, series);
    }

    /// <summary>The canonical key of a text such as <c>macd</c>: here <c>macd:12,26,9</c>.</summary>
    /// <exception cref="IndicatorException">As for <see cref="Create"/>.</exception>
    public static IndicatorKey Key(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (entry, parameters) = Parse(text);
        return IndicatorKey.Of(entry.Info.Id, parameters);
    }

    private static ((IndicatorInfo Info, Factory Make) Entry, double[] Parameters) Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var id = (colon < 0 ? text : text[..colon]).Trim();
        var entry = Find(id);
        var info = entry.Info;
        var words = colon < 0 ? [] : text[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries);
        if (words.Length > info.Parameters.Count)
        {
            throw new IndicatorException($"{id} takes {Usage(info)}, but {words.Length} values were given.");
        }

        var parameters = info.Parameters.Select(p => p.Default).ToArray();
        for (var i = 0; i < words.Length; i++)
        {
            var equals = words[i].IndexOf('=', StringComparison.Ordinal);
            var at = equals < 0 ? i : IndexOf(info, words[i][..equals].Trim());
            parameters[at] = Read(info, info.Parameters[at], words[i][(equals + 1)..].Trim());
        }

        return (entry, parameters);
    }

    private static (IndicatorInfo Info, Factory Make) Find(string id) => Entries.TryGetValue(id, out var entry)
        ? entry
        : throw new IndicatorException($"There is no indicator '{id}'.{Nearest.Hint(id, Entries.Keys)}");

    private static int IndexOf(IndicatorInfo info, string name)
    {
        var names = info.Parameters.Select(p => p.Name).ToList();
        var index = names.FindIndex(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index >= 0
            ? index
            : throw new IndicatorException($"{info.Id} has no parameter '{name}', but takes {Usage(info)}.{Nearest.Hint(name, names)}");
    }

    private static double Read(IndicatorInfo info, IndicatorParameter parameter, string word)
    {
        if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || !(value >= parameter.Min && value <= parameter.Max)
            || (parameter.IsInteger && value != Math.Floor(value)))
        {
            var kind = parameter.IsInteger ? "a whole number" : "a number";
            throw new IndicatorException(string.Create(
                CultureInfo.InvariantCulture,
                $"{info.Id}: {parameter.Name} must be {kind} from {parameter.Min} to {parameter.Max}, not '{word}'."));
        }

        return value;
    }

    private static string Usage(IndicatorInfo info) => info.Parameters.Count == 0
        ? "no parameters"
        : string.Join(", ", info.Parameters.Select(p => p.Name));

    private static Dictionary<string, (IndicatorInfo Info, Factory Make)> Find()
    {
        var register = typeof(IndicatorCatalog).GetMethod(nameof(Entry), BindingFlags.NonPublic | BindingFlags.Static)!;
        var entries = new Dictionary<string, (IndicatorInfo Info, Factory Make)>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in typeof(IndicatorCatalog).Assembly.GetTypes())
        {
            var isKernel = type.IsValueType && type.GetInterfaces().Any(i =>
                i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IIndicatorKernel<>));
            if (isKernel)
            {
                var entry = ((IndicatorInfo Info, Factory Make))register.MakeGenericMethod(type).Invoke(null, null)!;
                entries.Add(entry.Info.Id, entry);
            }
        }

        return entries;
    }

    private static (IndicatorInfo Info, Factory Make) Entry<TKernel>()
        where TKernel : struct, IIndicatorKernel<TKernel> =>
        (TKernel.Info, static (key, parameters, series) => new Indicator<TKernel>(key, parameters, series));
}
