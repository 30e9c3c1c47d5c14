using System.Net;

namespace Finstage.Silo.Hosts;

/// <summary>Which cluster the program belongs to, and how the others reach it.</summary>
internal sealed class ClusterOptions
{
    /// <summary>One process on this machine, with an SQLite file.</summary>
    public const string Local = "local";

    /// <summary>Silos that share a MySQL or MariaDB database; the Orleans build alone.</summary>
    public const string MySql = "mysql";

    /// <summary><see cref="Local"/>, the default, or <see cref="MySql"/>.</summary>
    public string Mode { get; set; } = Local;

    /// <summary>How to connect to the shared database: server, database, user, password. A secret.</summary>
    public string Connection { get; set; } = string.Empty;

    /// <summary>The cluster's name: silos with the same one, on the same database, find each other. 1 to 100 characters; default <c>finstage</c>.</summary>
    public string Id { get; set; } = "finstage";

    /// <summary>Where the other silos reach this one: an IP address, or a name that has one. Default <c>127.0.0.1</c>.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port for other silos. 1 to 65535; default 11111.</summary>
    public int SiloPort { get; set; } = 11_111;

    /// <summary>The port for clients of the cluster. 1 to 65535; default 30000.</summary>
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>
    /// The password of user <c>admin</c> at <c>/dashboard</c>, 20 characters or more. Without one there is no dashboard. A secret.
    /// </summary>
    public string DashboardKey { get; set; } = string.Empty;

    /// <summary>Whether other silos share the store.</summary>
    public bool IsShared => Mode == MySql;

    /// <summary>Every fault, as a sentence that names the setting.</summary>
    public IEnumerable<string> Validate()
    {
        if (Mode is not (Local or MySql))
        {
            yield return $"Cluster:Mode (--cluster): '{Mode}' is neither {Local} nor {MySql}.";
        }

        if (!IsShared && Connection.Length > 0)
        {
            yield return $"Cluster:Connection (--connection) is for a shared database: add --cluster {MySql}.";
        }

        if (Id.Length is < 1 or > 100)
        {
            yield return "Cluster:Id must have 1 to 100 characters.";
        }

        if (!IPAddress.TryParse(Address, out _) && Uri.CheckHostName(Address) != UriHostNameType.Dns)
        {
            yield return $"Cluster:Address (--address): '{Address}' is neither an IP address nor a name.";
        }

        foreach (var (name, port) in new[] { ("SiloPort (--silo-port)", SiloPort), ("GatewayPort (--gateway-port)", GatewayPort) })
        {
            if (port is < 1 or > 65_535)
            {
                yield return $"Cluster:{name} is {port}; it must be from 1 to 65535.";
            }
        }

        if (SiloPort == GatewayPort)
        {
            yield return $"Cluster:SiloPort and Cluster:GatewayPort are both {SiloPort}; they must differ.";
        }

        if (DashboardKey.Length is > 0 and < 20)
        {
            yield return "Cluster:DashboardKey is too short: take 20 characters or more.";
        }

        foreach (var fault in SiloHost.Faults(this))
        {
            yield return fault;
        }
    }
}
