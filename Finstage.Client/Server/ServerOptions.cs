using System.CommandLine;
using Finstage.Adapters.Http;

namespace Finstage.Client.Server;

/// <summary>The options of every command that asks a silo.</summary>
internal sealed class ServerOptions
{
    private const string KeyVariable = "FINSTAGE_KEY";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly Option<string> server = new("--server")
    {
        Description = "The silo's address.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:5080",
    };

    private readonly Option<string> key = new("--key")
    {
        Description = "The API key, for changes and for silos elsewhere (default: the variable FINSTAGE_KEY, which no list of processes shows).",
        HelpName = "KEY",
    };

    private readonly Option<bool> json = new("--json") { Description = "Print JSON." };

    /// <summary>Adds the options to a command.</summary>
    public ServerOptions(Command command)
    {
        command.Options.Add(server);
        command.Options.Add(key);
        command.Options.Add(json);
    }

    public bool Json(ParseResult parsed) => parsed.GetValue(json);

    /// <summary>The same while the words are still being checked.</summary>
    public bool Json(System.CommandLine.Parsing.CommandResult result) => result.GetValue(json);

    /// <summary>The connection that the options ask for.</summary>
    /// <exception cref="UsageException">The address is none.</exception>
    public FinstageApi Connect(ParseResult parsed)
    {
        var text = parsed.GetValue(server);
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? new FinstageApi(url, Timeout, Key(parsed))
            : throw new UsageException($"--server: '{text}' is no address such as http://127.0.0.1:5080.");
    }

    private string? Key(ParseResult parsed)
    {
        var text = (parsed.GetValue(key) ?? Environment.GetEnvironmentVariable(KeyVariable))?.Trim();
        return string.IsNullOrEmpty(text) ? null
            : text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? text
            : throw new UsageException($"--key ({KeyVariable}): that is no key; one is fs_ and 43 letters, digits, - or _.");
    }
}
