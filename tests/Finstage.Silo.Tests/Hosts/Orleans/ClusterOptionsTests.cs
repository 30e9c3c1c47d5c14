using Finstage.Silo.Hosts;

namespace Finstage.Silo.Tests.Hosts;

public sealed class ClusterOptionsTests
{
    private const string Connection = "Server=db;Database=finstage;User ID=finstage;Password=hunter2";

    [Fact]
    public void Validate_DefaultsAndASharedDatabase_AreFine()
    {
        Assert.Empty(new ClusterOptions().Validate());
        Assert.Empty(new ClusterOptions { Mode = "mysql", Connection = Connection, Address = "silo-1" }.Validate());
    }

    [Fact]
    public void Validate_EveryFault_IsListedByItsNameAndWithoutTheSecret()
    {
        var options = new ClusterOptions
        {
            Mode = "mysql", Connection = "Server=db;Password=hunter2", Id = string.Empty, Address = "no address", SiloPort = 0, GatewayPort = 70_000,
            DashboardKey = "hunter2",
        };

        var faults = options.Validate().ToList();

        Assert.Equal(
            ["Cluster:Id", "Cluster:Address", "Cluster:SiloPort", "Cluster:GatewayPort", "Cluster:DashboardKey", "Cluster:Connection", "Cluster:Connection"],
            faults.Select(fault => fault.Split(' ')[0]));
        Assert.DoesNotContain(faults, fault => fault.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mysql", "", "Cluster:Connection")]
    [InlineData("local", Connection, "--cluster mysql")]
    [InlineData("other", "", "neither local nor mysql")]
    public void Validate_ModeAndConnection_MustFit(string mode, string connection, string expected) => Assert.Contains(
        new ClusterOptions { Mode = mode, Connection = connection }.Validate(), fault => fault.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Validate_SamePortTwice_IsAFault() =>
        Assert.Contains("must differ", Assert.Single(new ClusterOptions { SiloPort = 1_000, GatewayPort = 1_000 }.Validate()), StringComparison.Ordinal);
}
