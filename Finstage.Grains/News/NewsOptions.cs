using System.Globalization;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.News;
using Finstage.Analysis.Symbols;

namespace Finstage.Grains.News;

/// <summary>Where news come from.</summary>
public sealed class NewsOptions
{
    /// <summary>What stands for a symbol's code in the name and the address of a source that every watched symbol has.</summary>
    public const string SymbolMark = "{symbol}";

    private const int MaxFeeds = 200;

    /// <summary>The sources, at most 200. Default none; the settings beside the program name some.</summary>
    public IReadOnlyList<NewsFeedOptions> Feeds { get; set; } = [];

    /// <summary>Every fault of these options; empty when they can be used. No address stands in them: it may hold a key.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = Feeds.SelectMany((feed, place) => feed.Validate($"News:Feeds:{place.ToString(CultureInfo.InvariantCulture)}")).ToList();
        if (Feeds.Count > MaxFeeds)
        {
            faults.Add($"News:Feeds has {Feeds.Count} sources; it may have {MaxFeeds}.");
        }

        faults.AddRange(Feeds.Where(f => !string.IsNullOrEmpty(f.Id)).GroupBy(f => f.Id, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)
            .Select(g => $"News:Feeds: '{g.Key}' stands there {g.Count()} times; give each source an Id of its own."));
        return faults;
    }
}

/// <summary>One source of news, or one that every watched symbol has.</summary>
public sealed class NewsFeedOptions
{
    private const int MaxId = 60;
    private const int MaxName = 60;

    /// <summary>
    /// Its name, 1 to 60 letters and digits of ASCII and the characters <c>: . - _</c>. With <c>{symbol}</c> in it and in the address,
    /// every watched symbol has such a source.
    /// </summary>
    public string Id { get; set; } = string.Empty;

    /// <summary>Where it answers: an http or https address of at most 1,000 characters.</summary>
    public string Url { get; set; } = string.Empty;

    /// <summary>The zone, an IANA name, in which it writes times that name none. Default UTC.</summary>
    public string Zone { get; set; } = "Etc/UTC";

    /// <summary>The symbol that it is about, or null. Default null.</summary>
    public string? Symbol { get; set; }

    /// <summary>What its topic is called in Korean, at most 60 characters. Default its name.</summary>
    public string NameKo { get; set; } = string.Empty;

    /// <summary>What its topic is called in English, at most 60 characters. Default its name.</summary>
    public string NameEn { get; set; } = string.Empty;

    /// <summary>Whether every watched symbol has such a source.</summary>
    public bool IsOfEverySymbol => Id.Contains(NewsOptions.SymbolMark, StringComparison.Ordinal);

    /// <summary>Every fault of this source; empty when it can be used.</summary>
    /// <param name="place">Where it stands in the settings.</param>
    internal IEnumerable<string> Validate(string place)
    {
        var plain = Id.Replace(NewsOptions.SymbolMark, "A", StringComparison.Ordinal);
        if (plain.Length is 0 or > MaxId || !plain.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '.' or '-' or '_'))
        {
            yield return $"{place}:Id is '{Id}'; write 1 to {MaxId} letters, digits and : . - _ such as INVESTING:FOREX, or YAHOO:{{symbol}} for every symbol.";
        }

        if (AddressOf("AAPL") is null)
        {
            yield return $"{place}:Url of '{Id}' is no http or https address of at most 1000 characters, or has a user in it.";
        }

        if (IsOfEverySymbol != Url.Contains(NewsOptions.SymbolMark, StringComparison.Ordinal))
        {
            yield return $"{place}: '{Id}' has {{symbol}} either in its Id or in its Url; write it in both, or in neither.";
        }

        if (ZoneClock.Find(Zone ?? string.Empty) is null)
        {
            yield return $"{place}:Zone of '{Id}' is '{Zone}', which is no zone; write one such as America/New_York or Etc/UTC.";
        }

        if (Symbol is not null && (IsOfEverySymbol || !SymbolCodes.IsValid(Symbol)))
        {
            yield return $"{place}:Symbol of '{Id}' is '{Symbol}'; name one symbol, and none where every symbol has such a source.";
        }

        if (NameKo is not { Length: <= MaxName } || NameEn is not { Length: <= MaxName })
        {
            yield return $"{place}: a name of '{Id}' is longer than {MaxName} characters.";
        }
    }

    /// <summary>The address for a symbol; null when it is none.</summary>
    internal Uri? AddressOf(string symbol)
    {
        var text = Url?.Replace(NewsOptions.SymbolMark, Uri.EscapeDataString(symbol), StringComparison.Ordinal);
        return text is { Length: > 0 and <= 1_000 } && Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.UserInfo.Length == 0 ? uri : null;
    }
}
