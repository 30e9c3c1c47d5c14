using System.Globalization;
using System.Resources;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Strategies;

/// <summary>
/// What people read about strategies and signals, in English and Korean, from <c>StrategyTexts.resx</c> and
/// <c>StrategyTexts.ko.resx</c>. Pure and thread-safe; the process's own culture plays no part.
/// </summary>
public static class StrategyTexts
{
    private static readonly ResourceManager Texts = new(typeof(StrategyTexts));
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    private static readonly CultureInfo Korean = CultureInfo.GetCultureInfo("ko-KR");

    /// <summary>The languages there are: <c>en</c> and <c>ko</c>.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "ko"];

    /// <summary>The strategy's name, such as <c>Golden cross 50/200</c>.</summary>
    /// <param name="id">The identifier.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <exception cref="ArgumentException">No such language, or no such text.</exception>
    public static string Name(string id, string language) => Get($"{id}.name", language);

    /// <summary>One or two sentences about the rule.</summary>
    /// <param name="id">The identifier.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <exception cref="ArgumentException">No such language, or no such text.</exception>
    public static string Describe(string id, string language) => Get($"{id}.description", language);

    /// <summary>The sentence that explains a signal, its figures filled in.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <exception cref="ArgumentException">No such language, or no sentence for the signal's reason.</exception>
    public static string Sentence(in Signal signal, string language) => Sentence(signal.Reason, signal.Figures, language);

    /// <summary>The sentence that explains a signal, or its reason code where this version has no sentence: what another one stored is shown all the same.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <exception cref="ArgumentException">No such language.</exception>
    public static string Explain(in Signal signal, string language) =>
        Texts.GetString(signal.Reason, CultureOf(language)) is null ? signal.Reason : Sentence(signal, language);

    /// <summary>The sentence for a stored reason code and its figures.</summary>
    /// <param name="reason">The reason code, such as <c>rsi-oversold.buy</c>.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <exception cref="ArgumentException">No such language, or no sentence for the reason.</exception>
    public static string Sentence(string reason, in Figures figures, string language) => string.Format(
        CultureOf(language), Get(reason, language), figures.First, figures.Second, figures.Third, figures.Fourth);

    /// <summary>Whether a text of exactly this key exists in a language, without falling back to English.</summary>
    internal static bool Has(string key, string language)
    {
        var culture = CultureOf(language);
        var set = culture == English ? CultureInfo.InvariantCulture : culture.Parent;
        return Texts.GetResourceSet(set, createIfNotExists: true, tryParents: false)?.GetString(key) is { Length: > 0 };
    }

    private static string Get(string key, string language)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Texts.GetString(key, CultureOf(language)) ?? throw new ArgumentException($"There is no text '{key}'.", nameof(key));
    }

    private static CultureInfo CultureOf(string language) => language switch
    {
        "en" => English,
        "ko" => Korean,
        _ => throw new ArgumentException($"The language is en or ko, not '{language}'.", nameof(language)),
    };
}
