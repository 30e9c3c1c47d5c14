namespace Finstage.Adapters.News;

/// <summary>How sources of news are asked and how much of their answers is read.</summary>
public sealed class RssOptions
{
    /// <summary>Who asks, 1 to 256 visible ASCII characters; some sources refuse those who don't say. Default an ordinary one.</summary>
    public string UserAgent { get; set; } = "Mozilla/5.0 (compatible; Finstage)";

    /// <summary>The longest answer in bytes, 16 KB to 16 MB. Default 4 MB.</summary>
    public int MaxResponseBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The most items read of one answer, from its top, 1 to 1,000. Default 200.</summary>
    public int MaxItems { get; set; } = 200;

    /// <summary>The longest summary in characters, 0 to 10,000; a longer one is cut. Default 1,000.</summary>
    public int MaxSummary { get; set; } = 1_000;

    /// <summary>Every fault of these options; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (UserAgent is not { Length: > 0 and <= 256 } || UserAgent.Any(c => c is < ' ' or > '~') || string.IsNullOrWhiteSpace(UserAgent))
        {
            faults.Add("News:Rss:UserAgent is empty, too long or has characters that no header may have.");
        }

        if (MaxResponseBytes is < 16 * 1024 or > 16 * 1024 * 1024)
        {
            faults.Add("News:Rss:MaxResponseBytes is not between 16384 and 16777216.");
        }

        if (MaxItems is < 1 or > 1_000)
        {
            faults.Add("News:Rss:MaxItems is not between 1 and 1000.");
        }

        if (MaxSummary is < 0 or > 10_000)
        {
            faults.Add("News:Rss:MaxSummary is not between 0 and 10000.");
        }

        return faults;
    }
}
