using System.Reflection;

namespace Finstage.Hosting.Embedded;

/// <summary>One method of a contract: how to call it on a grain through its mailbox.</summary>
internal abstract class GrainMethod(MethodInfo method)
{
    private readonly MethodInvoker invoker = MethodInvoker.Create(method);

    public static GrainMethod Of(MethodInfo method)
    {
        var named = $"{method.DeclaringType}.{method.Name}";
        if (method.IsGenericMethodDefinition || method.GetParameters().Any(p => p.ParameterType.IsByRef))
        {
            throw new InvalidOperationException($"{named} must be neither generic nor have parameters by reference: it is a grain's method.");
        }

        if (method.ReturnType == typeof(Task))
        {
            return new Plain(method);
        }

        if (method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>))
        {
            var type = typeof(WithResult<>).MakeGenericType(method.ReturnType.GetGenericArguments());
            return (GrainMethod)Activator.CreateInstance(type, method)!;
        }

        throw new InvalidOperationException($"{named} returns {method.ReturnType}: a grain's method returns Task or Task<T>.");
    }

    public abstract Task CallAsync(GrainDirectory directory, GrainContract contract, GrainId id, object?[] arguments);

    protected Task Invoke(KeyedGrain grain, object?[] arguments) =>
        (Task?)invoker.Invoke(grain, arguments.AsSpan())
        ?? throw new InvalidOperationException($"{grain.GetType()}.{method.Name} returned null in place of a task.");

    private sealed class Plain(MethodInfo method) : GrainMethod(method)
    {
        public override Task CallAsync(GrainDirectory directory, GrainContract contract, GrainId id, object?[] arguments) =>
            directory.CallAsync<object?>(contract, id, async grain =>
            {
                await Invoke(grain, arguments);
                return null;
            });
    }

    private sealed class WithResult<T>(MethodInfo method) : GrainMethod(method)
    {
        public override Task CallAsync(GrainDirectory directory, GrainContract contract, GrainId id, object?[] arguments) =>
            directory.CallAsync(contract, id, grain => (Task<T>)Invoke(grain, arguments));
    }
}
