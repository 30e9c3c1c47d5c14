using System.Runtime.Intrinsics;
using Finstage.Analysis.Statistics;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// Intervals by resampling dates (<see cref="DateWeights"/>): the figures of each resample follow from five sums, and the interval holds
/// the middle 95 % of them (the percentile method).
/// </summary>
internal sealed class DateBootstrap : GroupSums
{
    // Number, sum, sum of squares, gains and number of gains, each for all resamples.
    private const int Count = 0;
    private const int Sum = 1;
    private const int Squares = 2;
    private const int Gains = 3;
    private const int Wins = 4;
    private const int Columns = 5;

    // So many resamples at a time that their sums stay near the processor.
    private const int Stretch = 256;

    private readonly TimeAxis dates;
    private readonly int[][] dateOf;
    private readonly int block;
    private DateWeights? weights;

    public DateBootstrap(BacktestTable table, int horizon, LuckOptions options, LuckFigures[] figures)
        : base(table, horizon, options, figures)
    {
        var own = table.Set.Series.Select(s => s.Times.ToArray().Select(t => (long)s.Context.DateOf(t)).ToArray()).ToArray();
        dates = new TimeAxis(own, 1);
        dateOf = [.. own.Select(dates.Of)];
        var sessions = table.Set.Series.Count == 0 ? 1 : table.Set.Series.Max(s => SessionsOf(s));
        block = (int)DateWeights.BlockFor(dates.Count, sessions);
    }

    protected override int Width => Columns * Options.Resamples;

    public new void Run(ParallelOptions parallel)
    {
        if (dates.Count > 0)
        {
            weights = new DateWeights(dates.Count, Options.Resamples, block, unchecked((Options.Seed * 31) + (int)Horizon), parallel);
            base.Run(parallel);
        }
    }

    protected override void Take(int place, ForwardColumns columns, int strategy, Span<double> buys, Span<double> sells)
    {
        var series = Table.Set.Series[place];
        var range = series.Of(strategy);
        var rows = series.Rows[range];
        var directions = series.Directions[range];
        for (var from = 0; from < Options.Resamples; from += Stretch)
        {
            var length = Math.Min(Stretch, Options.Resamples - from);
            for (var i = 0; i < rows.Length; i++)
            {
                var r = columns.Returns[rows[i]];
                if (!double.IsNaN(r))
                {
                    var own = weights!.Of(dateOf[place][rows[i]]).Slice(from, length);
                    AddWeighted(own, directions[i] * r, directions[i] > 0 ? buys : sells, from);
                }
            }
        }
    }

    protected override void Conclude(ReadOnlySpan<double> sums, in Moments moments, ref LuckFigures figures)
    {
        var b = Options.Resamples;
        var year = Math.Sqrt(moments.PeriodsPerYear / moments.Count);
        Span<double> averages = new double[4 * b];
        var (rates, sharpes, factors) = (new double[b], new double[b], new double[b]);
        var (drawn, varied, lost) = (0, 0, 0);
        for (var i = 0; i < b; i++)
        {
            var n = sums[(Count * b) + i];
            if (n < 2)
            {
                continue;
            }

            var mean = sums[(Sum * b) + i] / n;
            averages[drawn] = mean;
            rates[drawn++] = sums[(Wins * b) + i] / n;
            var deviation = Math.Sqrt(Math.Max(0, (sums[(Squares * b) + i] - (n * mean * mean)) / (n - 1)));
            if (Moments.Varies(deviation, mean))
            {
                sharpes[varied++] = mean / deviation * year;
            }

            var losses = sums[(Gains * b) + i] - sums[(Sum * b) + i];
            if (losses > 1e-12 * sums[(Gains * b) + i])
            {
                factors[lost++] = sums[(Gains * b) + i] / losses;
            }
        }

        figures = figures with
        {
            Average = Middle(averages[..drawn]),
            SuccessRate = Middle(rates.AsSpan(0, drawn)),
            Sharpe = Middle(sharpes.AsSpan(0, varied)),
            ProfitFactor = Middle(factors.AsSpan(0, lost)),
        };
    }

    private static void AddWeighted(ReadOnlySpan<float> weights, double r, Span<double> sums, int from)
    {
        var b = sums.Length / Columns;
        var count = sums.Slice((Count * b) + from, weights.Length);
        var sum = sums.Slice((Sum * b) + from, weights.Length);
        var squares = sums.Slice((Squares * b) + from, weights.Length);
        var i = 0;
        for (; i + 8 <= weights.Length; i += 8)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(weights[i..]));
            Increase(count[i..], low, high);
            (low, high) = (low * r, high * r);
            Increase(sum[i..], low, high);
            Increase(squares[i..], low * r, high * r);
        }

        for (; i < weights.Length; i++)
        {
            count[i] += weights[i];
            sum[i] += weights[i] * r;
            squares[i] += weights[i] * r * r;
        }

        if (r > 0)
        {
            AddGains(weights, r, sums.Slice((Gains * b) + from, weights.Length), sums.Slice((Wins * b) + from, weights.Length));
        }
    }

    private static void AddGains(ReadOnlySpan<float> weights, double r, Span<double> gains, Span<double> wins)
    {
        var i = 0;
        for (; i + 8 <= weights.Length; i += 8)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(weights[i..]));
            Increase(wins[i..], low, high);
            Increase(gains[i..], low * r, high * r);
        }

        for (; i < weights.Length; i++)
        {
            gains[i] += weights[i] * r;
            wins[i] += weights[i];
        }
    }

    private static void Increase(Span<double> sums, Vector256<double> low, Vector256<double> high)
    {
        (Vector256.Create<double>(sums) + low).CopyTo(sums);
        (Vector256.Create<double>(sums[4..]) + high).CopyTo(sums[4..]);
    }

    /// <summary>The middle 95 % of values, whose order changes; unknown of fewer than half of the resamples.</summary>
    private Interval95 Middle(Span<double> values)
    {
        if (2 * values.Length < Options.Resamples)
        {
            return Interval95.Unknown;
        }

        var cut = (int)(0.025 * values.Length);
        return new Interval95(Selection.Pick(values, cut), Selection.Pick(values, values.Length - 1 - cut));
    }

    private int SessionsOf(OutcomeSeries series) => Table.Set.Interval switch
    {
        // Weeks and months count as the dates that there are.
        Candles.CandleInterval.OneWeek or Candles.CandleInterval.OneMonth => Horizon.Candles(series.Context) ?? 1,
        _ => Math.Max(1, Horizon.Sessions(series.Context.Calendar)),
    };
}
