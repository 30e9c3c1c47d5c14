using System.Globalization;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Prices.Yahoo;

/// <summary>Makes candles of the rows of one answer. Not thread-safe.</summary>
internal sealed class ChartRows(PriceRequest request, ChartClock clock)
{
    // Prices are rounded to single precision one by one, so that a close may come out a hair above its high.
    private const double Hair = 1e-6;

    private readonly List<ChartRow> rows = [];
    private readonly List<RejectedPrice> rejected = [];
    private int seen;

    /// <summary>Rows that have at least one price, valid or not.</summary>
    public int Count { get; private set; }

    /// <summary>Rows without any price.</summary>
    public int Blank { get; private set; }

    public IReadOnlyList<RejectedPrice> Rejected => rejected;

    public int RejectedCount { get; private set; }

    /// <summary>Takes the next row.</summary>
    public void Add(in ChartCells cells)
    {
        var index = seen++;
        if (cells.IsBlank)
        {
            Blank++;
            return;
        }

        Count++;
        if (cells.Time.Time() is not { } stamp)
        {
            Refuse(index, CandleFault.BadTime, "Its time is missing or is no time.");
        }
        else if (cells.CandleAt(clock.StampOf(stamp)) is not { } candle)
        {
            Refuse(index, CandleFault.Unreadable, "A price is missing, or a value is no number.");
        }
        else
        {
            rows.Add(new ChartRow(index, stamp, Widened(candle)));
        }
    }

    /// <summary>The closed candles, ascending and unique, and the newest one where it is open.</summary>
    public (Candle[] Closed, Candle? Open) Build()
    {
        rows.Sort(static (a, b) => a.Candle.Time != b.Candle.Time ? a.Candle.Time.CompareTo(b.Candle.Time)
            : a.Stamp != b.Stamp ? a.Stamp.CompareTo(b.Stamp) : a.Index.CompareTo(b.Index));
        SettleLast();
        rows.RemoveAll(r => !IsValid(r));
        var valid = Unique().Select(r => r.Candle).ToList();
        var closed = new List<Candle>(valid.Count);
        for (var i = 0; i < valid.Count; i++)
        {
            if (clock.IsClosed(valid[i].Time, i + 1 < valid.Count))
            {
                closed.Add(valid[i]);
            }
        }

        var open = valid.Count > 0 && !clock.IsClosed(valid[^1].Time, isFollowed: false) && IsAsked(valid[^1]) ? valid[^1] : (Candle?)null;
        rejected.Sort(static (a, b) => a.Row.CompareTo(b.Row));
        return ([.. closed.Where(IsAsked)], open);
    }

    /// <summary>
    /// The last row may be the live price instead of a candle of its own. Inside a bar, a week or a month it goes into that candle; a
    /// day it replaces, which <see cref="Unique"/> does; after the session it belongs to no bar.
    /// </summary>
    private void SettleLast()
    {
        if (rows.Count == 0 || request.Interval == CandleInterval.OneDay)
        {
            return;
        }

        var last = rows[^1];
        if (clock.IsAfterSession(last.Stamp))
        {
            rows.RemoveAt(rows.Count - 1);
        }
        else if (rows.Count > 1 && IsInside(rows[^2], last))
        {
            rows.RemoveAt(rows.Count - 1);
            if (IsValid(last with { Candle = last.Candle with { Time = rows[^1].Candle.Time } }))
            {
                rows[^1] = rows[^1] with { Candle = Joined(rows[^1].Candle, last.Candle) };
            }
        }
        else if (!request.Interval.IsAligned(last.Candle.Time))
        {
            rows[^1] = last with { Candle = last.Candle with { Time = clock.OnGrid(last.Stamp) } };
        }
    }

    private bool IsInside(in ChartRow candle, in ChartRow live) =>
        live.Stamp > candle.Stamp && live.Candle.Time < request.Interval.CloseTime(candle.Candle.Time);

    /// <summary>One row for each candle: the later one stays. Only the last candle may come twice without a word: its second row is live.</summary>
    private IEnumerable<ChartRow> Unique()
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (i + 1 == rows.Count || rows[i + 1].Candle.Time != rows[i].Candle.Time)
            {
                yield return rows[i];
            }
            else if (rows[i].Candle != rows[i + 1].Candle && rows[i].Candle.Time != rows[^1].Candle.Time)
            {
                Refuse(rows[i].Index, CandleFault.Duplicate, string.Create(
                    CultureInfo.InvariantCulture, $"Row {rows[i + 1].Index + 1} has other values for the same time; that one was kept."));
            }
        }
    }

    private bool IsValid(ChartRow row)
    {
        var fault = CandleRules.Check(row.Candle, request.Interval, clock.LatestOpen, request.AllowNonPositive);
        if (fault == CandleFault.None)
        {
            return true;
        }

        Refuse(row.Index, fault, CandleFaults.Describe(fault, row.Candle, request.Interval));
        return false;
    }

    private bool IsAsked(Candle candle) => candle.Time >= request.From && candle.Time <= (request.To ?? long.MaxValue);

    private void Refuse(int index, CandleFault fault, string reason)
    {
        RejectedCount++;
        if (rejected.Count < PriceHistory.MaxRejected)
        {
            rejected.Add(new RejectedPrice(index + 1, fault, reason));
        }
    }

    private static Candle Widened(Candle candle)
    {
        var (top, bottom) = (Math.Max(candle.Open, candle.Close), Math.Min(candle.Open, candle.Close));
        var hair = Hair * Math.Abs(candle.Close);
        return candle with
        {
            High = top > candle.High && top - candle.High <= hair ? top : candle.High,
            Low = bottom < candle.Low && candle.Low - bottom <= hair ? bottom : candle.Low,
        };
    }

    private static Candle Joined(in Candle first, in Candle then) => first with
    {
        High = Math.Max(first.High, then.High),
        Low = Math.Min(first.Low, then.Low),
        Close = then.Close,
        Volume = first.Volume + then.Volume,
    };

    /// <summary>A row of an answer.</summary>
    /// <param name="Index">Where it stands, from 0.</param>
    /// <param name="Stamp">The time that it came with.</param>
    /// <param name="Candle">What it says, under the open time that belongs to it.</param>
    private readonly record struct ChartRow(int Index, long Stamp, Candle Candle);
}
