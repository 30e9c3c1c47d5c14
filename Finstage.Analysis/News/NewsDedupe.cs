namespace Finstage.Analysis.News;

/// <summary>Which earlier item an item repeats.</summary>
public enum NewsRepeat
{
    /// <summary>None: it is new.</summary>
    None,

    /// <summary>One with its publisher's id.</summary>
    Id,

    /// <summary>One with its canonical address.</summary>
    Link,

    /// <summary>One with its title, at most 48 hours apart.</summary>
    Title,
}

/// <summary>
/// Tells new items from repeated ones. It is filled with what is stored, as far back as the sources repeat themselves, and lives for one
/// crawl; it holds all it was given. No clock. Not thread-safe.
/// </summary>
public sealed class NewsDedupe
{
    /// <summary>How far apart, in seconds, two items of one title are one item.</summary>
    public const long TitleWindow = 48 * 3_600;

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<long>> titles = new(StringComparer.Ordinal);

    /// <summary>Creates one that knows nothing.</summary>
    public NewsDedupe()
        : this([])
    {
    }

    /// <summary>Creates one that knows the given items.</summary>
    public NewsDedupe(IEnumerable<NewsKeys> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        foreach (var keys in known)
        {
            Remember(keys);
        }
    }

    /// <summary>
    /// Judges an item and remembers it, repeated or not: an item that comes again under a new address is known by that one too.
    /// </summary>
    /// <returns>Which earlier item it repeats; <see cref="NewsRepeat.None"/> when it is new.</returns>
    public NewsRepeat Add(NewsKeys keys)
    {
        var repeat = Find(keys);
        Remember(keys);
        return repeat;
    }

    /// <summary>Judges an item without remembering it.</summary>
    public NewsRepeat Find(NewsKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.Id is not null && ids.Contains(keys.Id) ? NewsRepeat.Id
            : keys.Link is not null && links.Contains(keys.Link) ? NewsRepeat.Link
            : titles.TryGetValue(keys.Title, out var times) && times.Exists(t => IsNear(t, keys.Time)) ? NewsRepeat.Title
            : NewsRepeat.None;
    }

    private static bool IsNear(long a, long b) => Math.Abs((decimal)a - b) <= TitleWindow;

    private void Remember(NewsKeys keys)
    {
        if (keys.Id is not null)
        {
            ids.Add(keys.Id);
        }

        if (keys.Link is not null)
        {
            links.Add(keys.Link);
        }

        if (keys.Title.Length == 0)
        {
            return;
        }

        if (!titles.TryGetValue(keys.Title, out var times))
        {
            titles.Add(keys.Title, times = []);
        }

        if (!times.Contains(keys.Time))
        {
            times.Add(keys.Time);
        }
    }
}
