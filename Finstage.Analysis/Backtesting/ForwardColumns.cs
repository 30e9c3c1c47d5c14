using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// What a series did after each of its candles, at one horizon, as columns by the candle's row: what anybody who bought at that close
/// would have seen by the horizon's end. Outcomes of signals, of patterns and of clusters are rows of these columns. Immutable and
/// thread-safe.
/// </summary>
public sealed class ForwardColumns
{
    private readonly int[]? exits;
    private readonly double[] returns;
    private readonly double[] rises;
    private readonly double[] falls;

    internal ForwardColumns(
        Horizon horizon, int step, int[]? exits, double[] returns, double[] rises, double[] falls, double periodsPerYear)
    {
        (Horizon, Step, PeriodsPerYear) = (horizon, step, periodsPerYear);
        (this.exits, this.returns, this.rises, this.falls) = (exits, returns, rises, falls);
        var (sum, count) = (0.0, 0);
        foreach (var value in returns)
        {
            if (!double.IsNaN(value))
            {
                (sum, count) = (sum + value, count + 1);
            }
        }

        Drift = count == 0 ? double.NaN : sum / count;
    }

    /// <summary>The horizon.</summary>
    public Horizon Horizon { get; }

    /// <summary>How many candles the series has.</summary>
    public int Count => returns.Length;

    /// <summary>
    /// close[exit] / close[row] − 1, as a fraction; NaN where the series does not reach the horizon's end, and where the close is not
    /// above zero, for no percentage is taken of such a base.
    /// </summary>
    public ReadOnlySpan<double> Returns => returns;

    /// <summary>
    /// How far above its close the highest high on the way was, as a fraction of the close, at least 0; NaN where the return is.
    /// </summary>
    public ReadOnlySpan<double> Rises => rises;

    /// <summary>How far below its close the lowest low on the way was, at most 0; NaN where the return is.</summary>
    public ReadOnlySpan<double> Falls => falls;

    /// <summary>The mean of <see cref="Returns"/>: the market's own drift; NaN when there is none.</summary>
    public double Drift { get; }

    /// <summary>How many such horizons make a year of trading.</summary>
    public double PeriodsPerYear { get; }

    /// <summary>The horizon in candles; 0 where it differs from candle to candle.</summary>
    internal int Step { get; }

    /// <summary>The row at whose close the horizon ends; −1 where the series does not reach it.</summary>
    public int Exit(int row) => exits is not null ? exits[row] : row + Step < returns.Length ? row + Step : -1;

    /// <summary>Measures a series.</summary>
    /// <param name="horizon">The horizon.</param>
    /// <param name="context">What is known of the series.</param>
    /// <param name="candles">The closed candles, strictly ascending.</param>
    /// <returns>The columns; null where candles of this interval cannot tell.</returns>
    public static ForwardColumns? Of(Horizon horizon, SeriesContext context, ReadOnlySpan<Candle> candles)
    {
        ArgumentNullException.ThrowIfNull(context);
        return horizon.IsKnownOn(context.Interval) ? new ForwardMaker(context, candles).Make(horizon) : null;
    }
}
