using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// The signals of many series of one interval with their outcomes, close to close: what statistics, patterns and the tests for luck are made
/// from. Nothing in it depends on the number of threads. Immutable and thread-safe.
/// </summary>
public sealed class OutcomeSet
{
    private OutcomeSet(CandleInterval interval, IReadOnlyList<string> strategies, IReadOnlyList<OutcomeSeries> series) =>
        (Interval, Strategies, Series) = (interval, strategies, series);

    /// <summary>The interval of every series.</summary>
    public CandleInterval Interval { get; }

    /// <summary>The strategies, whose places are those of <see cref="OutcomeSeries.Of(int)"/>.</summary>
    public IReadOnlyList<string> Strategies { get; }

    /// <summary>The series, in the order in which they were given.</summary>
    public IReadOnlyList<OutcomeSeries> Series { get; }

    /// <summary>Judges series with strategies of the catalog and measures what came of it.</summary>
    /// <param name="series">The series, all of one interval.</param>
    /// <param name="strategies">The strategies.</param>
    /// <param name="options">What is wanted; null for the defaults.</param>
    /// <param name="progress">Told the share of the work that is done, 0 to 1, from any thread.</param>
    /// <param name="cancellation">Gives up between two series.</param>
    /// <exception cref="ArgumentException">The series have several intervals, or candles are not ascending.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static OutcomeSet Replay(
        IReadOnlyList<SeriesHistory> series, IReadOnlyList<StrategyInfo> strategies, BacktestOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(strategies);
        var judges = new ConcurrentBag<Judge>();
        return Build(series, [.. strategies.Select(s => s.Id)], options ?? new BacktestOptions(), Run, progress, cancellation);

        void Run(int i, SignalTaker take)
        {
            // An engine costs more to make than a series to judge.
            var judge = judges.TryTake(out var idle) ? idle : new Judge(strategies);
            take(judge.Signals(series[i]));
            judges.Add(judge);
        }
    }

    /// <summary>Measures what came of signals that are known already.</summary>
    /// <param name="series">The series, all of one interval.</param>
    /// <param name="signals">The signals of each series, in order of time.</param>
    /// <param name="strategies">The identifiers of the strategies wanted; signals of others are left out.</param>
    /// <param name="options">What is wanted; null for the defaults.</param>
    /// <param name="cancellation">Gives up between two series.</param>
    /// <exception cref="ArgumentException">
    /// The series have several intervals, there are not as many lists as series, or a signal is not on a candle.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static OutcomeSet Of(
        IReadOnlyList<SeriesHistory> series, IReadOnlyList<IReadOnlyList<Signal>> signals, IReadOnlyList<string> strategies,
        BacktestOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(signals);
        return series.Count == signals.Count
            ? Build(series, strategies, options ?? new BacktestOptions(), (i, take) => take([.. signals[i]]), null, cancellation)
            : throw new ArgumentException("A list of signals belongs to each series.", nameof(signals));
    }

    private static OutcomeSet Build(
        IReadOnlyList<SeriesHistory> series, IReadOnlyList<string> strategies, BacktestOptions options, Action<int, SignalTaker> judge,
        IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(strategies);
        if (series.Any(s => s.Context.Interval != series[0].Context.Interval))
        {
            throw new ArgumentException("The series of a set have one interval.", nameof(series));
        }

        var placeOf = strategies.Select((id, place) => (id, place)).ToDictionary(p => p.id, p => p.place, StringComparer.Ordinal);
        var outcomes = new OutcomeSeries[series.Count];
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellation };
        Parallel.For(0, series.Count, parallel, i =>
        {
            judge(i, signals => outcomes[i] = OutcomeSeries.Of(series[i], signals, placeOf, options));
            progress?.Report((double)Interlocked.Increment(ref done) / series.Count);
        });
        return new OutcomeSet(series.Count == 0 ? CandleInterval.OneDay : series[0].Context.Interval, [.. strategies], outcomes);
    }

    private delegate void SignalTaker(ReadOnlySpan<Signal> signals);

    /// <summary>The engines of one worker, an engine per context, and the list that they write to.</summary>
    private sealed class Judge(IReadOnlyList<StrategyInfo> strategies)
    {
        private readonly Dictionary<SeriesContext, SymbolEngine> engines = [];
        private readonly List<Signal> signals = [];

        public ReadOnlySpan<Signal> Signals(SeriesHistory series)
        {
            if (engines.TryGetValue(series.Context, out var engine))
            {
                engine.Reset();
            }
            else
            {
                engine = new SymbolEngine(series.Context, strategies);
                engines.Add(series.Context, engine);
            }

            signals.Clear();
            engine.Commit(series.Candles, signals);
            return CollectionsMarshal.AsSpan(signals);
        }
    }
}
