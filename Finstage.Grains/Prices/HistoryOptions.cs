using Finstage.Analysis.Candles;

namespace Finstage.Grains.Prices;

/// <summary>How much history is held of the watchlist.</summary>
public sealed class HistoryOptions
{
    /// <summary>Years of daily candles that are fetched of a new symbol, 1 to 100. Default 10. What is stored is never trimmed.</summary>
    public int Years { get; set; } = 10;

    /// <summary>
    /// Shorter intervals that are held as well, as far back as the feed has them. Default <c>15m</c> and <c>1h</c>; <c>none</c> alone
    /// switches them off.
    /// </summary>
    public IReadOnlyList<string>? Intraday { get; set; }

    /// <summary>Whether the feed may take the place of series that came from another source. Default false: they are left alone.</summary>
    public bool Replace { get; set; }

    /// <summary>The intervals, read from their codes; those that are none are left out.</summary>
    public IReadOnlyList<CandleInterval> Intervals =>
    [
        CandleInterval.OneDay,
        .. (Intraday ?? ["15m", "1h"])
            .Where(code => CandleIntervals.TryParse(code, out var interval) && interval.IsIntraday())
            .Select(code => CandleIntervals.TryParse(code, out var interval) ? interval : default)
            .Distinct()
            .OrderDescending(),
    ];

    /// <summary>Every fault of these options; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Years is < 1 or > 100)
        {
            faults.Add($"History:Years is {Years}; it must be from 1 to 100.");
        }

        foreach (var code in Intraday ?? [])
        {
            var isNone = code == "none" && Intraday!.Count == 1;
            if (!isNone && !(CandleIntervals.TryParse(code, out var interval) && interval.IsIntraday() && interval != CandleInterval.ThirtyMinutes))
            {
                faults.Add($"History:Intraday: '{code}' is none of 1m, 5m, 15m, 1h, nor none alone.");
            }
        }

        return faults;
    }
}
