using Orleans.Runtime;

namespace Finstage.Silo.Hosts;

/// <summary>Tells in the log, in a sentence each, which other silos come, leave and die.</summary>
internal sealed partial class MembershipLog(ISiloStatusOracle members, ILogger<MembershipLog> logger) : ISiloStatusListener, IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        members.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        members.UnSubscribeFromSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (updatedSilo.Equals(members.SiloAddress))
        {
            return;
        }

        switch (status)
        {
            case SiloStatus.Active:
                LogJoined(updatedSilo.Endpoint.ToString());
                break;
            case SiloStatus.ShuttingDown:
                LogLeaving(updatedSilo.Endpoint.ToString());
                break;
            case SiloStatus.Dead:
                LogDead(updatedSilo.Endpoint.ToString());
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The silo {Silo} has joined.")]
    private partial void LogJoined(string silo);

    [LoggerMessage(Level = LogLevel.Information, Message = "The silo {Silo} is leaving; it hands its grains over.")]
    private partial void LogLeaving(string silo);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The silo {Silo} is gone; its grains go on at the silos that are left.")]
    private partial void LogDead(string silo);
}
