using System.Collections.Concurrent;
using System.Reflection;

namespace Finstage.Grains.Tests.Hosts;

/// <summary>Stands before something that has an interface, and counts the calls of its methods.</summary>
public class CountingProxy : DispatchProxy
{
    private readonly ConcurrentDictionary<string, int> calls = new(StringComparer.Ordinal);
    private object inner = null!;

    /// <summary>Puts one before an object.</summary>
    public static (T Instance, CountingProxy Calls) Of<T>(T inner)
        where T : class
    {
        var instance = Create<T, CountingProxy>();
        var proxy = (CountingProxy)(object)instance;
        proxy.inner = inner;
        return (instance, proxy);
    }

    /// <summary>How often a method was called.</summary>
    public int Of(string method) => calls.GetValueOrDefault(method);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        calls.AddOrUpdate(targetMethod!.Name, 1, (_, count) => count + 1);
        return targetMethod.Invoke(inner, args);
    }
}
