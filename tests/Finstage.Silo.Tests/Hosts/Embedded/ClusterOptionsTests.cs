using Finstage.Silo.Hosts;

namespace Finstage.Silo.Tests.Hosts;

public sealed class ClusterOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreFine() => Assert.Empty(new ClusterOptions().Validate());

    [Fact]
    public void Validate_SharedDatabase_NeedsTheOtherBuild()
    {
        var fault = Assert.Single(new ClusterOptions { Mode = "mysql", Connection = "Server=db;Password=hunter2" }.Validate());

        Assert.Contains("-p:GrainHost=Orleans", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }
}
