using System.Data.Common;
using Dapper;
using Finstage.Adapters.Storage;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using Finstage.Testing;
using Microsoft.Data.Sqlite;

namespace Finstage.Adapters.Tests.Storage;

/// <summary>A store of its own, and short words for what goes into it.</summary>
public class TestStore : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2025, 3, 3, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();

    protected TestStore()
    {
    }

    public FakeTime Time { get; } = new(Start);

    public SqlStore Store { get; protected set; } = null!;

    public string Path => folder.File("finstage.db");

    public string Folder => folder.Path;

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<TestStore> OpenAsync(params Chat[] chats)
    {
        var test = new TestStore();
        test.Store = await SqlStore.OpenAsync(test.Path, test.Time, cancellation: Stop);
        await test.Store.SeedChatsAsync(chats, Stop);
        return test;
    }

    public virtual async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await SqlStore.OpenAsync(Path, Time, cancellation: Stop);
    }

    public Task<CommitResult> CommitAsync(SeriesCommit commit) => Store.CommitAsync(commit, Stop);

    /// <summary>A look at the file past the store.</summary>
    public T Scalar<T>(string sql)
    {
        using var connection = Connect();
        return (T)Convert.ChangeType(connection.ExecuteScalar(sql)!, typeof(T), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Makes the database refuse to take an alert with this key.</summary>
    public void RefuseAlert(string key)
    {
        using var connection = Connect();
        connection.Execute(RefusalOf(key));
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected virtual DbConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    protected virtual string RefusalOf(string key) =>
        $"CREATE TRIGGER refuse BEFORE INSERT ON outbox WHEN NEW.alert_key = '{key}' BEGIN SELECT RAISE(ABORT, 'no'); END";

    public static long Day(int n) => n * 86_400L;

    public static Candle Candle(int day, double close = 10) => new(Day(day), close, close + 1, close - 1, close, 100 + day);

    public static Candle[] Candles(int from, int count) => [.. Enumerable.Range(from, count).Select(day => Candle(day, 10 + day))];

    public static Signal Signal(int day, string strategy = "MA_20_BREAKOUT", Direction direction = Direction.Buy, int confidence = 75) =>
        new(strategy, Day(day), direction, confidence, 10, "above", new Figures(1.5, 2.5));

    public static SignalKey KeyOf(Signal signal) => new(signal.Strategy, signal.Time, signal.Direction);

    public static Alert Alert(string key, string symbol = "AAPL", long asOf = 1_000, AlertDelivery delivery = AlertDelivery.Undecided) =>
        new(key, AlertKind.Signal, symbol, AlertPriority.High, AlertStream.Live, asOf, asOf, delivery, "{\"a\":1}");

    public static SeriesCommit Commit(
        long revision, IReadOnlyList<Candle>? candles = null, IReadOnlyList<Signal>? signals = null,
        IReadOnlyList<SignalKey>? superseded = null, IReadOnlyList<Alert>? alerts = null, Audience audience = Audience.EveryChat,
        string symbol = "AAPL", CandleInterval interval = CandleInterval.OneDay, int version = 1) =>
        new(symbol, interval, "csv", version, revision, "rules-1", candles ?? [], signals ?? [], superseded ?? [], alerts ?? [],
            audience, Start);
}
