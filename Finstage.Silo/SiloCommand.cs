using System.CommandLine;

namespace Finstage.Silo;

/// <summary>The program's command line. Exit codes: 0 done, 1 failed, 2 wrong usage.</summary>
internal static class SiloCommand
{
    public static RootCommand Create()
    {
        var data = new Option<string>("--data") { Description = "The data folder (default: data, in this folder).", HelpName = "DIR" };
        var urls = new Option<string>("--urls") { Description = "Where to listen (default: http://127.0.0.1:5080).", HelpName = "URL" };
        var replay = new Option<string>("--replay") { Description = "Play a price file as if live.", HelpName = "FILE" };
        var speed = new Option<string>("--speed") { Description = "How many times faster than the market, or max (the default).", HelpName = "N|max" };
        var symbol = new Option<string>("--symbol") { Description = "The symbol of the played file.", HelpName = "SYM" };
        var interval = new Option<string>("--interval") { Description = "The interval of the played file.", HelpName = "1m…1mo" };
        var replace = new Option<bool>("--replace") { Description = "Let the played file take the place of what is stored of its series." };
        var cluster = new Option<string>("--cluster") { Description = "One silo (local, the default), or silos that share a database (mysql).", HelpName = "local|mysql" };
        var connection = new Option<string>("--connection") { Description = "The shared database; better in FINSTAGE__Cluster__Connection.", HelpName = "TEXT" };
        var address = new Option<string>("--address") { Description = "Where other silos reach this one (default: 127.0.0.1).", HelpName = "IP" };
        var siloPort = new Option<string>("--silo-port") { Description = "The port for other silos (default: 11111).", HelpName = "PORT" };
        var gatewayPort = new Option<string>("--gateway-port") { Description = "The port for clients of the cluster (default: 30000).", HelpName = "PORT" };
        var command = new RootCommand("Finstage watches markets and tells what closed candles say.")
        {
            data, urls, replay, speed, symbol, interval, replace, cluster, connection, address, siloPort, gatewayPort,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var settings = new Dictionary<string, string?>();
            Add("Silo:Data", parsed.GetValue(data));
            Add("Silo:Urls", parsed.GetValue(urls));
            Add("Silo:Replay", parsed.GetValue(replay));
            Add("Silo:Speed", parsed.GetValue(speed));
            Add("Silo:Symbol", parsed.GetValue(symbol));
            Add("Silo:Interval", parsed.GetValue(interval));
            Add("Silo:Replace", parsed.GetValue(replace) ? "true" : null);
            Add("Cluster:Mode", parsed.GetValue(cluster));
            Add("Cluster:Connection", parsed.GetValue(connection));
            Add("Cluster:Address", parsed.GetValue(address));
            Add("Cluster:SiloPort", parsed.GetValue(siloPort));
            Add("Cluster:GatewayPort", parsed.GetValue(gatewayPort));
            return SiloProgram.RunAsync(settings, Console.Out, Console.Error, cancellation);

            void Add(string key, string? value)
            {
                if (value is not null)
                {
                    settings[key] = value;
                }
            }
        });
        return command;
    }
}
