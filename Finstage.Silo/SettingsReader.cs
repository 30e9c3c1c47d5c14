using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Finstage.Analysis.Text;

namespace Finstage.Silo;

/// <summary>
/// Reads a section of the settings into its options, and says what there is none of and what is no value of its kind: all of it at once,
/// where the framework's own binder leaves out what it does not know and stops at the first value that it cannot read.
/// </summary>
internal static class SettingsReader
{
    /// <summary>The options; what is null keeps its default, and so does what cannot be used and is added to the faults.</summary>
    /// <param name="configuration">All settings.</param>
    /// <param name="section">The section's path.</param>
    /// <param name="faults">What is wrong, a sentence each.</param>
    /// <param name="besides">Names in the section that others read.</param>
    public static T Read<T>(IConfiguration configuration, string section, List<string> faults, params IReadOnlyList<string> besides)
        where T : new()
    {
        var unusable = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Check(configuration.GetSection(section), typeof(T), besides, (path, fault) =>
        {
            unusable.Add(path);
            faults.Add(fault);
        });
        var usable = configuration.AsEnumerable().Where(pair => pair.Value is not null && !unusable.Contains(pair.Key));
        return new ConfigurationBuilder().AddInMemoryCollection(usable).Build().GetSection(section).Get<T>() ?? new T();
    }

    /// <summary>Adds a fault for every child of a section that is not among the known names.</summary>
    public static void CheckNames(IConfiguration section, string place, IReadOnlyList<string> known, Action<string, string> tell)
    {
        foreach (var child in section.GetChildren().Where(c => !known.Contains(c.Key, StringComparer.OrdinalIgnoreCase)))
        {
            tell(child.Path, $"{child.Path}: there is no such setting; {place} has {string.Join(", ", known)}.{Nearest.Hint(child.Key, known)}");
        }
    }

    private static void Check(IConfigurationSection section, Type type, IReadOnlyList<string> besides, Action<string, string> tell)
    {
        if (IsValue(type))
        {
            CheckValue(section, Nullable.GetUnderlyingType(type) ?? type, tell);
        }
        else if (!string.IsNullOrEmpty(section.Value))
        {
            tell(section.Path, $"{section.Path}: a value cannot stand here; write {section.Path}:{(ElementOf(type) is null ? "NAME" : "0")}.");
        }
        else if (ElementOf(type) is { } element)
        {
            foreach (var child in section.GetChildren())
            {
                Check(child, element, [], tell);
            }
        }
        else
        {
            var settings = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true }).ToList();
            CheckNames(section, section.Path, [.. settings.Select(p => p.Name), .. besides], tell);
            foreach (var setting in settings)
            {
                Check(section.GetSection(setting.Name), setting.PropertyType, [], tell);
            }
        }
    }

    private static void CheckValue(IConfigurationSection section, Type type, Action<string, string> tell)
    {
        if (section.GetChildren().Any())
        {
            tell(section.Path, $"{section.Path}: this is one value; nothing can stand below it.");
        }
        else if (section.Value is { } value && !CanRead(value, type))
        {
            tell(section.Path, $"{section.Path}: '{value}' is {WhyNot(type)}.");
        }
    }

    private static bool CanRead(string value, Type type)
    {
        if (type == typeof(string))
        {
            return true;
        }

        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value) is not null;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    private static string WhyNot(Type type) =>
        type == typeof(bool) ? "neither true nor false"
        : type == typeof(int) ? $"no whole number up to {int.MaxValue}"
        : type == typeof(double) ? "no number such as 0.5"
        : type == typeof(TimeSpan) ? "no length of time such as 00:00:30"
        : type == typeof(TimeOnly) ? "no time of day such as 08:00"
        : $"no {type.Name}";

    private static bool IsValue(Type type) => type == typeof(string) || type.IsValueType;

    private static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments()[0]
        : null;
}
