using System.CommandLine;
using Finstage.Adapters.Http;

namespace Finstage.Client.Server;

/// <summary>The options of every command that asks a silo.</summary>
internal sealed class ServerOptions
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly Option<string> server = new("--server")
    {
        Description = "The silo's address.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:5080",
    };

    private readonly Option<bool> json = new("--json") { Description = "Print JSON." };

    /// <summary>Adds the options to a command.</summary>
    public ServerOptions(Command command)
    {
        command.Options.Add(server);
        command.Options.Add(json);
    }

    public bool Json(ParseResult parsed) => parsed.GetValue(json);

    /// <summary>The connection that the options ask for.</summary>
    /// <exception cref="UsageException">The address is none.</exception>
    public FinstageApi Connect(ParseResult parsed)
    {
        var text = parsed.GetValue(server);
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? new FinstageApi(url, Timeout)
            : throw new UsageException($"--server: '{text}' is no address such as http://127.0.0.1:5080.");
    }
}
