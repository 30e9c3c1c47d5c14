using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Prices.Yahoo;

/// <summary>
/// Prices from Yahoo's chart API (v8), adjusted for splits and not for dividends. Candles of 30 minutes are not asked for: they are
/// aggregated from those of 15. Thread-safe.
/// </summary>
public sealed class YahooChartFeed : IPriceFeed
{
    private const long Day = 86_400;

    // 1900-01-01: nothing that Yahoo has is older.
    private const long Earliest = -2_208_988_800;

    private readonly FeedClient client;
    private readonly YahooChartOptions options;
    private readonly TimeProvider time;
    private readonly string prefix;

    /// <summary>Creates the feed; nothing is sent yet.</summary>
    /// <param name="client">The way out, shared with the other feeds.</param>
    /// <param name="options">How Yahoo is asked.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The options have faults; the message names them.</exception>
    public YahooChartFeed(FeedClient client, YahooChartOptions options, TimeProvider time)
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
        prefix = options.BaseAddress.TrimEnd('/') + "/v8/finance/chart/";
    }

    /// <inheritdoc/>
    public string Source => "yahoo";

    /// <inheritdoc/>
    public bool Serves(CandleInterval interval) => WordOf(interval) is not null;

    /// <inheritdoc/>
    public TimeSpan? LookBack(CandleInterval interval) => interval switch
    {
        CandleInterval.OneMinute => TimeSpan.FromDays(8),
        CandleInterval.FiveMinutes or CandleInterval.FifteenMinutes or CandleInterval.ThirtyMinutes => TimeSpan.FromDays(60),
        CandleInterval.OneHour => TimeSpan.FromDays(730),
        _ => null,
    };

    /// <inheritdoc/>
    public async Task<FeedResult<PriceHistory>> ReadAsync(PriceRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Refuse(request) is { } failure)
        {
            return new FeedResult<PriceHistory>(failure);
        }

        var query = new FeedQuery(AddressOf(request), options.UserAgent, "application/json,*/*;q=0.5", options.MaxResponseBytes);
        return await client.GetAsync(query, answer => ChartReader.Read(answer, request, Now, options.SettleTime), cancellation);
    }

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    private static string? WordOf(CandleInterval interval) => interval switch
    {
        CandleInterval.OneWeek => "1wk",
        CandleInterval.ThirtyMinutes => null,
        _ => CandleIntervals.All.Contains(interval) ? interval.Code() : null,
    };

    private FeedFailure? Refuse(PriceRequest request)
    {
        // A code of dots alone would lead to another address.
        if (!SymbolCodes.IsValid(request.Symbol) || request.Symbol.All(c => c == '.'))
        {
            return new FeedFailure(FeedFault.InvalidRequest, $"'{PriceColumns.Printable(request.Symbol ?? string.Empty)}' is no symbol.");
        }

        if (!Serves(request.Interval))
        {
            return new FeedFailure(
                FeedFault.InvalidRequest, "Yahoo is not asked for candles of this interval; those of 30m are aggregated from 15m.");
        }

        return request.From > (request.To ?? long.MaxValue) || request.From > Now + Day
            ? new FeedFailure(FeedFault.InvalidRange, "The range ends before it begins, or begins in the future.")
            : null;
    }

    private Uri AddressOf(PriceRequest request)
    {
        // Days, weeks and months are stamped in the exchange's zone: a wider range is asked for, and what lies outside is left out again.
        var margin = request.Interval.IsIntraday() ? 0 : request.Interval.Seconds() + Day;
        var first = Math.Max(Math.Max(request.From, Earliest) - margin, Earliest);
        var last = Math.Min(request.To ?? long.MaxValue, Now) + 1;
        last = request.To is null ? last : Math.Min(last + margin, Now + 1);
        return new Uri(string.Create(
            CultureInfo.InvariantCulture,
            $"{prefix}{Uri.EscapeDataString(request.Symbol)}?interval={WordOf(request.Interval)}&period1={Math.Min(first, last - 1)}"
            + $"&period2={last}&includePrePost=false&events=div,splits"));
    }
}
