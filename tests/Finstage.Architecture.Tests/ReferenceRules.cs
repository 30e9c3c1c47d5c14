using System.Xml.Linq;

namespace Finstage.Architecture.Tests;

/// <summary>Which project may reference which, as <c>docs/architecture.md</c> draws it. Only direct references are listed.</summary>
internal static class ReferenceRules
{
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Finstage.Analysis"] = [],
        ["Finstage.Hosting"] = [],
        ["Finstage.Grains.Interfaces"] = ["Finstage.Analysis", "Finstage.Hosting"],
        ["Finstage.Grains"] = ["Finstage.Grains.Interfaces"],
        ["Finstage.Adapters"] = ["Finstage.Grains"],
        ["Finstage.Silo"] = ["Finstage.Adapters"],
        ["Finstage.Client"] = ["Finstage.Adapters"],
    };

    private static readonly string[] PureProjects = ["Finstage.Analysis"];

    // Time zones are data, not I/O; all else would have to come here by decision.
    private static readonly string[] PurePackages = ["NodaTime"];

    /// <summary>Every breach of the rules in a set of project files, as sentences.</summary>
    /// <param name="projects">Project names with their project files' XML.</param>
    public static IReadOnlyList<string> Breaches(IReadOnlyDictionary<string, XDocument> projects)
    {
        var breaches = new List<string>();
        foreach (var (name, file) in projects)
        {
            if (!Projects.TryGetValue(name, out var allowed))
            {
                breaches.Add($"{name} has no place in the table of references.");
                continue;
            }

            breaches.AddRange(References(file, "ProjectReference").Select(Path.GetFileNameWithoutExtension)
                .Where(target => !allowed.Contains(target)).Select(target => $"{name} references {target}."));
            if (PureProjects.Contains(name))
            {
                breaches.AddRange(References(file, "PackageReference").Where(p => !PurePackages.Contains(p)).Select(p => $"{name} uses the package {p}."));
                breaches.AddRange(References(file, "FrameworkReference").Select(f => $"{name} uses the framework {f}."));
            }

            breaches.AddRange(References(file, "PackageReference", outsideOrleans: true)
                .Where(p => p.StartsWith("Microsoft.Orleans", StringComparison.Ordinal) || p == "MySqlConnector")
                .Select(p => $"{name} asks for {p} in a default build."));
        }

        breaches.AddRange(Projects.Keys.Except(projects.Keys).Select(missing => $"{missing} is missing."));
        return breaches;
    }

    private static IEnumerable<string> References(XDocument file, string kind, bool outsideOrleans = false) => file.Descendants(kind)
        .Where(e => !outsideOrleans || !$"{e.Attribute("Condition")?.Value}{e.Parent?.Attribute("Condition")?.Value}".Contains("'$(GrainHost)' == 'Orleans'", StringComparison.Ordinal))
        .Select(e => (e.Attribute("Include")?.Value ?? string.Empty).Replace('\\', '/'));
}
