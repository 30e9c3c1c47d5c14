using Finstage.Grains.Bot;
using Finstage.Grains.Charts;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Finstage.Grains.Notifier;

/// <summary>One chat's sender: keeps an <see cref="OutboxPump"/> running outside its turns while it is active.</summary>
internal sealed class NotifierGrain(
    IOutbox outbox, IChatStore chats, IMarketStore store, IMessenger messenger, SendGate gate, IOptions<NotifierOptions> options, IOptions<BotOptions> bot,
    TimeProvider clock, ILogger<NotifierGrain> logger)
    : KeyedGrain, INotifierGrain
{
    private const string Heartbeat = "heartbeat";
    private OutboxPump? pump;

    protected override async Task ActivateAsync(CancellationToken cancellation)
    {
        // The beat brings the sender back after a crash, and keeps it from being put away as idle.
        await SetReminderAsync(Heartbeat, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

        // Last, since an activation that fails afterwards would leave a second sender behind.
        var grains = Grains;
        var tools = new PumpTools(outbox, chats, messenger, gate, options.Value, clock, logger, to => grains.Get<INotifierGrain>(to).WakeAsync(0))
        {
            HasButtons = bot.Value.IsOn && Key != Chat.ConsoleId,
        };
        var follower = options.Value.Charts && Key != Chat.ConsoleId ? new ChartFollower(Key, tools, new ChartMaker(store)) : null;
        pump = new OutboxPump(Key, tools) { Follower = follower };
        RunOutside(pump.RunAsync);
        if (follower is not null)
        {
            RunOutside(follower.RunAsync);
        }
    }

    protected override Task RemindAsync(string reminder) => WakeAsync(0);

    public Task WakeAsync(long replayedTo)
    {
        pump?.Wake(replayedTo);
        return Task.CompletedTask;
    }

    public Task<NotifierView> DescribeAsync() =>
        Task.FromResult(new NotifierView(Key, pump is not null, pump?.Pending ?? 0, pump?.LastError));
}
