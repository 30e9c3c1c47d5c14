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

/// <summary>Adds the called grain to the chain for the length of its turn.</summary>
internal sealed class IncomingCallFilter : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (ContractOf(context) is { } contract)
        {
            var key = context.TargetContext.GrainId.Key.ToString()!;
            TravellingChain.Current = CallChain.Add(TravellingChain.Current, new GrainId(GrainId.KindOf(contract), key));
        }

        return context.Invoke();
    }

    // A reminder comes through an interface of the cluster's; the turn is the grain's all the same.
    private static Type? ContractOf(IIncomingGrainCallContext context)
    {
        var called = context.InterfaceMethod.DeclaringType;
        return TravellingChain.IsOurs(called) ? called
            : called == typeof(IRemindable) ? context.Grain.GetType().GetInterfaces().FirstOrDefault(TravellingChain.IsContract)
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

    public static bool IsContract(Type type) => type != typeof(IKeyedGrain) && IsOurs(type);

    public static bool IsOurs(Type? contract) => contract is not null && typeof(IKeyedGrain).IsAssignableFrom(contract);
}
