using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Statistics;

/// <summary>How far ahead an outcome lies on daily candles.</summary>
/// <param name="Code">Its name: <c>1d</c>, <c>1w</c> or <c>1mo</c>.</param>
/// <param name="Sessions">The sessions it spans.</param>
public sealed record SessionHorizon(string Code, int Sessions)
{
    private static readonly SessionHorizon[] Exchange = [new("1d", 1), new("1w", 5), new("1mo", 21)];
    private static readonly SessionHorizon[] NeverClosed = [new("1d", 1), new("1w", 7), new("1mo", 30)];

    /// <summary>The horizons' names, the nearest first.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. Exchange.Select(h => h.Code)];

    /// <summary>The horizons on a market: 1, 5 and 21 sessions; 1, 7 and 30 days where it never closes.</summary>
    public static IReadOnlyList<SessionHorizon> On(TradingCalendar calendar) => calendar == TradingCalendar.Always ? NeverClosed : Exchange;
}

/// <summary>What prices did after each candle of a daily series. Pure and thread-safe.</summary>
public static class ForwardReturns
{
    /// <summary>The return from each close to the one <paramref name="ahead"/> candles later, as a share.</summary>
    /// <param name="candles">The candles, ascending.</param>
    /// <param name="ahead">How many candles later, at least 1.</param>
    /// <returns>One number per candle; NaN where the later candle does not exist yet, or the close is not above zero.</returns>
    public static double[] Of(ReadOnlySpan<Candle> candles, int ahead)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        var returns = new double[candles.Length];
        for (var i = 0; i < returns.Length; i++)
        {
            returns[i] = i + ahead < returns.Length && candles[i].Close > 0 ? (candles[i + ahead].Close / candles[i].Close) - 1 : double.NaN;
        }

        return returns;
    }

    /// <summary>
    /// The market's own drift: the mean return over the same horizon of whoever bought at any close; NaN where there is none.
    /// </summary>
    /// <param name="returns">The returns of <see cref="Of"/>.</param>
    public static double Drift(ReadOnlySpan<double> returns)
    {
        var (n, sum) = (0, 0.0);
        foreach (var value in returns)
        {
            if (!double.IsNaN(value))
            {
                n++;
                sum += value;
            }
        }

        return n == 0 ? double.NaN : sum / n;
    }
}
