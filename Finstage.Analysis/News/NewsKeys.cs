namespace Finstage.Analysis.News;

/// <summary>What an item of news is known by. Immutable.</summary>
/// <param name="Id">The publisher's own name for it, told apart by publisher; null where there is none.</param>
/// <param name="Link">Its address as <see cref="CanonicalLink"/> writes it; null where there is none.</param>
/// <param name="Title">Its title as <see cref="NewsTitle"/> folds it; empty where nothing is left of it.</param>
/// <param name="Time">When it came out, or was first seen, Unix seconds (UTC).</param>
public sealed record NewsKeys(string? Id, string? Link, string Title, long Time)
{
    /// <summary>How far apart, in seconds, two items of one title are one item.</summary>
    public const long TitleWindow = 48 * 3_600;

    /// <summary>Makes the keys of an item.</summary>
    /// <param name="publisher">Who gave the id, such as the feed's host: ids of two publishers may coincide.</param>
    /// <param name="id">The publisher's own name for it (the guid of RSS) as given, or null.</param>
    /// <param name="link">The address as given, or null.</param>
    /// <param name="title">The title as given.</param>
    /// <param name="time">When it came out, or was first seen, Unix seconds (UTC).</param>
    public static NewsKeys Of(string publisher, string? id, string? link, string title, long time)
    {
        ArgumentNullException.ThrowIfNull(publisher);
        var name = string.IsNullOrWhiteSpace(id) ? null : $"{publisher.ToLowerInvariant()}|{CanonicalLink.Of(id) ?? id.Trim()}";
        return new NewsKeys(name, CanonicalLink.Of(link), NewsTitle.Fold(title), time);
    }
}
