using System.Reflection;

namespace Finstage.Hosting.Embedded;

/// <summary>What <see cref="IGrains.Get"/> hands out: an object with the contract's methods that calls the grain through its mailbox.</summary>
internal class GrainProxy : DispatchProxy
{
    private GrainDirectory directory = null!;
    private GrainContract contract = null!;
    private GrainId id;

    public static object Create(GrainDirectory directory, GrainContract contract, GrainId id)
    {
        var created = Create(contract.Contract, typeof(GrainProxy));
        var proxy = (GrainProxy)created;
        (proxy.directory, proxy.contract, proxy.id) = (directory, contract, id);
        return created;
    }

    /// <inheritdoc/>
    public override string ToString() => id.ToString();

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        contract.Method(targetMethod!).CallAsync(directory, contract, id, args ?? []);
}
