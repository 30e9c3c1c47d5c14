using Finstage.Analysis.Candles;
using Finstage.Analysis.Candles.Aggregation;
using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Strategies.Combined;

/// <summary>
/// The trend of a longer interval, built from the closes of this series: its last closed candle against its average, and its RSI. A
/// longer candle is closed once a candle of a later one exists; a part at the series' start counts as a whole.
/// </summary>
internal sealed class UpperTrend(SeriesContext context, CandleInterval interval, int averagePeriod, int rsiPeriod)
{
    private const double Middle = 50;

    private PartClock clock = new(context, interval);
    private RollingMean mean = new(averagePeriod);
    private RelativeStrength strength = new(rsiPeriod);
    private long part = long.MinValue;
    private double lastClose;

    /// <summary>The average of the longer closes up to the last closed one; NaN while there are too few.</summary>
    public double Average { get; private set; } = double.NaN;

    /// <summary>Their RSI; NaN while there are too few.</summary>
    public double Rsi { get; private set; } = double.NaN;

    /// <summary>Whether both have a value.</summary>
    public bool HasValue => !double.IsNaN(Average) && !double.IsNaN(Rsi);

    /// <summary>Whether the last closed longer candle lies above the average, with RSI above the middle.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Whether it lies below, with RSI below.</summary>
    public bool IsDown { get; private set; }

    /// <summary>Takes the next candle's open time and close.</summary>
    public void Add(long time, double close)
    {
        var start = clock.StartOf(time);
        if (start != part)
        {
            if (part != long.MinValue)
            {
                CloseWith(lastClose);
            }

            part = start;
        }

        lastClose = close;
    }

    private void CloseWith(double close)
    {
        Average = mean.Add(close);
        Rsi = strength.Add(close);
        IsUp = Compare.Above(close, Average) && Compare.Above(Rsi, Middle);
        IsDown = Compare.Below(close, Average) && Compare.Below(Rsi, Middle);
    }
}
