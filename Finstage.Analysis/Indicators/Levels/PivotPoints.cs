using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Indicators.Levels;

/// <summary>
/// Pivot points: levels from the high, low and close of the window before this candle's. The window is a session (0), an ISO week (1)
/// or a month (2) of the series' calendar, or an hour (3). Formulas by <c>type</c>: floor (0), Camarilla (1), DeMark (2), Fibonacci
/// (3), Woodie (4). Levels that a formula does not have are absent.
/// </summary>
internal struct PivotPoints(SeriesContext series, PivotWindow window, PivotType type) : IIndicatorKernel<PivotPoints>
{
    private long current = long.MinValue;
    private double open;
    private double high;
    private double low;
    private double close;
    private PivotLevels levels = PivotLevels.None;

    public static IndicatorInfo Info { get; } = new(
        "pivot-points",
        "Levels",
        [IndicatorParameter.Choice("window", max: 3), IndicatorParameter.Choice("type", max: 4)],
        ["pivot", "r1", "s1", "r2", "s2", "r3", "s3", "r4", "s4"]);

    public readonly int WarmUp => 2;

    public static PivotPoints Create(ReadOnlySpan<double> parameters, SeriesContext series) =>
        new(series, (PivotWindow)(int)parameters[0], (PivotType)(int)parameters[1]);

    public void Update(in Candle candle, Span<double> outputs)
    {
        var at = WindowOf(candle.Time);
        if (at != current)
        {
            if (current != long.MinValue)
            {
                levels = PivotLevels.Of(type, open, high, low, close, candle.Open);
            }

            current = at;
            open = candle.Open;
            high = candle.High;
            low = candle.Low;
        }

        high = Prices.Larger(high, candle.High);
        low = Prices.Smaller(low, candle.Low);
        close = candle.Close;
        levels.Write(outputs);
    }

    private readonly long WindowOf(long time)
    {
        if (window == PivotWindow.Hour)
        {
            return (long)Math.Floor(time / 3_600d);
        }

        var day = series.DateOf(time);
        return window switch
        {
            PivotWindow.Session => day,
            PivotWindow.Week => (long)Math.Floor((day + 3) / 7d), // 1970-01-01 was a Thursday
            _ => MonthOf(day),
        };
    }

    private static long MonthOf(int day)
    {
        var date = DateTime.UnixEpoch.AddDays(day);
        return (date.Year * 12) + date.Month;
    }
}
