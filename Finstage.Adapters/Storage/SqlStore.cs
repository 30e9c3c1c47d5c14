using Finstage.Grains.Ports;
using Finstage.Hosting;

namespace Finstage.Adapters.Storage;

/// <summary>
/// Everything the program keeps, in one SQL database: a store per subject over one <see cref="ISqlDatabase"/>. What grains and host ask
/// for the most is the store's own; every other subject is a property. Reads never wait for a writer, and a write that has returned is
/// on the disk. Thread-safe; an SQLite file belongs to one process, see <see cref="DataFolder"/>.
/// </summary>
public sealed partial class SqlStore : IMarketStore, IOutbox, IReminderStore, IGrainStateStore, IAsyncDisposable
{
    private readonly MarketStore market;
    private readonly Outbox outbox;
    private readonly ChatStore chats;
    private readonly ReminderStore reminders;
    private readonly GrainStateStore grainState;

    private SqlStore(ISqlDatabase plain)
    {
        var database = new MeasuredDatabase(plain);
        Database = database;
        market = new MarketStore(database);
        outbox = new Outbox(database);
        chats = new ChatStore(database);
        reminders = new ReminderStore(database);
        grainState = new GrainStateStore(database);
        Leases = new LeaseStore(database);
        History = new HistoryStore(database);
        Prices = new PriceStore(database);
        Insights = new InsightStore(database);
        Backtests = new BacktestStore(database);
        Outcomes = new OutcomeStore(database);
        Reports = new ReportStore(database);
        Overview = new OverviewStore(database);
        Keys = new ApiKeyStore(database);
        News = new NewsStore(database);
        JobRuns = new JobRunStore(database);
    }

    /// <summary>The rights that one process at a time has.</summary>
    public ILeases Leases { get; }

    /// <summary>What feeds were asked for.</summary>
    public IHistoryStore History { get; }

    /// <summary>Last prices, highs, thresholds and price alerts.</summary>
    public IPriceStore Prices { get; }

    /// <summary>What looking back over all history found.</summary>
    public IInsightStore Insights { get; }

    /// <summary>What signals were worth.</summary>
    public IBacktestStore Backtests { get; }

    /// <summary>What became of live signals.</summary>
    public IOutcomeStore Outcomes { get; }

    /// <summary>The reports that were written.</summary>
    public IReportStore Reports { get; }

    /// <summary>What is newest of everything, for people who look on.</summary>
    public IOverviewStore Overview { get; }

    /// <summary>The API keys.</summary>
    public ApiKeyStore Keys { get; }

    /// <summary>News and their sources.</summary>
    public INewsStore News { get; }

    /// <summary>Who is told, and what they wish.</summary>
    public IChatStore Chats => chats;

    /// <summary>The runs of jobs that ended.</summary>
    public IJobRuns JobRuns { get; }

    /// <summary>The database under the stores.</summary>
    internal ISqlDatabase Database { get; }

    /// <summary>
    /// Opens an SQLite file, or makes a new one where it is missing or empty. A file of an older version is copied beside itself, with
    /// <c>.v</c> and its schema's number added to its name, and brought up to date.
    /// </summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Gives up before the opening begins.</param>
    /// <exception cref="StoreException">The file is damaged, foreign, of a newer version, or out of reach. It was not changed.</exception>
    public static Task<SqlStore> OpenAsync(string path, TimeProvider time, CancellationToken cancellation = default) =>
        OpenAsync(path, time, new SqliteStoreOptions(), cancellation);

    /// <summary>The same, with limits of one's own.</summary>
    /// <exception cref="StoreException">The file is damaged, foreign, of a newer version, or out of reach. It was not changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    public static Task<SqlStore> OpenAsync(
        string path, TimeProvider time, SqliteStoreOptions options, CancellationToken cancellation = default) =>
        OpenAsync(path, Schema.Steps, time, options, cancellation);

    /// <summary>
    /// Writes a copy of the whole store as it is now, complete or not at all, over an older one of the same name. Reads and writes go
    /// on meanwhile.
    /// </summary>
    /// <param name="path">Where to; the folder is made where it is missing.</param>
    /// <param name="cancellation">Gives the copy up.</param>
    /// <exception cref="ArgumentException">The path is the store's own.</exception>
    /// <exception cref="StoreException">The copy cannot be written.</exception>
    public Task BackupAsync(string path, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Database.BackupAsync(Path.GetFullPath(path), cancellation);
    }

    /// <summary>Refreshes the statistics that queries are planned by, and tidies up what writing left behind.</summary>
    /// <param name="cancellation">Gives up before it begins.</param>
    public Task OptimizeAsync(CancellationToken cancellation = default) => Database.OptimizeAsync(cancellation);

    /// <summary>Takes no more work, finishes what is queued, and closes the database. Twice is as good as once.</summary>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    internal static Task<SqlStore> OpenAsync(
        string path, IReadOnlyList<string> steps, TimeProvider time, SqliteStoreOptions options, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var full = Path.GetFullPath(path);
        return Task.Run(() => new SqlStore(SqliteDatabase.Open(full, steps, time, options)), cancellation);
    }
}
