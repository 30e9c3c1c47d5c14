using System.CommandLine;
using Finstage.Adapters.Http;
using Finstage.Client.Output;
using Spectre.Console;

namespace Finstage.Client.Server;

/// <summary><c>watch [SYM…]</c>: prices and signals as they come. A screen on a terminal, a line per event in a pipe.</summary>
internal static class WatchCommand
{
    public static Command Create(Screen screen)
    {
        var symbols = new Argument<string[]>("symbols") { Description = "Only these symbols; all when left out.", Arity = ArgumentArity.ZeroOrMore };
        var language = new Option<string>("--lang") { Description = "ko or en.", HelpName = "ko|en", DefaultValueFactory = _ => "en" };
        var command = new Command("watch", "Prices and signals as they come, until Ctrl-C; it survives a restart of the silo.") { symbols, language };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var watched = new List<string>();
            foreach (var code in parsed.GetValue(symbols) ?? [])
            {
                watched.Add((await api.GetAsync<SymbolDto>($"api/symbols/{Uri.EscapeDataString(code)}", cancellation)).Symbol);
            }

            var view = new WatchView(watched);
            var events = LiveEvents.FollowAsync(api, parsed.GetValue(language)!, TimeProvider.System, cancellation);
            try
            {
                if (options.Json(parsed) || !screen.IsInteractive)
                {
                    await LinesAsync(screen, view, events, options.Json(parsed));
                }
                else
                {
                    view.Take(await api.GetAsync<SymbolDto[]>("api/symbols", cancellation));
                    view.Take((await api.GetAsync<PageDto<SignalDto>>($"api/signals?limit=50&lang={Uri.EscapeDataString(parsed.GetValue(language)!)}", cancellation)).Items);
                    await screen.Console.Live(view.Draw(screen.Console)).AutoClear(false).StartAsync(live => DrawAsync(screen, view, events, live));
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // Ctrl-C is how one stops watching.
            }

            return 0;
        });
        return command;
    }

    private static async Task LinesAsync(Screen screen, WatchView view, IAsyncEnumerable<LiveItem> events, bool isJson)
    {
        await foreach (var item in events)
        {
            if (view.Take(item) is not { } line)
            {
                continue;
            }

            screen.Line(isJson ? item.Json() : line);
        }
    }

    private static async Task DrawAsync(Screen screen, WatchView view, IAsyncEnumerable<LiveItem> events, LiveDisplayContext live)
    {
        await foreach (var item in events)
        {
            view.Take(item);
            live.UpdateTarget(view.Draw(screen.Console));
        }
    }
}
