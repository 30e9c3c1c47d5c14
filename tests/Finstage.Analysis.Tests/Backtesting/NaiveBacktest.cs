using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>The backtest as one would first write it: signal by signal, candle by candle. What everything fast is compared with.</summary>
internal static class NaiveBacktest
{
    /// <summary>The row at whose close a horizon ends; −1 where it is not known.</summary>
    public static int Exit(Horizon horizon, SeriesContext context, Candle[] candles, int row)
    {
        var ahead = (horizon, context.Calendar == TradingCalendar.Always) switch
        {
            (Horizon.OneDay, _) => 1,
            (Horizon.OneWeek, false) => 5,
            (Horizon.OneWeek, true) => 7,
            (Horizon.OneMonth, false) => 21,
            (Horizon.OneMonth, true) => 30,
            _ => 0,
        };
        var exit = context.Interval switch
        {
            CandleInterval.OneDay => row + ahead,
            CandleInterval.OneWeek => row + (horizon == Horizon.OneMonth ? 4 : 1),
            CandleInterval.OneMonth => row + 1,
            _ when ahead == 0 => row + ((horizon == Horizon.OneHour ? 60 : 240) * 60 / (int)context.Interval.Seconds()),
            _ => SessionsLater(context, candles, row, ahead),
        };
        return exit < candles.Length ? exit : -1;
    }

    /// <summary>Return, highest and lowest move from one close to a later one, as fractions.</summary>
    public static (double Return, double Rise, double Fall) Outcome(Candle[] candles, int row, int exit)
    {
        var entry = candles[row].Close;
        if (exit < 0 || entry <= 0)
        {
            return (double.NaN, double.NaN, double.NaN);
        }

        var (rise, fall) = (0.0, 0.0);
        for (var i = row + 1; i <= exit; i++)
        {
            rise = Math.Max(rise, (candles[i].High / entry) - 1);
            fall = Math.Min(fall, (candles[i].Low / entry) - 1);
        }

        return ((candles[exit].Close / entry) - 1, rise, fall);
    }

    private static int SessionsLater(SeriesContext context, Candle[] candles, int row, int ahead)
    {
        int Date(int i) => context.DateOf(candles[i].Time);
        long Open(int date)
        {
            var day = new DateOnly(1970, 1, 1).AddDays(date);
            return context.Calendar.IsSession(day) ? context.Calendar.HoursOf(day).Open : date * 86_400L;
        }

        // Forward through the sessions that the series has.
        var (at, passed) = (row, 0);
        while (passed < ahead)
        {
            var date = Date(at);
            while (at < candles.Length && Date(at) == date)
            {
                at++;
            }

            if (at == candles.Length)
            {
                return -1;
            }

            passed++;
        }

        var target = Date(at);
        var moment = Open(target) + candles[row].Time - Open(Date(row));
        while (at + 1 < candles.Length && Date(at + 1) == target && candles[at + 1].Time <= moment)
        {
            at++;
        }

        return candles[at].Time >= moment || at + 1 < candles.Length ? at : -1;
    }
}
