using System.Globalization;
using System.Resources;

namespace Finstage.Analysis.Indicators;

/// <summary>Names and descriptions of the indicators in English and Korean. Thread-safe.</summary>
public static class IndicatorTexts
{
    private static readonly ResourceManager Texts = new(typeof(IndicatorTexts).FullName!, typeof(IndicatorTexts).Assembly);

    /// <summary>An indicator's name, such as <c>Relative strength index</c>.</summary>
    /// <param name="id">The indicator's id.</param>
    /// <param name="culture">The reader's culture: Korean is known, every other one reads English.</param>
    /// <exception cref="IndicatorException">There is no such indicator.</exception>
    public static string Name(string id, CultureInfo culture) => Text(id, "name", culture);

    /// <summary>What an indicator says, in one sentence.</summary>
    /// <param name="id">The indicator's id.</param>
    /// <param name="culture">The reader's culture: Korean is known, every other one reads English.</param>
    /// <exception cref="IndicatorException">There is no such indicator.</exception>
    public static string Description(string id, CultureInfo culture) => Text(id, "description", culture);

    private static string Text(string id, string kind, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        var key = $"{IndicatorCatalog.Get(id).Id}.{kind}";
        return Texts.GetString(key, culture) ?? throw new InvalidOperationException($"The text {key} is missing.");
    }
}
