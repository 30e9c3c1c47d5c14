using Finstage.Grains.Interfaces.Bot;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Finstage.Grains.Bot;

/// <summary>How far the bot has come.</summary>
internal sealed class BotState
{
    public long Offset { get; set; }
}

/// <summary>Keeps a <see cref="BotPoller"/> running outside its turns while it is active; one in the cluster.</summary>
internal sealed class BotGrain : KeyedGrain, IBotGrain
{
    private const string Heartbeat = "heartbeat";
    private readonly IDurableState<BotState> state;
    private readonly BotPoller? poller;

    public BotGrain(
        IEnumerable<IBotApi> apis, BotAnswers answers, IChatStore chats, IOptions<BotOptions> options, TimeProvider clock, ILogger<BotGrain> logger)
    {
        state = State<BotState>("bot");
        var grains = Grains;
        poller = options.Value.IsOn && apis.FirstOrDefault() is { } api
            ? new BotPoller(api, answers, chats, options.Value, clock, logger, offset => grains.Get<IBotGrain>(IBotGrain.Main).SaveOffsetAsync(offset))
            : null;
    }

    protected override async Task ActivateAsync(CancellationToken cancellation)
    {
        if (poller is null)
        {
            await ClearReminderAsync(Heartbeat);
            return;
        }

        // The beat brings it back after a crash, and keeps it from being put away as idle.
        await SetReminderAsync(Heartbeat, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        var offset = state.Value.Offset;
        RunOutside(stop => poller.RunAsync(offset, stop));
    }

    protected override Task RemindAsync(string reminder) => Task.CompletedTask;

    public Task StartAsync() => Task.CompletedTask;

    public async Task SaveOffsetAsync(long offset)
    {
        if (offset > state.Value.Offset)
        {
            state.Value.Offset = offset;
            await state.WriteAsync();
        }
    }

    public Task<BotView> DescribeAsync() => Task.FromResult(new BotView(poller is not null, poller?.Answered ?? 0, poller?.Error));
}
