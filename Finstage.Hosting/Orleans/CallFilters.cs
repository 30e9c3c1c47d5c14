using Orleans;
using Orleans.Runtime;

namespace Finstage.Hosting.Cluster;

/// <summary>Refuses a call that the table does not allow, at the caller, before anything is sent.</summary>
internal sealed class OutgoingCallFilter(CallTable table) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (TravellingChain.IsOurs(context.InterfaceMethod.DeclaringType))
        {
            CallChain.Check(table, TravellingChain.Current, GrainId.KindOf(context.InterfaceMethod.DeclaringType!));
        }

        return context.Invoke();
    }
}

/// <summary>Adds the called grain to the chain for the length of its turn, and measures the turn.</summary>
internal sealed class IncomingCallFilter(HostMetrics metrics, TimeProvider time) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (ContractOf(context) is not { } contract)
        {
            await context.Invoke();
            return;
        }

        var kind = GrainId.KindOf(contract);
        TravellingChain.Current = CallChain.Add(TravellingChain.Current, new GrainId(kind, context.TargetContext.GrainId.Key.ToString()!));
        var (start, well) = (time.GetTimestamp(), false);
        try
        {
            await context.Invoke();
            well = true;
        }
        finally
        {
            metrics.Turn(kind, well, time.GetElapsedTime(start));
        }
    }

    // A reminder comes through an interface of the cluster's; the turn is the grain's all the same.
    private static Type? ContractOf(IIncomingGrainCallContext context)
    {
        var called = context.InterfaceMethod.DeclaringType;
        return TravellingChain.IsOurs(called) ? called
            : called == typeof(IRemindable) ? TravellingChain.ContractOf(context.Grain.GetType())
            : null;
    }
}

/// <summary>The call chain in the context that the cluster carries with each call.</summary>
internal static class TravellingChain
{
    private const string Name = "finstage.chain";

    public static string[] Current
    {
        get => RequestContext.Get(Name) as string[] ?? [];
        set => RequestContext.Set(Name, value);
    }

    /// <summary>The contract of a grain class; null when it is not one of ours.</summary>
    public static Type? ContractOf(Type grain) => grain.GetInterfaces().FirstOrDefault(type => type != typeof(IKeyedGrain) && IsOurs(type));

    public static bool IsOurs(Type? contract) => contract is not null && typeof(IKeyedGrain).IsAssignableFrom(contract);
}
