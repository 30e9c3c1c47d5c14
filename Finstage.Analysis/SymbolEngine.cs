using System.Numerics;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;

namespace Finstage.Analysis;

/// <summary>
/// Closed candles in, signals out: the same object live, in a replay and in a backtest. Each distinct indicator is calculated once
/// per candle, then every strategy judges it. The signals are a pure function of the candles from the series' first one, however
/// they are cut into calls. Nothing is allocated for a candle on which nothing fires. Not thread-safe.
/// </summary>
public sealed class SymbolEngine
{
    // On daily candles a strategy fires every 25 candles or so.
    private const int UsualDistance = 25;

    private readonly Inputs inputs;
    private readonly Strategy[] strategies;
    private readonly SignalBlock block = new();
    private readonly ulong[] marks = new ulong[Inputs.Block];

    // The strategies, of the first 64, that are asked about every candle: those that watch for nothing, or are not ready yet.
    private ulong always;

    /// <summary>Creates an engine that has seen nothing.</summary>
    /// <param name="context">What is known of the series.</param>
    /// <param name="strategies">The strategies that judge each candle; their order is the order of signals on one candle.</param>
    public SymbolEngine(SeriesContext context, IEnumerable<StrategyInfo> strategies)
        : this(context, strategies, StrategyCatalog.Make)
    {
    }

    /// <summary>Creates an engine over strategies of other origin.</summary>
    internal SymbolEngine(SeriesContext context, IEnumerable<StrategyInfo> strategies, Func<StrategyInfo, Inputs, Strategy> make)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(strategies);
        inputs = new Inputs(context);
        this.strategies = [.. strategies.Select(info => make(info, inputs))];
        FindAlways();
    }

    /// <summary>The number of candles committed.</summary>
    public long Samples { get; private set; }

    /// <summary>Open time of the newest candle committed, Unix seconds; <see cref="long.MinValue"/> before the first.</summary>
    public long LastTime { get; private set; } = long.MinValue;

    /// <summary>The strategies at work.</summary>
    public IReadOnlyList<Strategy> Strategies => strategies;

    /// <summary>The distinct indicators that are calculated.</summary>
    public IEnumerable<IndicatorKey> Indicators => inputs.Indicators;

    /// <summary>Commits one closed candle.</summary>
    /// <param name="candle">The candle; it opens after <see cref="LastTime"/>.</param>
    /// <param name="signals">Takes what fired.</param>
    /// <exception cref="ArgumentException">
    /// The candle is not later than the newest one, or a number in it is not finite; nothing was changed.
    /// </exception>
    public void Commit(in Candle candle, List<Signal> signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        ThrowUnlessValid(new ReadOnlySpan<Candle>(in candle));
        var row = inputs.TakeOne(candle);
        var becameReady = false;
        for (var due = always | inputs.Watches.Next(row); due != 0; due &= due - 1)
        {
            var strategy = strategies[BitOperations.TrailingZeroCount(due)];
            var wasReady = strategy.IsReady;
            strategy.RunOne(row, block);
            becameReady |= strategy.IsReady != wasReady;
        }

        for (var i = Watches.StrategiesMax; i < strategies.Length; i++)
        {
            strategies[i].RunOne(row, block);
        }

        if (becameReady)
        {
            FindAlways();
        }

        block.Drain(1, signals);
        Samples++;
        LastTime = candle.Time;
    }

    /// <summary>Commits closed candles in order.</summary>
    /// <param name="candles">The candles, strictly ascending, the first after <see cref="LastTime"/>.</param>
    /// <param name="signals">Takes what fired, by candle, then by strategy.</param>
    /// <exception cref="ArgumentException">The candles are not ascending, or a number is not finite; nothing was changed.</exception>
    public void Commit(ReadOnlySpan<Candle> candles, List<Signal> signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        ThrowUnlessValid(candles);
        if (candles.Length > Inputs.Block)
        {
            // What all strategies together usually say, so that a long series does not make the list grow again and again.
            signals.EnsureCapacity(signals.Count + (int)((long)candles.Length * strategies.Length / UsualDistance));
        }

        Span<ulong> marked = stackalloc ulong[Inputs.Block / BitMatrix.Size];
        for (var done = 0; done < candles.Length; done += Inputs.Block)
        {
            var part = candles.Slice(done, Math.Min(Inputs.Block, candles.Length - done));
            var first = inputs.Take(part);
            Mark(first, part.Length);
            foreach (var strategy in strategies)
            {
                MarksOf(strategy, marked);
                strategy.Run(first, part.Length, marked, block);
            }

            block.Drain(part.Length, signals);
            Samples += part.Length;
            LastTime = part[^1].Time;
        }

        FindAlways();
    }

    /// <summary>Forgets every candle.</summary>
    public void Reset()
    {
        inputs.Reset();
        foreach (var strategy in strategies)
        {
            strategy.Reset();
        }

        Samples = 0;
        LastTime = long.MinValue;
        FindAlways();
    }

    // For each row the strategies that must be asked, turned into the rows for each strategy.
    private void Mark(Row first, int count)
    {
        Array.Clear(marks);
        for (var i = 0; i < count; i++)
        {
            marks[i] = inputs.Watches.Next(first.After(i));
        }

        for (var word = 0; word < marks.Length; word += BitMatrix.Size)
        {
            BitMatrix.Transpose(marks.AsSpan(word, BitMatrix.Size));
        }
    }

    private void MarksOf(Strategy strategy, Span<ulong> marked)
    {
        for (var word = 0; strategy.IsWatching && word < marked.Length; word++)
        {
            marked[word] = marks[(word * BitMatrix.Size) + strategy.Number];
        }
    }

    private void FindAlways()
    {
        always = 0;
        for (var i = 0; i < Math.Min(strategies.Length, Watches.StrategiesMax); i++)
        {
            always |= strategies[i] is { IsReady: true, IsWatching: true } ? 0 : 1UL << i;
        }
    }

    private void ThrowUnlessValid(ReadOnlySpan<Candle> candles)
    {
        var last = LastTime;
        foreach (ref readonly var candle in candles)
        {
            if (candle.Time <= last)
            {
                throw new ArgumentException(
                    $"Candles are committed in ascending order: {candle.OpenTime:u} does not come after the one before.", nameof(candles));
            }

            Indicator.ThrowUnlessFinite(candle);
            last = candle.Time;
        }
    }
}
