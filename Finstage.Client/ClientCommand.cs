using System.CommandLine;
using System.Net;
using Finstage.Adapters.Http;
using Finstage.Adapters.Prices;
using Finstage.Adapters.Storage;
using Finstage.Adapters.Symbols;
using Finstage.Analysis.Indicators;
using Finstage.Analysis.Strategies;
using Finstage.Client.Backtests;
using Finstage.Client.Offline;
using Finstage.Client.Output;
using Finstage.Client.Server;
using Finstage.Grains.Interfaces.Symbols;

namespace Finstage.Client;

/// <summary>The console's command line. Exit codes: 0 done, 1 failed, 2 wrong usage.</summary>
internal static class ClientCommand
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    // Long work stops at its next seam.
    private static readonly TimeSpan PatienceOnCtrlC = TimeSpan.FromSeconds(10);

    /// <summary>Every command there is.</summary>
    public static RootCommand Root(Screen screen)
    {
        var root = new RootCommand("Finstage's console: asks a running silo, and works offline on price files.")
        {
            HealthCommand.Create(screen),
            SymbolsCommand.Create(screen),
            SymbolCommand.Create(screen),
            QuoteCommand.Create(screen),
            CandlesCommand.Create(screen),
            SignalsCommand.Create(screen),
            WatchCommand.Create(screen),
            WatchlistCommand.Create(screen),
            ThresholdsCommand.Create(screen),
            MuteCommand.Create(screen),
            PatternsCommand.Create(screen),
            ClustersCommand.Create(screen),
            ReportCommand.Create(screen),
            NewsCommand.Create(screen),
            JobsCommand.Create(screen),
            KeysCommand.Create(screen),
            ImportCommand.Create(screen),
            BackupCommands.CreateBackup(screen),
            BackupCommands.CreateRestore(screen),
            AnalyzeCommand.Create(screen),
            BacktestCommand.Create(screen),
            IndicatorsCommand.Create(screen),
            StrategiesCommand.Create(screen),
            VerifyCommand.Create(screen),
        };
        NumberWords.AddTo(root);
        HelpWithExamples.AddTo(root);
        return root;
    }

    /// <summary>Reads the words and does what they say.</summary>
    public static async Task<int> InvokeAsync(string[] words, TextWriter output, TextWriter error)
    {
        var screen = new Screen(output, error);
        var parsed = Root(screen).Parse(words);
        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = PatienceOnCtrlC,
            });
            return parsed.Errors.Count > 0 ? WrongUsage : code;
        }
        catch (UsageException fault)
        {
            screen.Warn(fault.Message);
            return WrongUsage;
        }
        catch (Exception fault) when (fault is StrategyException or IndicatorException or ApiException { Status: HttpStatusCode.BadRequest })
        {
            screen.Warn(fault.Message);
            return WrongUsage;
        }
        catch (Exception fault) when (fault is ApiException or PriceFileException or StoreException or DataFolderException
            or BackupException or SymbolListException or SeriesSourceException or SeriesTooShortException)
        {
            screen.Warn(fault.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            screen.Warn("Stopped.");
            return Failed;
        }
    }
}

/// <summary>The words make no sense together; the message says what to write.</summary>
internal sealed class UsageException(string message) : Exception(message);
