using Finstage.Analysis.Candles;

namespace Finstage.Adapters.Prices;

/// <summary>Collects the rows of one series and puts them in order.</summary>
internal sealed class SeriesBuilder(string symbol, CandleInterval interval, long asOf)
{
    private readonly List<(Candle Candle, long Line)> rows = [];
    private (Candle Candle, long Line)? open;
    private long newest = long.MinValue;
    private int openRows;
    private int unsorted;

    public void Add(in Candle candle, long line)
    {
        if (candle.Time < newest)
        {
            unsorted++;
        }

        newest = Math.Max(newest, candle.Time);
        if (interval.CloseTime(candle.Time) <= asOf)
        {
            rows.Add((candle, line));
            return;
        }

        openRows++;
        if (open is null || candle.Time >= open.Value.Candle.Time)
        {
            open = (candle, line);
        }
    }

    /// <summary>The series; of rows that contradict each other the last one stays, and the others are told to <paramref name="refuse"/>.</summary>
    public PriceSeries Build(Action<RejectedRow> refuse)
    {
        if (unsorted > 0)
        {
            rows.Sort(static (a, b) => a.Candle.Time != b.Candle.Time ? a.Candle.Time.CompareTo(b.Candle.Time) : a.Line.CompareTo(b.Line));
        }

        var repeated = 0;
        var candles = new List<Candle>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var (candle, line) = rows[i];
            if (i + 1 == rows.Count || rows[i + 1].Candle.Time != candle.Time)
            {
                candles.Add(candle);
            }
            else if (rows[i + 1].Candle == candle)
            {
                repeated++;
            }
            else
            {
                refuse(new RejectedRow(
                    line, CandleFault.Duplicate, $"Line {rows[i + 1].Line} has other values for the same time; that one was kept."));
            }
        }

        return new PriceSeries(symbol, interval, [.. candles], open?.Candle, openRows, unsorted, repeated);
    }
}
