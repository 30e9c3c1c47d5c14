using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// What chance says of every group of a table: intervals by a stationary bootstrap over dates, and a test against random entries.
/// Immutable and thread-safe.
/// </summary>
public sealed class LuckTable
{
    private readonly LuckFigures[] figures;

    private LuckTable(BacktestTable table, LuckOptions options, LuckFigures[] figures) =>
        (Table, Options, this.figures) = (table, options, figures);

    /// <summary>The table that was tested.</summary>
    public BacktestTable Table { get; }

    /// <summary>How it was tested.</summary>
    public LuckOptions Options { get; }

    /// <summary>What chance says of a row of the table.</summary>
    public LuckFigures Of(BacktestRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Find(row.Symbol, row.Strategy, row.Horizon, row.Direction);
    }

    /// <summary>What chance says of a group; unknown where there are too few outcomes.</summary>
    /// <param name="symbol">The symbol; null for all together.</param>
    /// <param name="strategy">The strategy; null for all together.</param>
    /// <param name="horizon">The horizon.</param>
    /// <param name="direction">The direction; null for both together.</param>
    public LuckFigures Find(string? symbol, string? strategy, Horizon horizon, Direction? direction = null) =>
        Table.PlaceOf(symbol, strategy, horizon, direction) is var place && place < 0 ? LuckFigures.Unknown : figures[place];

    /// <summary>Tests every group of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told the share of the work that is done, 0 to 1, from any thread.</param>
    /// <param name="cancellation">Gives up between two series or strategies.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static LuckTable Of(
        BacktestTable table, LuckOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new LuckOptions();
        options.Validate();
        var figures = new LuckFigures[table.Index.Count];
        Array.Fill(figures, LuckFigures.Unknown);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellation };
        var (done, all) = (0, 2 * table.Horizons.Count);
        for (var h = 0; h < table.Horizons.Count; h++)
        {
            new RandomEntryTest(table, h, options, figures).Run(parallel);
            progress?.Report((double)++done / all);
            new DateBootstrap(table, h, options, figures).Run(parallel);
            progress?.Report((double)++done / all);
        }

        return new LuckTable(table, options, figures);
    }
}
