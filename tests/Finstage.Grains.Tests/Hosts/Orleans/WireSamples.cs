using System.Collections;
using System.Reflection;
using Finstage.Hosting;

namespace Finstage.Grains.Tests.Hosts;

/// <summary>Makes a value of any type that grains send, always the same one, with something in every member.</summary>
internal static class WireSamples
{
    private static readonly DateTimeOffset Moment = new(2026, 3, 2, 15, 0, 1, 500, TimeSpan.Zero);

    /// <summary>The contracts of all grains.</summary>
    public static Type[] Contracts { get; } =
    [
        .. typeof(Finstage.Grains.Interfaces.Calls).Assembly.GetTypes()
            .Where(t => t.IsInterface && typeof(IKeyedGrain).IsAssignableFrom(t)).OrderBy(t => t.Name, StringComparer.Ordinal),
    ];

    /// <summary>Everything of ours that is marked to be sent, by its alias.</summary>
    public static SortedDictionary<string, Type> Types { get; } = new(
        AppDomain.CurrentDomain.GetAssemblies().Where(a => a.GetName().Name!.StartsWith("Finstage.", StringComparison.Ordinal))
            .Where(a => !a.GetName().Name!.EndsWith(".Tests", StringComparison.Ordinal))
            .SelectMany(a => a.GetTypes()).Where(t => t.GetCustomAttribute<GenerateSerializerAttribute>() is not null && !t.IsAbstract)
            .ToDictionary(t => t.GetCustomAttribute<AliasAttribute>()?.Alias ?? $"without an alias: {t.FullName}"),
        StringComparer.Ordinal);

    /// <summary>A value of a type; every call gives an equal one.</summary>
    public static object Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying);
        }

        if (type.IsArray || (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type)))
        {
            var element = type.GetElementType() ?? type.GetGenericArguments()[0];
            var array = Array.CreateInstance(element, 2);
            array.SetValue(Of(element), 0);
            array.SetValue(Of(element), 1);
            return array;
        }

        return type.IsEnum ? Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!
            : type == typeof(string) ? "가 a"
            : type == typeof(bool) ? true
            : type == typeof(int) ? 70_000
            : type == typeof(long) ? 5_000_000_000L
            : type == typeof(double) ? 1.1
            : type == typeof(DateTimeOffset) ? Moment
            : type == typeof(DateOnly) ? DateOnly.FromDateTime(Moment.DateTime)
            : type == typeof(TimeSpan) ? TimeSpan.FromSeconds(90)
            : type == typeof(Guid) ? new Guid("00112233-4455-6677-8899-aabbccddeeff")
            : Make(type);
    }

    // By the constructor with the most parameters, which is a record's own.
    private static object Make(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)
            ?? throw new NotSupportedException($"There is no sample of {type}.");
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType))]);

        // Members that were added later have no place in the constructor.
        foreach (var property in type.GetProperties().Where(p => p.GetCustomAttribute<IdAttribute>() is not null && p.SetMethod is { IsPublic: true }))
        {
            property.SetValue(made, Of(property.PropertyType));
        }

        return made;
    }
}
