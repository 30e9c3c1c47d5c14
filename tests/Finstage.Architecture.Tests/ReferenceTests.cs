using System.Xml.Linq;
using Finstage.Testing;

namespace Finstage.Architecture.Tests;

public sealed class ReferenceTests
{
    [Fact]
    public void Projects_AsTheyAre_FollowTheTable() => Assert.Empty(ReferenceRules.Breaches(Read()));

    [Theory]
    [InlineData("Finstage.Analysis", "ProjectReference", @"..\Finstage.Hosting\Finstage.Hosting.csproj", "Finstage.Analysis references Finstage.Hosting.")]
    [InlineData("Finstage.Grains", "ProjectReference", @"..\Finstage.Adapters\Finstage.Adapters.csproj", "Finstage.Grains references Finstage.Adapters.")]
    [InlineData("Finstage.Analysis", "PackageReference", "Dapper", "Finstage.Analysis uses the package Dapper.")]
    [InlineData("Finstage.Adapters", "PackageReference", "MySqlConnector", "Finstage.Adapters asks for MySqlConnector in a default build.")]
    public void Projects_WithAPlantedReference_AreRefused(string project, string kind, string target, string expected)
    {
        var projects = Read();
        projects[project].Root!.Add(new XElement("ItemGroup", new XElement(kind, new XAttribute("Include", target))));

        Assert.Equal([expected], ReferenceRules.Breaches(projects));
    }

    [Fact]
    public void Projects_WithOneThatNobodyPlaced_AreRefused()
    {
        var projects = Read();
        projects.Add("Finstage.Stuff", new XDocument(new XElement("Project")));

        Assert.Equal(["Finstage.Stuff has no place in the table of references."], ReferenceRules.Breaches(projects));
    }

    private static Dictionary<string, XDocument> Read() => Directory.GetDirectories(Repository.Root, "Finstage.*")
        .SelectMany(folder => Directory.GetFiles(folder, "*.csproj"))
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file)!, file => XDocument.Load(file));
}
