using Finstage.Adapters.Storage;
using Finstage.Grains.Bot;
using Finstage.Grains.Jobs;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Grains.Reports;
using Finstage.Hosting;
using Finstage.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Finstage.Grains.Tests.Hosts;

/// <summary>Grains on the host under test, over one real store, with a clock and a messenger that do what a test says.</summary>
internal sealed class World : IAsyncDisposable
{
    /// <summary>When every test begins: a Monday, at a whole hour.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private SqlStore? store;
    private GrainCluster? cluster;

    private World()
    {
    }

    public FakeTime Time { get; } = new(Start);

    /// <summary>Seconds of the clock.</summary>
    public long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    public SqlStore Store => store!;

    /// <summary>The history as the grains see it: the same store behind a gate that can fail.</summary>
    public FaultyMarketStore Market { get; private set; } = null!;

    /// <summary>Prices as the grains see them: the same store behind a gate that can fail.</summary>
    public FaultyPriceStore Prices { get; private set; } = null!;

    public RecordingMessenger Messenger { get; private set; } = null!;

    public GrainCluster Cluster => cluster!;

    public IGrains Grains => Cluster.Grains;

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<World> StartAsync(IEnumerable<Chat>? chats = null, IEnumerable<IJobWork>? works = null, ProbeHooks? hooks = null, JobPlans? plans = null)
    {
        var world = new World();
        world.store = await SqlStore.OpenAsync(world.folder.File("finstage.db"), world.Time, Stop);
        await world.store.SeedChatsAsync([.. chats ?? []], Stop);
        world.Market = new FaultyMarketStore(world.store);
        world.Prices = new FaultyPriceStore(world.store.Prices);
        world.Messenger = new RecordingMessenger(world.Time);
        world.cluster = await GrainCluster.StartAsync(services =>
        {
            services.AddSingleton<TimeProvider>(world.Time);
            services.AddSingleton<IMarketStore>(world.Market).AddSingleton<IMessenger>(world.Messenger);

            // Handed over as it is, so that no container disposes it.
            services.AddSingleton<IOutbox>(world.Store).AddSingleton<IPriceStore>(world.Prices);
            services.AddSingleton<IReminderStore>(world.Store).AddSingleton<IGrainStateStore>(world.Store);
            services.AddSingleton(world.Store.Insights).AddSingleton(world.Store.Backtests).AddSingleton(world.Store.Outcomes).AddSingleton(world.Store.Reports);
            services.AddSingleton(world.Store.News);
            services.AddSingleton(world.Store.JobRuns).AddSingleton(plans ?? JobPlans.None);
            services.AddSingleton(new ReportOptions()).AddSingleton<ReportReader>();
            services.AddSingleton(Options.Create(new NotifierOptions())).AddSingleton(hooks ?? new ProbeHooks());
            services.AddSingleton(world.Store.Chats).AddSingleton(new SendGate(new NotifierOptions(), world.Time));
            services.AddSingleton(Options.Create(new BotOptions())).AddBot();
            foreach (var work in works ?? [])
            {
                services.AddSingleton(work);
            }
        });
        return world;
    }

    /// <summary>Moves the clock in steps until something holds.</summary>
    public async Task AdvanceUntilAsync(Func<bool> holds, TimeSpan step)
    {
        for (var i = 0; i < 5_000 && !holds(); i++)
        {
            await Time.AdvanceAsync(step);
        }

        Assert.True(holds(), "It did not happen, however far the clock went.");
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }

        if (store is not null)
        {
            await store.DisposeAsync();
        }

        folder.Dispose();
    }
}
