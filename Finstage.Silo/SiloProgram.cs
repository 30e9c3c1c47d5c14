using Finstage.Adapters.Prices;
using Finstage.Adapters.Storage;
using Finstage.Silo.Startup;
using Microsoft.AspNetCore.Connections;

namespace Finstage.Silo;

/// <summary>Runs the program from its settings to its end, and turns what can go wrong at the start into sentences and exit codes.</summary>
internal static class SiloProgram
{
    public const int Failed = 1;
    public const int WrongUsage = 2;

    public static async Task<int> RunAsync(
        IReadOnlyDictionary<string, string?> settings, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            await using var silo = await SiloApp.BuildAsync(settings, output, TimeProvider.System, cancellation);
            var failure = await silo.RunAsync(cancellation);
            return failure is null ? 0 : Tell(failure.Message, Failed);
        }
        catch (SettingsException fault)
        {
            return Tell(fault.Message, WrongUsage);
        }
        catch (Exception fault) when (fault is DataFolderException or StoreException or PriceFileException or StartupException)
        {
            return Tell(fault.Message, Failed);
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            // Somebody took it between the look and the listening.
            return Tell($"{fault.Message} Choose another address with --urls.", Failed);
        }

        int Tell(string message, int code)
        {
            error.WriteLine(message);
            return code;
        }
    }
}
