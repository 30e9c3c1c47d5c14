namespace Finstage.Adapters.Prices.Yahoo;

/// <summary>How Yahoo's chart API is asked.</summary>
public sealed class YahooChartOptions
{
    /// <summary>Where Yahoo answers.</summary>
    public const string DefaultBaseAddress = "https://query1.finance.yahoo.com";

    /// <summary>The API's address, http or https, without a query. Default <c>https://query1.finance.yahoo.com</c>.</summary>
    public string BaseAddress { get; set; } = DefaultBaseAddress;

    /// <summary>Who asks, 1 to 256 visible ASCII characters; Yahoo refuses those who don't say. Default an ordinary one.</summary>
    public string UserAgent { get; set; } = "Mozilla/5.0 (compatible; Finstage)";

    /// <summary>The longest answer in bytes, 64 KB to 64 MB. Default 16 MB; a century of daily candles has 4.</summary>
    public int MaxResponseBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// How long after a session's end its candle counts as closed, 0 to 4 hours: closing auctions and delayed quotes come late. Default
    /// 20 minutes. An intraday candle does not wait for it once the market has gone on.
    /// </summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>Every fault of these options; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (!Uri.TryCreate(BaseAddress, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            faults.Add("Feeds:Yahoo:BaseAddress is no http or https address without a query.");
        }

        if (UserAgent is not { Length: > 0 and <= 256 } || UserAgent.Any(c => c is < ' ' or > '~') || string.IsNullOrWhiteSpace(UserAgent))
        {
            faults.Add("Feeds:Yahoo:UserAgent is empty, too long or has characters that no header may have.");
        }

        if (MaxResponseBytes is < 64 * 1024 or > 64 * 1024 * 1024)
        {
            faults.Add("Feeds:Yahoo:MaxResponseBytes is not between 65536 and 67108864.");
        }

        if (SettleTime < TimeSpan.Zero || SettleTime > TimeSpan.FromHours(4))
        {
            faults.Add("Feeds:Yahoo:SettleTime is not between 0 and 4 hours.");
        }

        return faults;
    }
}
