using System.Numerics;
using System.Runtime.InteropServices;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// Makes the columns of one series for several horizons. The highest high of any stretch comes from two overlapping stretches of
/// 2^k candles, whose highs are made once for all horizons. Not thread-safe.
/// </summary>
internal sealed class ForwardMaker
{
    private readonly SeriesContext context;
    private readonly long[] times;
    private readonly double[] closes;
    private readonly List<double[]> highs = [];
    private readonly List<double[]> lows = [];
    private Sessions? sessions;

    public ForwardMaker(SeriesContext context, ReadOnlySpan<Candle> candles)
    {
        this.context = context;
        times = new long[candles.Length];
        closes = new double[candles.Length];
        var (high, low) = (new double[candles.Length], new double[candles.Length]);
        for (var i = 0; i < candles.Length; i++)
        {
            ref readonly var candle = ref candles[i];
            times[i] = candle.Time;
            closes[i] = candle.Close;
            high[i] = candle.High;
            low[i] = candle.Low;
        }

        highs.Add(high);
        lows.Add(low);
    }

    /// <summary>Open times of the candles.</summary>
    public long[] Times => times;

    /// <summary>Closes of the candles.</summary>
    public double[] Closes => closes;

    public ForwardColumns Make(Horizon horizon)
    {
        var count = closes.Length;
        var (returns, rises, falls) = (new double[count], new double[count], new double[count]);
        if (horizon.Candles(context) is { } step)
        {
            FillSteps(step, returns, rises, falls);
            return new ForwardColumns(horizon, step, null, returns, rises, falls, PeriodsPerYear(horizon, step));
        }

        sessions ??= new Sessions(context, times);
        var ahead = horizon.Sessions(context.Calendar);
        var exits = sessions.Exits(ahead);
        FillExits(exits, returns, rises, falls);
        return new ForwardColumns(
            horizon, 0, exits, returns, rises, falls, (double)Horizons.SessionsPerYear(context.Calendar) / ahead);
    }

    private void FillSteps(int step, double[] returns, double[] rises, double[] falls)
    {
        var reach = Math.Max(0, closes.Length - step);
        var level = BitOperations.Log2((uint)step);
        MakeLevels(level);
        var width = 1 << level;
        var (high, low) = (highs[level], lows[level]);
        for (var i = 0; i < reach; i++)
        {
            var close = closes[i];
            var top = Math.Max(high[i + 1], high[i + step - width + 1]);
            var bottom = Math.Min(low[i + 1], low[i + step - width + 1]);
            var isBase = close > 0;
            returns[i] = isBase ? (closes[i + step] / close) - 1 : double.NaN;
            rises[i] = isBase ? Math.Max(0, (top / close) - 1) : double.NaN;
            falls[i] = isBase ? Math.Min(0, (bottom / close) - 1) : double.NaN;
        }

        returns.AsSpan(reach).Fill(double.NaN);
        rises.AsSpan(reach).Fill(double.NaN);
        falls.AsSpan(reach).Fill(double.NaN);
    }

    private void FillExits(int[] exits, double[] returns, double[] rises, double[] falls)
    {
        for (var i = 0; i < exits.Length; i++)
        {
            var (exit, close) = (exits[i], closes[i]);
            if (exit < 0 || !(close > 0))
            {
                returns[i] = rises[i] = falls[i] = double.NaN;
                continue;
            }

            var level = BitOperations.Log2((uint)(exit - i));
            MakeLevels(level);
            var second = exit - (1 << level) + 1;
            returns[i] = (closes[exit] / close) - 1;
            rises[i] = Math.Max(0, (Math.Max(highs[level][i + 1], highs[level][second]) / close) - 1);
            falls[i] = Math.Min(0, (Math.Min(lows[level][i + 1], lows[level][second]) / close) - 1);
        }
    }

    // Level k holds at i the extreme of the 2^k candles from i on; near the end, of those that there are.
    private void MakeLevels(int level)
    {
        for (var k = highs.Count; k <= level; k++)
        {
            var half = 1 << (k - 1);
            highs.Add(Joined(highs[k - 1], half, isHigh: true));
            lows.Add(Joined(lows[k - 1], half, isHigh: false));
        }
    }

    private static double[] Joined(double[] values, int distance, bool isHigh)
    {
        var joined = new double[values.Length];
        var reach = Math.Max(0, values.Length - distance);
        var lanes = Vector<double>.Count;
        var i = 0;
        for (; i <= reach - lanes; i += lanes)
        {
            var (first, second) = (new Vector<double>(values, i), new Vector<double>(values, i + distance));
            (isHigh ? Vector.Max(first, second) : Vector.Min(first, second)).CopyTo(joined, i);
        }

        for (; i < reach; i++)
        {
            joined[i] = isHigh ? Math.Max(values[i], values[i + distance]) : Math.Min(values[i], values[i + distance]);
        }

        values.AsSpan(reach).CopyTo(joined.AsSpan(reach));
        return joined;
    }

    private double PeriodsPerYear(Horizon horizon, int step) => context.Interval switch
    {
        CandleInterval.OneMonth => 12.0 / step,
        CandleInterval.OneWeek => (context.Calendar == TradingCalendar.Always ? 365.0 / 7 : 252.0 / 5) / step,
        CandleInterval.OneDay => (double)Horizons.SessionsPerYear(context.Calendar) / step,

        // As many candles as a session usually has; what a calendar promises, not every source delivers.
        _ => (sessions ??= new Sessions(context, times)).UsualCandles * (double)Horizons.SessionsPerYear(context.Calendar) / step,
    };

    /// <summary>Where the sessions of an intraday series begin.</summary>
    private sealed class Sessions
    {
        private readonly SeriesContext context;
        private readonly long[] times;
        private readonly List<int> starts = [];
        private readonly List<int> dates = [];

        public Sessions(SeriesContext context, long[] times)
        {
            (this.context, this.times) = (context, times);
            for (var i = 0; i < times.Length; i++)
            {
                var date = context.DateOf(times[i]);
                if (dates.Count == 0 || dates[^1] != date)
                {
                    starts.Add(i);
                    dates.Add(date);
                }
            }
        }

        /// <summary>The median number of candles of a session; 1 when there is none.</summary>
        public int UsualCandles
        {
            get
            {
                var counts = new int[starts.Count];
                for (var i = 0; i < counts.Length; i++)
                {
                    counts[i] = (i + 1 < counts.Length ? starts[i + 1] : times.Length) - starts[i];
                }

                Array.Sort(counts);
                return counts.Length == 0 ? 1 : counts[counts.Length / 2];
            }
        }

        /// <summary>
        /// For each candle the one that stands, so many sessions later, as far into its session; the last one before that moment where
        /// there is none, within that session. Known only once a candle at or after that moment exists.
        /// </summary>
        public int[] Exits(int ahead)
        {
            var exits = new int[times.Length];
            Array.Fill(exits, -1);
            var opens = CollectionsMarshal.AsSpan(dates.ConvertAll(OpenOf));
            for (var session = 0; session + ahead < starts.Count; session++)
            {
                var target = session + ahead;
                var at = starts[target];
                var end = target + 1 < starts.Count ? starts[target + 1] : times.Length;
                for (var i = starts[session]; i < starts[session + 1]; i++)
                {
                    var moment = opens[target] + (times[i] - opens[session]);
                    while (at + 1 < end && times[at + 1] <= moment)
                    {
                        at++;
                    }

                    var isKnown = times[at] >= moment || at + 1 < times.Length;
                    exits[i] = isKnown ? at : -1;
                }
            }

            return exits;
        }

        private long OpenOf(int date)
        {
            var day = DateOnly.FromDayNumber(date + TradingCalendar.EpochDayNumber);
            return context.Calendar.IsSession(day) ? context.Calendar.HoursOf(day).Open : date * 86_400L;
        }
    }
}
