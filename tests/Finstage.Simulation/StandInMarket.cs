using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;

namespace Finstage.Simulation;

/// <summary>
/// Prices that follow from nothing but a symbol and a moment, so that every process and every restart sees the same: a slow wave with
/// some noise, on the sessions of the symbol's exchange. Pure and thread-safe.
/// </summary>
internal sealed class StandInMarket
{
    public const long Day = 86_400;

    private static readonly TimeSpan Settle = TimeSpan.FromMinutes(20);

    /// <summary>Splits, by symbol.</summary>
    public Dictionary<string, Split> Splits { get; } = [];

    /// <summary>One session in so many has no prices at all; 0 for none.</summary>
    public int AbsentOneIn { get; set; } = 400;

    public static long Stamp(DateOnly date) => new DateTimeOffset(date, default, TimeSpan.Zero).ToUnixTimeSeconds();

    /// <summary>Whether the market has no prices of a session.</summary>
    public bool IsAbsent(string symbol, DateOnly date) => AbsentOneIn > 0 && Noise(symbol, date.DayNumber, 7) % (uint)AbsentOneIn == 0;

    /// <summary>The closed candles that should be stored by a moment, from a first open time on.</summary>
    public IEnumerable<Candle> Closed(SymbolInfo symbol, CandleInterval interval, long from, long now) =>
        Rows(symbol, interval, from, now).Where(r => r.IsClosed && r.Candle is not null).Select(r => r.Candle!.Value);

    /// <summary>The rows of an answer: those without a candle are blank.</summary>
    public IEnumerable<Row> Rows(SymbolInfo symbol, CandleInterval interval, long from, long now)
    {
        var calendar = TradingCalendar.For(symbol.Exchange);
        var first = calendar.DateOf(Math.Max(from, 0));
        for (var date = calendar.IsSession(first) ? first : calendar.NextSession(first); ; date = calendar.NextSession(date))
        {
            var hours = calendar.HoursOf(date);
            if (hours.Open > now)
            {
                yield break;
            }

            if (interval.IsIntraday())
            {
                foreach (var row in Bars(symbol, date, hours, interval, from, now))
                {
                    yield return row;
                }
            }
            else if (Stamp(date) >= from)
            {
                // The live row has the time of its last price; the others that of a moment in their session on their own date.
                var isClosed = hours.Close + (long)Settle.TotalSeconds <= now;
                var time = isClosed ? hours.Close - 3_600 : Math.Min(now, hours.Close);
                Candle? candle = IsAbsent(symbol.Code, date) ? null
                    : Of(symbol, Stamp(date), hours.Open, Math.Min(hours.Close, now), now, date);
                yield return new Row(time, candle, isClosed);
            }
        }
    }

    /// <summary>The price of a moment, in the shares of now.</summary>
    public double Price(SymbolInfo symbol, long time, long now)
    {
        var phase = Noise(symbol.Code, 0, 1) % 628 / 100.0;
        var level = symbol.Category == SymbolCategory.Yield ? 4 : 40 + (Noise(symbol.Code, 0, 2) % 400);
        var wave = 1 + (0.15 * Math.Sin((time / (90.0 * Day)) + phase)) + (0.012 * (Noise(symbol.Code, time / 900, 3) % 1_000 / 1_000.0));
        return Math.Round(level * wave, 2) / Divisor(symbol.Code, time, now);
    }

    private IEnumerable<Row> Bars(SymbolInfo symbol, DateOnly date, SessionHours hours, CandleInterval interval, long from, long now)
    {
        if (IsAbsent(symbol.Code, date))
        {
            yield break;
        }

        for (var open = hours.Open; open < hours.Close && open <= now; open += interval.Seconds())
        {
            var end = Math.Min(open + interval.Seconds(), hours.Close);
            if (open >= from)
            {
                yield return new Row(open, Of(symbol, open, open, Math.Min(end, now), now, date), end <= now);
            }
        }
    }

    private Candle Of(SymbolInfo symbol, long stamp, long begin, long end, long now, DateOnly date)
    {
        var (open, close) = (Price(symbol, begin, now), Price(symbol, end, now));
        var middle = Price(symbol, (begin + end) / 2, now);
        var volume = symbol.Category is SymbolCategory.Index or SymbolCategory.Volatility or SymbolCategory.Yield
            ? 0
            : (double)((1_000 + (Noise(symbol.Code, begin / 900, 4) % 9_000)) * Divisor(symbol.Code, Stamp(date), now));
        return new Candle(stamp, open, Math.Max(middle, Math.Max(open, close)), Math.Min(middle, Math.Min(open, close)), close, volume);
    }

    // From its date on a share is worth so much less; what was paid before is told in new shares once the split is known.
    private int Divisor(string symbol, long time, long now) =>
        Splits.TryGetValue(symbol, out var split) && (time >= Stamp(split.Date) || now >= split.KnownAt) ? split.Ratio : 1;

    private static uint Noise(string symbol, long time, int kind)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var c in symbol)
        {
            hash = (hash ^ c) * 1_099_511_628_211UL;
        }

        hash = (hash ^ (ulong)time) * 1_099_511_628_211UL;
        hash = (hash ^ (ulong)kind) * 1_099_511_628_211UL;
        hash ^= hash >> 32;
        return (uint)((hash * 0x9E3779B97F4A7C15UL) >> 33);
    }

    /// <summary>A row of an answer.</summary>
    /// <param name="Time">Its time, Unix seconds.</param>
    /// <param name="Candle">Its candle under its open time; null for a blank row.</param>
    /// <param name="IsClosed">Whether its period has ended.</param>
    internal readonly record struct Row(long Time, Candle? Candle, bool IsClosed);

    /// <summary>A split.</summary>
    /// <param name="Date">The first session at the new count.</param>
    /// <param name="Ratio">New shares for an old one.</param>
    /// <param name="KnownAt">From when on the feed tells of it, Unix seconds.</param>
    internal sealed record Split(DateOnly Date, int Ratio, long KnownAt);
}
