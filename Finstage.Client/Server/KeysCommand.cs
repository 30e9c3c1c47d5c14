using System.CommandLine;
using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Adapters.Storage;
using Finstage.Client.Output;

namespace Finstage.Client.Server;

/// <summary><c>keys</c>: the API keys. With an admin key of a running silo, or on a data folder that none holds.</summary>
internal static class KeysCommand
{
    public static Command Create(Screen screen) => List(screen, new Command("keys", "The API keys, without their secrets.")
    {
        List(screen, new Command("list", "The same.")), Make(screen), Revoke(screen),
    });

    private static Command List(Screen screen, Command command)
    {
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var keys = await api.GetAsync<KeyDto[]>("api/keys", cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(keys);
                return;
            }

            screen.WriteTable(
                ["Id", "Name", "Scope", "Created", "Last used", "Revoked"],
                keys.Select(k => new[] { Words.Number(k.Id), k.Name, k.Scope, Words.Day(k.Created), Day(k.LastUsed), Day(k.Revoked) }),
                0);
        });
        return command;
    }

    private static Command Make(Screen screen)
    {
        var name = new Argument<string>("name") { Description = "Whose key it is, in a few words." };
        var scope = new Option<string>("--scope") { Description = "What it is good for.", HelpName = "read|admin", DefaultValueFactory = _ => "read" };
        var data = new Option<string>("--data") { Description = "Make it in this data folder, while no silo holds it; no key is needed.", HelpName = "DIR" };
        var command = new Command("create", "Make a key; it is shown this once.") { name, scope, data };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new KeyRequest(parsed.GetValue(name), parsed.GetValue(scope));
            var made = parsed.GetValue(data) is { } folder
                ? await MakeInAsync(folder, request, cancellation)
                : await MakeAtAsync(options, parsed, request, cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(made);
            }
            else
            {
                screen.Warn(string.Create(CultureInfo.InvariantCulture, $"Key {made.Id} of scope {made.Scope}, shown this once:"));
                screen.Line(made.Key);
            }
        });
        return command;
    }

    private static async Task<NewKeyDto> MakeAtAsync(ServerOptions options, ParseResult parsed, KeyRequest request, CancellationToken cancellation)
    {
        using var api = options.Connect(parsed);
        return await api.PostAsync<NewKeyDto>("api/keys", request, cancellation);
    }

    private static async Task<NewKeyDto> MakeInAsync(string path, KeyRequest request, CancellationToken cancellation)
    {
        var name = request.Name!.Trim();
        if (name.Length is 0 or > ApiKeyStore.MaxName || name.Any(char.IsControl))
        {
            throw new UsageException($"name: say whose key it is, in 1 to {ApiKeyStore.MaxName} characters.");
        }

        if (!KeyWords.TryParse(request.Scope!, out var scope))
        {
            throw new UsageException($"--scope: '{request.Scope}' is neither read nor admin.");
        }

        if (!File.Exists(Path.Combine(path, DataFolder.DatabaseName)))
        {
            throw new UsageException($"--data: '{Path.GetFullPath(path)}' holds no {DataFolder.DatabaseName}; start a silo on it once, which prints a key.");
        }

        using var folder = DataFolder.Open(path);
        await using var store = await SqlStore.OpenAsync(folder.DatabasePath, TimeProvider.System, cancellation);
        return await store.Keys.CreateAsync(name, scope, TimeProvider.System.GetUtcNow(), cancellation) is { } made
            ? new NewKeyDto(made.Key.Id, name, KeyWords.Of(scope), made.Key.Created.UtcDateTime, made.Secret)
            : throw new UsageException($"{ApiKeyStore.MaxKeys} keys are in use: revoke one.");
    }

    private static Command Revoke(Screen screen)
    {
        var id = new Argument<long>("id") { Description = "The key's number, as keys list shows it." };
        var command = new Command("revoke", "Take a key out of use, for good.") { id };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var number = parsed.GetValue(id);
            await api.DeleteAsync(string.Create(CultureInfo.InvariantCulture, $"api/keys/{number}"), cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(new { id = number, revoked = true });
            }
            else
            {
                screen.Line(string.Create(CultureInfo.InvariantCulture, $"Key {number} works no longer."));
            }
        });
        return command;
    }

    private static string Day(DateTime? time) => time is { } known ? Words.Day(known) : "–";
}
