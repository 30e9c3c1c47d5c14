using System.Globalization;
using System.Text;
using Finstage.Analysis.Candles;

namespace Finstage.Adapters.Prices;

/// <summary>Reads the times of price files. Pure and thread-safe.</summary>
internal static class PriceTime
{
    // "2021-03-31 16:00:00.0000000 +09:00" has 34.
    private const int MaxLength = 40;

    private const long SecondsPerDay = 86_400;

    // K reads a Z, an offset, or nothing at all; a time without either is UTC.
    private static readonly string[] Formats =
    [
        "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mmK",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>
    /// Reads a date or an ISO 8601 time into Unix seconds. A day, week or month that is stamped with midnight in its exchange's zone
    /// belongs to that date, wherever midnight lies in UTC.
    /// </summary>
    /// <returns>Whether the text is a time of whole seconds.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, CandleInterval interval, out long time)
    {
        time = 0;
        Span<char> chars = stackalloc char[MaxLength];
        if (text.Length > MaxLength || !Encoding.UTF8.TryGetChars(text, chars, out var length))
        {
            return false;
        }

        var value = chars[..length].Trim();
        if (value.Length == 10)
        {
            var isDate = DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
            time = isDate ? (date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * SecondsPerDay : 0;
            return isDate;
        }

        if (!DateTimeOffset.TryParseExact(
            value, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return false;
        }

        var isLocalMidnight = !interval.IsIntraday() && moment.TimeOfDay == TimeSpan.Zero;
        var utc = isLocalMidnight ? moment.DateTime.Ticks : moment.UtcTicks;
        time = (utc - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        return utc % TimeSpan.TicksPerSecond == 0;
    }
}
