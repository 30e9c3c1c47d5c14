namespace Finstage.Analysis.News;

/// <summary>One spelling for the many addresses of an article. Pure and thread-safe.</summary>
public static class CanonicalLink
{
    /// <summary>The longest address that is looked at, in characters.</summary>
    public const int MaxLength = 2_048;

    // What publishers and mailers add to see where a reader comes from; none of it chooses the article.
    private static readonly HashSet<string> Tracking = new(StringComparer.OrdinalIgnoreCase)
    {
        ".tsrc", "tsrc", "guccounter", "guce_referrer", "guce_referrer_sig", "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid",
        "mc_cid", "mc_eid", "ncid", "cmpid", "soc_src", "soc_trk", "_ga", "_hsenc", "_hsmi", "mkt_tok",
    };

    /// <summary>
    /// The address with the scheme https, its host in lower case, without default port, fragment, sign-in, trailing slash and tracking
    /// parameters; the other parameters are sorted.
    /// </summary>
    /// <returns>The address, or null where the text is no http or https address or is too long.</returns>
    public static string? Of(string? address)
    {
        if (address is null || address.Length > MaxLength || !Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps) || uri.Host.Length == 0)
        {
            return null;
        }

        var port = uri.IsDefaultPort ? string.Empty : $":{uri.Port}";
        var parameters = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(p => !IsTracking(p))
            .Order(StringComparer.Ordinal)
            .ToList();
        var query = parameters.Count == 0 ? string.Empty : "?" + string.Join('&', parameters);
        return $"https://{uri.Host}{port}{uri.AbsolutePath.TrimEnd('/')}{query}";
    }

    private static bool IsTracking(string parameter)
    {
        var name = parameter.Split('=')[0];
        return name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase) || Tracking.Contains(name);
    }
}
