namespace Finstage.Adapters.Telegram;

/// <summary>How Telegram is reached. Not a record on purpose: nothing prints the token by printing the options.</summary>
public sealed class TelegramOptions
{
    /// <summary>Where Telegram's Bot API answers.</summary>
    public const string DefaultApiBaseUrl = "https://api.telegram.org";

    /// <summary>The bot's token: letters, digits and <c>: - _</c>, at most 128. A secret. No default.</summary>
    public string BotToken { get; set; } = string.Empty;

    /// <summary>The API's address, http or https. Default <c>https://api.telegram.org</c>.</summary>
    public string ApiBaseUrl { get; set; } = DefaultApiBaseUrl;

    /// <summary>How long one call may take, 1 second to 5 minutes. Default 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Every fault of these options, without the token; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (BotToken is not { Length: > 0 and <= 128 } || !BotToken.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '-' or '_'))
        {
            faults.Add("Telegram:BotToken is empty, too long or has characters that no token has.");
        }

        if (!Uri.TryCreate(ApiBaseUrl, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            faults.Add("Telegram:ApiBaseUrl is no http or https address.");
        }

        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(5))
        {
            faults.Add("Telegram:Timeout is not between 1 second and 5 minutes.");
        }

        return faults;
    }
}
