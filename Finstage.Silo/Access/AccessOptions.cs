namespace Finstage.Silo.Access;

/// <summary>Who may ask.</summary>
internal sealed class AccessOptions
{
    /// <summary>
    /// The names under which the program may be asked besides localhost and addresses of its own: <c>finstage.example.com</c>,
    /// <c>*.example.com</c> for all below, or <c>*</c> for any. Whoever asks under one of them needs a key. Default none.
    /// </summary>
    public string[] AllowedHosts { get; set; } = [];

    /// <summary>Whether reading needs a key on the loopback interface too, as behind a proxy. Default false.</summary>
    public bool ReadsNeedKey { get; set; }

    /// <summary>The most requests with one key, or from one address without a key, in a minute. 1 to 100,000; default 600.</summary>
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>Every fault, as a sentence that names the setting.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (var host in AllowedHosts)
        {
            var name = host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
            if (host != "*" && Uri.CheckHostName(name) == UriHostNameType.Unknown)
            {
                yield return $"Access:AllowedHosts: '{host}' is neither a name such as finstage.example.com or *.example.com, nor *; a port does not belong to it.";
            }
        }

        if (RequestsPerMinute is < 1 or > 100_000)
        {
            yield return $"Access:RequestsPerMinute is {RequestsPerMinute}; it must be from 1 to 100000.";
        }
    }
}
