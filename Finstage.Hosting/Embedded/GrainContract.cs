using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Finstage.Hosting.Embedded;

/// <summary>One kind of grain: its contract, its methods and how its objects are made.</summary>
internal sealed class GrainContract
{
    private readonly FrozenDictionary<MethodInfo, GrainMethod> methods;
    private readonly ObjectFactory factory;

    private GrainContract(Type contract, Type grainClass)
    {
        Contract = contract;
        Kind = GrainId.KindOf(contract);
        methods = contract.GetInterfaces().Prepend(contract).SelectMany(i => i.GetMethods())
            .Where(m => !m.IsStatic).ToFrozenDictionary(m => m, GrainMethod.Of);
        factory = ActivatorUtilities.CreateFactory(grainClass, Type.EmptyTypes);
    }

    public Type Contract { get; }

    public string Kind { get; }

    /// <summary>Every grain of the assemblies.</summary>
    public static IReadOnlyList<GrainContract> Scan(IEnumerable<Assembly> assemblies)
    {
        var contracts = assemblies.Distinct().SelectMany(a => a.GetTypes())
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsSubclassOf(typeof(KeyedGrain)))
            .Select(Of).ToList();
        var doubled = contracts.GroupBy(c => c.Kind).FirstOrDefault(g => g.Count() > 1);
        return doubled is null
            ? contracts
            : throw new InvalidOperationException(
                $"There are {doubled.Count()} grain classes of kind {doubled.Key}; each kind has one contract and one class.");
    }

    /// <summary>The contract that a grain class implements.</summary>
    public static GrainContract Of(Type grainClass)
    {
        if (grainClass.ContainsGenericParameters)
        {
            throw new InvalidOperationException($"The grain class {grainClass} must not be generic.");
        }

        var contracts = grainClass.GetInterfaces()
            .Where(i => i != typeof(IKeyedGrain) && typeof(IKeyedGrain).IsAssignableFrom(i)).ToList();
        return contracts.Count == 1
            ? new GrainContract(contracts[0], grainClass)
            : throw new InvalidOperationException(
                $"The grain class {grainClass} must implement exactly one grain contract, it implements {contracts.Count}.");
    }

    public GrainMethod Method(MethodInfo method) => methods[method];

    public KeyedGrain Create(IServiceProvider services) => (KeyedGrain)factory(services, null);
}
