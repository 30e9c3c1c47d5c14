using Finstage.Testing;

namespace Finstage.Architecture.Tests;

public sealed class SourceTests
{
    [Fact]
    public void Product_AsItIs_FollowsTheRules()
    {
        var files = Directory.GetDirectories(Repository.Root, "Finstage.*")
            .SelectMany(folder => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories))
            .ToList();
        var breaches = files.SelectMany(file =>
            SourceRules.Breaches(Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'), File.ReadAllText(file)));

        Assert.True(files.Count > 50, "The sources were not found.");
        Assert.Empty(breaches);
    }

    [Theory]
    [InlineData("Finstage.Silo/A.cs", "private async  void F() { }")]
    [InlineData("Finstage.Grains/A.cs", "await x.ConfigureAwait(false);")]
    [InlineData("Finstage.Grains/A.cs", "  #if ORLEANS")]
    [InlineData("Finstage.Analysis/A.cs", "var now = TimeProvider.System.GetUtcNow();")]
    [InlineData("Finstage.Analysis/A.cs", "File.ReadAllText(path)")]
    public void Product_WithAPlantedBreach_IsRefused(string path, string text) => Assert.Single(SourceRules.Breaches(path, text));
}
