using Finstage.Adapters.Http;
using Finstage.Adapters.Prices.Drop;
using Finstage.Adapters.Prices.Yahoo;

namespace Finstage.Silo;

/// <summary>Where prices and news come from.</summary>
internal sealed class FeedOptions
{
    /// <summary>Whether other people's servers are asked at all. Default true; price files are taken in either way.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How fast and how often servers are asked.</summary>
    public HttpGateOptions Http { get; set; } = new();

    /// <summary>How Yahoo is asked.</summary>
    public YahooChartOptions Yahoo { get; set; } = new();

    /// <summary>The folder whose price files are taken in.</summary>
    public DropOptions Drop { get; set; } = new();

    /// <summary>Every fault of these options; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate() => [.. Http.Validate(), .. Yahoo.Validate(), .. Drop.Validate()];
}
