using Finstage.Grains.Ports;

namespace Finstage.Adapters.Tests.Storage.MySql;

/// <summary>The tests of commits, on the shared database.</summary>
public sealed class CommitMySqlTests : CommitTests
{
    /// <inheritdoc/>
    protected override async Task<TestStore> OpenAsync(params Chat[] chats) => await MySqlTestStore.NewAsync(chats);
}

/// <summary>The tests of series, candles and signals, on the shared database.</summary>
public sealed class MarketStoreMySqlTests : MarketStoreTests
{
    /// <inheritdoc/>
    protected override async Task<TestStore> OpenAsync(params Chat[] chats) => await MySqlTestStore.NewAsync(chats);
}

/// <summary>The tests of the outbox, on the shared database.</summary>
public sealed class OutboxMySqlTests : OutboxTests
{
    /// <inheritdoc/>
    protected override async Task<TestStore> OpenAsync(params Chat[] chats) => await MySqlTestStore.NewAsync(chats);
}

/// <summary>The tests of the grains' state and reminders, on the shared database.</summary>
public sealed class GrainStoresMySqlTests : GrainStoresTests
{
    /// <inheritdoc/>
    protected override async Task<TestStore> OpenAsync(params Chat[] chats) => await MySqlTestStore.NewAsync(chats);
}

/// <summary>The tests of what is newest, on the shared database.</summary>
public sealed class OverviewStoreMySqlTests : OverviewStoreTests
{
    /// <inheritdoc/>
    protected override async Task<TestStore> OpenAsync(params Chat[] chats) => await MySqlTestStore.NewAsync(chats);
}

/// <summary>The tests of backtests, on the shared database.</summary>
public sealed class BacktestStoreMySqlTests : BacktestStoreTests
{
    /// <inheritdoc/>
    protected override async Task<TestStore> OpenAsync(params Chat[] chats) => await MySqlTestStore.NewAsync(chats);
}

/// <summary>The tests of outcomes, on the shared database.</summary>
public sealed class OutcomeStoreMySqlTests : OutcomeStoreTests
{
    /// <inheritdoc/>
    protected override async Task<TestStore> OpenAsync(params Chat[] chats) => await MySqlTestStore.NewAsync(chats);
}

/// <summary>The tests of API keys, on the shared database.</summary>
public sealed class ApiKeyStoreMySqlTests : ApiKeyStoreTests
{
    /// <inheritdoc/>
    protected override async Task<TestStore> OpenAsync(params Chat[] chats) => await MySqlTestStore.NewAsync(chats);
}

/// <summary>The tests of news, on the shared database.</summary>
public sealed class NewsStoreMySqlTests : NewsStoreTests
{
    /// <inheritdoc/>
    protected override async Task<TestStore> OpenAsync(params Chat[] chats) => await MySqlTestStore.NewAsync(chats);
}

/// <summary>The tests of jobs' runs, on the shared database.</summary>
public sealed class JobRunStoreMySqlTests : JobRunStoreTests
{
    /// <inheritdoc/>
    protected override async Task<TestStore> OpenAsync(params Chat[] chats) => await MySqlTestStore.NewAsync(chats);
}

/// <summary>The tests of reports, on the shared database.</summary>
public sealed class ReportStoreMySqlTests : ReportStoreTests
{
    /// <inheritdoc/>
    protected override async Task<TestStore> OpenAsync(params Chat[] chats) => await MySqlTestStore.NewAsync(chats);
}

/// <summary>The tests of patterns and clusters, on the shared database.</summary>
public sealed class InsightStoreMySqlTests : InsightStoreTests
{
    /// <inheritdoc/>
    protected override async Task<TestStore> OpenAsync(params Chat[] chats) => await MySqlTestStore.NewAsync(chats);
}

/// <summary>The tests of prices, on the shared database.</summary>
public sealed class PriceStoreMySqlTests : PriceStoreTests
{
    /// <inheritdoc/>
    protected override async Task<TestStore> OpenAsync(params Chat[] chats) => await MySqlTestStore.NewAsync(chats);
}

/// <summary>The tests of histories of feeds, on the shared database.</summary>
public sealed class HistoryStoreMySqlTests : HistoryStoreTests
{
    /// <inheritdoc/>
    protected override async Task<TestStore> OpenAsync(params Chat[] chats) => await MySqlTestStore.NewAsync(chats);
}

/// <summary>The tests of leases, on the shared database.</summary>
public sealed class LeaseStoreMySqlTests : LeaseStoreTests
{
    /// <inheritdoc/>
    protected override async Task<TestStore> OpenAsync(params Chat[] chats) => await MySqlTestStore.NewAsync(chats);
}
