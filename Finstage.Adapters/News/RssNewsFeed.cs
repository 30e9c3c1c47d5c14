using Finstage.Adapters.Http;
using Finstage.Grains.Ports;
using NodaTime;

namespace Finstage.Adapters.News;

/// <summary>News from RSS and Atom feeds. Thread-safe.</summary>
public sealed class RssNewsFeed : INewsFeed
{
    private readonly FeedClient client;
    private readonly RssOptions options;
    private readonly TimeProvider time;

    /// <summary>Creates the feed; nothing is sent yet.</summary>
    /// <param name="client">The way out, shared with the other feeds.</param>
    /// <param name="options">How sources are asked.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The options have faults; the message names them.</exception>
    public RssNewsFeed(FeedClient client, RssOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var faults = options.Validate();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
        }

        (this.client, this.options, this.time) = (client, options, time);
    }

    /// <inheritdoc/>
    public async Task<FeedResult<NewsPage>> ReadAsync(NewsSource source, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Address is not { IsAbsoluteUri: true } address || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            return new FeedResult<NewsPage>(new FeedFailure(FeedFault.InvalidRequest, $"The address of {source.Id} is no http or https address."));
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(source.Zone ?? string.Empty) is not { } zone)
        {
            return new FeedResult<NewsPage>(new FeedFailure(
                FeedFault.InvalidRequest, $"The zone of {source.Id} is not known; name one like America/New_York."));
        }

        var query = new FeedQuery(
            address, options.UserAgent, "application/rss+xml,application/atom+xml,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5",
            options.MaxResponseBytes);
        return await client.GetAsync(query, answer => NewsReader.Read(answer, source, zone, time.GetUtcNow(), options), cancellation);
    }
}
