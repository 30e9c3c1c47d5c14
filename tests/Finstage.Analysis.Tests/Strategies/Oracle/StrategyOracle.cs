using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using static Finstage.Analysis.Tests.Strategies.Oracle.Naive;

namespace Finstage.Analysis.Tests.Strategies.Oracle;

/// <summary>What must be the same: the figures and the reason are the product's own.</summary>
internal readonly record struct Fired(long Time, string Strategy, Direction Direction, int Confidence);

/// <summary>
/// Every row of the rules, read from the document and written down as plainly as possible over whole arrays. It shares nothing with
/// the product but the candle and the names.
/// </summary>
internal sealed partial class StrategyOracle
{
    private readonly Candle[] candles;
    private readonly CandleInterval interval;
    private readonly int[] date;
    private readonly double[] o;
    private readonly double[] h;
    private readonly double[] l;
    private readonly double[] c;
    private readonly double[] v;
    private readonly double[] v20;
    private readonly double[] rsi;
    private readonly int n;
    private readonly List<Fired> fired = [];

    private StrategyOracle(Candle[] candles, CandleInterval interval, bool isNewYork)
    {
        this.candles = candles;
        this.interval = interval;
        n = candles.Length;
        (o, h, l, c, v) = (Each(n, i => candles[i].Open), Each(n, i => candles[i].High), Each(n, i => candles[i].Low), Each(n, i => candles[i].Close), Each(n, i => candles[i].Volume));
        date = [.. candles.Select(candle => DateOf(candle.Time, isNewYork && interval < CandleInterval.OneDay))];
        v20 = Each(n, i => i < 20 ? double.NaN : v[(i - 20)..i].Average());
        rsi = Rsi(c, 14);
    }

    private delegate double? Rule(int i);

    public static List<Fired> Run(Candle[] candles, CandleInterval interval, bool isNewYork)
    {
        var oracle = new StrategyOracle(candles, interval, isNewYork);
        oracle.Trend();
        oracle.Momentum();
        oracle.Volatility();
        oracle.Volume();
        oracle.Levels();
        oracle.Combined();
        oracle.CandlePattern();
        return Sorted(oracle.fired);
    }

    public static List<Fired> Sorted(IEnumerable<Fired> signals) =>
        [.. signals.OrderBy(s => s.Time).ThenBy(s => s.Strategy, StringComparer.Ordinal).ThenBy(s => s.Direction)];

    // Numbers closer than 1e-9 × max(1, |a|, |b|) are equal in every comparison; with NaN everything is false.
    private static bool Eq(double a, double b) => Math.Abs(a - b) < 1e-9 * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));

    private static bool Gt(double a, double b) => a > b && !Eq(a, b);

    private static bool Lt(double a, double b) => a < b && !Eq(a, b);

    private static bool Ge(double a, double b) => a > b || Eq(a, b);

    private static bool Le(double a, double b) => a < b || Eq(a, b);

    private static bool CrossUp(double[] a, double[] b, int i) => i > 0 && Le(a[i - 1], b[i - 1]) && Gt(a[i], b[i]);

    private static bool CrossDown(double[] a, double[] b, int i) => i > 0 && Ge(a[i - 1], b[i - 1]) && Lt(a[i], b[i]);

    private static int DateOf(long time, bool isNewYork)
    {
        var moment = DateTimeOffset.FromUnixTimeSeconds(time);
        var local = isNewYork ? TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById("America/New_York")) : moment;
        return DateOnly.FromDateTime(local.DateTime).DayNumber;
    }

    private double[] Level(double level) => Each(n, _ => level);

    // This volume and the 20 before are known and above zero.
    private bool Known(int i) => i >= 20 && v[(i - 20)..(i + 1)].All(x => x > 0);

    private bool VolumeGe(double times, int i) => Known(i) && Ge(v[i], times * v20[i]);

    private bool VolumeGt(double times, int i) => Known(i) && Gt(v[i], times * v20[i]);

    /// <summary>The first candle on which everything has a value; it never fires, the next may.</summary>
    private int FirstWithAll(params double[][] named)
    {
        var first = Enumerable.Range(0, n).Cast<int?>().FirstOrDefault(i => named.All(x => !double.IsNaN(x[i!.Value])));
        return first ?? n;
    }

    /// <summary>A row without "enters": fires on every candle after the ready one on which the rule gives a confidence.</summary>
    private void Every(string id, int ready, Rule buy, Rule sell)
    {
        for (var i = ready + 1; i < n; i++)
        {
            Add(id, i, Direction.Buy, buy(i));
            Add(id, i, Direction.Sell, sell(i));
        }
    }

    /// <summary>A row with "enters (k)": it holds now and held on none of the k candles before, ready or not.</summary>
    private void Enters(string id, int ready, Rule buy, Rule sell, int k = 1)
    {
        foreach (var (direction, rule) in new[] { (Direction.Buy, buy), (Direction.Sell, sell) })
        {
            var holds = Enumerable.Range(0, n).Select(i => rule(i)).ToArray();
            for (var i = ready + 1; i < n; i++)
            {
                if (holds[Math.Max(0, i - k)..i].All(before => before is null))
                {
                    Add(id, i, direction, holds[i]);
                }
            }
        }
    }

    private void Add(string id, int i, Direction direction, double? confidence)
    {
        if (confidence is { } value)
        {
            fired.Add(new Fired(candles[i].Time, id, direction, (int)Math.Floor(value + 0.5)));
        }
    }

    private static double? If(bool holds, double confidence) => holds ? confidence : null;

    private static double? Never(int i) => null;
}
