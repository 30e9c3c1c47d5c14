using System.Globalization;
using System.Resources;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Clustering;
using Finstage.Analysis.Patterns;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;

namespace Finstage.Analysis.Reports;

/// <summary>
/// Puts lines and their values into words of one language, from <c>ReportTexts.resx</c> and <c>ReportTexts.ko.resx</c>. Whatever comes
/// from data is escaped; tags stand in the sentences alone. Pure and thread-safe.
/// </summary>
public sealed class ReportWords
{
    private static readonly ResourceManager Texts = new("Finstage.Analysis.Reports.ReportTexts", typeof(ReportWords).Assembly);
    private static readonly CultureInfo Numbers = CultureInfo.InvariantCulture;

    private readonly string language;
    private readonly CultureInfo culture;

    private ReportWords(string language)
    {
        this.language = language;
        culture = CultureInfo.GetCultureInfo(language);
    }

    /// <summary>The words of a language.</summary>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    /// <exception cref="ArgumentException">No such language.</exception>
    public static ReportWords In(string language) => language is "ko" or "en"
        ? new ReportWords(language)
        : throw new ArgumentException($"The language is en or ko, not '{language}'.", nameof(language));

    /// <summary>A line's sentence, with Telegram's HTML entities.</summary>
    public string Sentence(ReportLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return Fill(line.Key, line.Values);
    }

    /// <summary>Whether a sentence exists in a language, without falling back to English.</summary>
    internal static bool Has(string key, string language) => Texts
        .GetResourceSet(language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)
        ?.GetString(key) is { Length: > 0 };

    private string Fill(string key, IReadOnlyList<object?> values) =>
        string.Format(Numbers, Text(key), [.. values.Select(v => v is int or long ? new Amount(Convert.ToInt64(v, Numbers)) : (object)Value(v))]);

    private string Value(object? value) => value switch
    {
        null => "–",
        Phrase phrase => Fill(phrase.Key, phrase.Values),
        Several several => string.Join(several.Separator, several.Items.Select(Value)),
        SymbolName name => Escape(Named(name)),
        StrategyName strategy => Escape(StrategyTexts.Name(strategy.Id, language)),
        PatternName pattern => string.Join(" → ", pattern.Steps.Select(step => Step(pattern.Kind, step))),
        Share share => double.IsNaN(share.Value) ? "–" : Percent(share),
        Decimals number => double.IsNaN(number.Value) ? "–" : number.Value.ToString($"N{number.Digits}", Numbers),
        int number => number.ToString("N0", Numbers),
        long number => number.ToString("N0", Numbers),
        DateOnly date => date.ToString("yyyy-MM-dd", Numbers),
        DateTime moment => moment.ToString("yyyy.MM.dd HH:mm", Numbers),
        TimeOnly time => Clock(time),
        Horizon horizon => Text($"horizon.{horizon.Code()}"),
        Direction direction => Text(direction == Direction.Buy ? "direction.buy" : "direction.sell"),
        ConsensusLevel level => Text($"consensus.{level.Code()}"),
        ClusterShape shape => Text($"shape.{(int)shape}"),
        RiskLevel level => Text($"risk.{(int)level}"),
        Grade grade => grade.ToString(),
        string text => Escape(text),
        _ => throw new ArgumentException($"A report cannot tell a {value.GetType().Name}.", nameof(value)),
    };

    private string Named(SymbolName symbol)
    {
        var name = language == "ko" ? symbol.Korean : symbol.English;
        return name.Length == 0 || name == symbol.Code ? symbol.Code : $"{name} ({symbol.Code})";
    }

    private string Step(PatternKind kind, PatternStep step) => kind == PatternKind.Candlestick
        ? Text($"candle.{step.Name}.{(step.Direction == Direction.Buy ? "buy" : "sell")}")
        : $"{Escape(StrategyTexts.Name(step.Name, language))} {Value(step.Direction)}";

    private static string Percent(Share share)
    {
        var text = (100 * share.Value).ToString($"F{share.Digits}", Numbers);

        // What rounds to nothing has no sign.
        var isNothing = text.Trim('-', '0', '.').Length == 0;
        text = isNothing ? text.TrimStart('-') : text;
        return (share.IsSigned && share.Value > 0 && !isNothing ? "+" : string.Empty) + text + "%";
    }

    private string Clock(TimeOnly time) => language == "ko"
        ? $"{(time.Hour < 12 ? "오전" : "오후")} {(time.Hour % 12 == 0 ? 12 : time.Hour % 12)}시{(time.Minute == 0 ? string.Empty : $" {time.Minute}분")}"
        : time.ToString("HH:mm", Numbers);

    private string Text(string key) => Texts.GetString(key, culture) ?? throw new ArgumentException($"There is no text '{key}'.", nameof(key));

    /// <summary>A number; with the format <c>symbol|symbols</c> the word that goes with it.</summary>
    private readonly record struct Amount(long Number) : IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) => string.IsNullOrEmpty(format)
            ? Number.ToString("N0", Numbers)
            : format.Split('|')[Number == 1 ? 0 : 1];
    }

    // What Telegram asks for in text, and no more.
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
