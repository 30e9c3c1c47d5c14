using System.Runtime.CompilerServices;
using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Indicators;

/// <summary>
/// A streaming indicator: one closed candle at a time, no allocation after construction. Not thread-safe; make one per series with
/// <see cref="IndicatorCatalog"/>.
/// </summary>
public abstract class Indicator
{
    private protected Indicator(IndicatorKey key, IndicatorInfo info)
    {
        Key = key;
        Info = info;
    }

    /// <summary>What was asked for: the id with its parameters.</summary>
    public IndicatorKey Key { get; }

    /// <summary>The catalog entry.</summary>
    public IndicatorInfo Info { get; }

    /// <summary>
    /// The number of candles after which every output has a value, at least 1. What tells of an event that has not happened, or has no
    /// value by its formula, such as a price without volume, may stay absent.
    /// </summary>
    public abstract int WarmUp { get; }

    /// <summary>The number of candles taken since construction or <see cref="Reset"/>.</summary>
    public long Samples { get; private protected set; }

    /// <summary>Whether <see cref="WarmUp"/> candles were taken.</summary>
    public bool IsReady => Samples >= WarmUp;

    /// <summary>How many candles are missing until it is ready; 0 when it is.</summary>
    public int Missing => (int)Math.Max(0, WarmUp - Samples);

    /// <summary>The outputs after the newest candle, in the order of <see cref="IndicatorInfo.Outputs"/>; NaN where there is no value.</summary>
    public abstract ReadOnlySpan<double> Values { get; }

    /// <summary>The main output after the newest candle; NaN where there is no value.</summary>
    public double Value => Values[0];

    /// <summary>Takes the next closed candle.</summary>
    /// <param name="candle">The candle.</param>
    /// <exception cref="NotFiniteCandleException">A price or the volume is NaN or infinite; nothing was changed.</exception>
    public void Update(in Candle candle)
    {
        ThrowUnlessFinite(candle);
        Take(candle);
    }

    /// <summary>Takes many candles at once and writes the outputs row by row: the same as <see cref="Update"/> in a loop, faster.</summary>
    /// <param name="candles">The candles, finite, ascending.</param>
    /// <param name="rows">Room for one row of outputs per candle.</param>
    /// <exception cref="ArgumentException"><paramref name="rows"/> is too short; nothing was changed.</exception>
    /// <exception cref="NotFiniteCandleException">A price or a volume is NaN or infinite; nothing was changed.</exception>
    public abstract void Run(ReadOnlySpan<Candle> candles, Span<double> rows);

    /// <summary>Forgets every candle.</summary>
    public abstract void Reset();

    /// <summary>As <see cref="Update"/>, for a candle that is known to be finite.</summary>
    internal abstract void Take(in Candle candle);

    /// <summary>
    /// As <see cref="Run"/>, for an engine that has checked the candles once for all its indicators and reads the rows alone:
    /// <see cref="Samples"/> and <see cref="Values"/> stay as they are.
    /// </summary>
    /// <param name="candles">The candles.</param>
    /// <param name="rows">Where the first row begins; each further one begins <paramref name="width"/> places later.</param>
    /// <param name="width">How long a row is, at least the number of outputs.</param>
    internal abstract void Fill(ReadOnlySpan<Candle> candles, Span<double> rows, int width);

    /// <summary>As <see cref="Fill"/>, for one candle.</summary>
    internal abstract void FillOne(in Candle candle, Span<double> row);

    // A sum is finite only if its parts are; finite parts whose sum overflows take the slow look.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void ThrowUnlessFinite(in Candle candle)
    {
        if (!double.IsFinite(candle.Open + candle.High + candle.Low + candle.Close + candle.Volume))
        {
            LookClosely(candle);
        }
    }

    private static void LookClosely(in Candle candle)
    {
        if (!double.IsFinite(candle.Open) || !double.IsFinite(candle.High) || !double.IsFinite(candle.Low)
            || !double.IsFinite(candle.Close) || !double.IsFinite(candle.Volume))
        {
            throw new NotFiniteCandleException(candle);
        }
    }
}

/// <summary>An indicator over a kernel; the loop is compiled for that kernel.</summary>
/// <typeparam name="TKernel">The arithmetic.</typeparam>
public sealed class Indicator<TKernel> : Indicator
    where TKernel : struct, IIndicatorKernel<TKernel>
{
    private readonly double[] parameters;
    private readonly SeriesContext series;
    private readonly double[] values;
    private TKernel kernel;

    internal Indicator(IndicatorKey key, double[] parameters, SeriesContext series)
        : base(key, TKernel.Info)
    {
        this.parameters = parameters;
        this.series = series;
        values = new double[TKernel.Info.Outputs.Count];
        kernel = TKernel.Create(parameters, series);
        values.AsSpan().Fill(double.NaN);
    }

    /// <inheritdoc/>
    public override int WarmUp => kernel.WarmUp;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Values => values;

    /// <inheritdoc/>
    public override void Run(ReadOnlySpan<Candle> candles, Span<double> rows)
    {
        var width = values.Length;
        if (rows.Length < candles.Length * width)
        {
            throw new ArgumentException("There must be room for one row of outputs per candle.", nameof(rows));
        }

        foreach (ref readonly var candle in candles)
        {
            ThrowUnlessFinite(candle);
        }

        Fill(candles, rows, width);
        Samples += candles.Length;
        if (candles.Length > 0)
        {
            rows.Slice((candles.Length - 1) * width, width).CopyTo(values);
        }
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        kernel = TKernel.Create(parameters, series);
        values.AsSpan().Fill(double.NaN);
        Samples = 0;
    }

    /// <inheritdoc/>
    internal override void Fill(ReadOnlySpan<Candle> candles, Span<double> rows, int width)
    {
        // A copy on the stack: the compiler knows that writing rows does not change it, and keeps it in registers.
        var running = kernel;
        for (var i = 0; i < candles.Length; i++)
        {
            running.Update(candles[i], rows.Slice(i * width, values.Length));
        }

        kernel = running;
    }

    /// <inheritdoc/>
    internal override void FillOne(in Candle candle, Span<double> row) => kernel.Update(candle, row);

    /// <inheritdoc/>
    internal override void Take(in Candle candle)
    {
        kernel.Update(candle, values);
        Samples++;
    }
}
