using System.Collections.Concurrent;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;

namespace Finstage.Grains.Tests.Prices;

/// <summary>A feed that makes up a history by the calendar, and lacks, splits and fails as a test says.</summary>
internal sealed class PlannedFeed(TimeProvider time) : IPriceFeed
{
    // 1 October 2007.
    private const long LongAgo = 1_191_196_800;

    private static readonly TimeSpan Settle = TimeSpan.FromMinutes(20);

    public string Source => "yahoo";

    /// <summary>What was asked for, in order; months apart.</summary>
    public ConcurrentQueue<PriceRequest> Requests { get; } = new();

    /// <summary>The questions for months, in order.</summary>
    public ConcurrentQueue<PriceRequest> Monthly { get; } = new();

    /// <summary>The highest price of a symbol in a month long ago.</summary>
    public double EverHigh { get; set; } = 500;

    /// <summary>The price of a symbol now, where it is not that of the last candle.</summary>
    public Dictionary<string, double> Now { get; } = [];

    /// <summary>Sessions that are left out, by symbol.</summary>
    public HashSet<(string Symbol, DateOnly Date)> Holes { get; } = [];

    /// <summary>Why a symbol has no answer.</summary>
    public Dictionary<string, FeedFailure> Failures { get; } = [];

    /// <summary>The splits of a symbol: candles before one are told in new shares once its date has come.</summary>
    public Dictionary<string, PriceSplit> Splits { get; } = [];

    /// <summary>Whether the prices follow a split that is not told of.</summary>
    public bool HidesSplits { get; set; }

    /// <summary>The first session of a symbol.</summary>
    public Dictionary<string, DateOnly> Listed { get; } = [];

    /// <summary>How far back intraday candles go, in days.</summary>
    public int IntradayDays { get; set; } = 60;

    public bool Serves(CandleInterval interval) => interval != CandleInterval.ThirtyMinutes;

    public TimeSpan? LookBack(CandleInterval interval) => interval.IsIntraday() ? TimeSpan.FromDays(IntradayDays) : null;

    public Task<FeedResult<PriceHistory>> ReadAsync(PriceRequest request, CancellationToken cancellation)
    {
        (request.Interval == CandleInterval.OneMonth ? Monthly : Requests).Enqueue(request);
        return Task.FromResult(Failures.TryGetValue(request.Symbol, out var failure)
            ? new FeedResult<PriceHistory>(failure)
            : new FeedResult<PriceHistory>(Answer(request)));
    }

    /// <summary>The closed candles that a symbol has by now.</summary>
    public Candle[] Closed(string symbol, CandleInterval interval, long from) =>
        Answer(new PriceRequest(symbol, interval, from, Calendar: TradingCalendar.Nasdaq)).Closed;

    private PriceHistory Answer(PriceRequest request)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var calendar = request.Calendar ?? TradingCalendar.Utc;
        var split = Splits.TryGetValue(request.Symbol, out var known) && known.Time <= now ? known : null;
        var candles = request.Interval == CandleInterval.OneMonth
            ? [new Candle(LongAgo, EverHigh, EverHigh, 1, 1, 1)]
            : Times(request, calendar, now).Select(t => Candle(request.Symbol, t, split)).ToArray();
        double? price = Now.TryGetValue(request.Symbol, out var set) ? set : candles.Length == 0 ? null : candles[^1].Close;
        var quote = new FeedQuote("USD", "NMS", "EQUITY", null, calendar.Zone, price, now, null, 2);
        PriceSplit[] splits = split is not null && !HidesSplits && split.Time + 86_400 > request.From ? [split] : [];
        return new PriceHistory(request.Symbol, request.Interval, now, candles, null, splits, quote, [], 0, 0);
    }

    private IEnumerable<long> Times(PriceRequest request, TradingCalendar calendar, long now)
    {
        var first = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(request.From).UtcDateTime).AddDays(-1);
        var listed = Listed.GetValueOrDefault(request.Symbol, DateOnly.MinValue);
        for (var date = calendar.NextSession(first.AddDays(-1)); calendar.HoursOf(date).Open <= now; date = calendar.NextSession(date))
        {
            if (date < listed || Holes.Contains((request.Symbol, date)))
            {
                continue;
            }

            var hours = calendar.HoursOf(date);
            if (!request.Interval.IsIntraday())
            {
                var time = new DateTimeOffset(date, default, TimeSpan.Zero).ToUnixTimeSeconds();
                if (time >= request.From && hours.Close + (long)Settle.TotalSeconds <= now)
                {
                    yield return time;
                }

                continue;
            }

            for (var time = hours.Open; time < hours.Close; time += request.Interval.Seconds())
            {
                if (time >= request.From && Math.Min(time + request.Interval.Seconds(), hours.Close) <= now)
                {
                    yield return time;
                }
            }
        }
    }

    private static Candle Candle(string symbol, long time, PriceSplit? split)
    {
        var hash = (uint)HashCode(symbol, time);
        var close = 100 + (hash % 1_000 / 100.0);
        var factor = split is not null && time < split.Time ? split.Denominator / split.Numerator : 1;
        return new Candle(time, close * factor, (close + 1) * factor, (close - 1) * factor, close * factor, 1_000 / factor);
    }

    private static int HashCode(string symbol, long time) => (int)((symbol.Sum(c => c) + (time / 900)) * 2_654_435_761 % int.MaxValue);
}
