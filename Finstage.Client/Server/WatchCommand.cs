using System.CommandLine;
using Finstage.Adapters.Http;
using Finstage.Client.Output;
using Spectre.Console;

namespace Finstage.Client.Server;

/// <summary><c>watch [SYM…]</c>: prices and signals as they come. A screen on a terminal, a line per event in a pipe.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

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
                    await ReadAsync(withSignals: true);
                    await screen.Console.Live(view.Draw(screen.Console)).AutoClear(false).StartAsync(
                        live => FollowAsync(view, events, ReadAsync, () => live.UpdateTarget(view.Draw(screen.Console)), TimeProvider.System));
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // Ctrl-C is how one stops watching.
            }

            return 0;

            async Task ReadAsync(bool withSignals)
            {
                view.Take(await api.GetAsync<SymbolDto[]>("api/symbols", cancellation));
                if (!withSignals)
                {
                    return;
                }

                view.Take((await api.GetAsync<PageDto<SignalDto>>($"api/signals?limit=50&lang={Uri.EscapeDataString(parsed.GetValue(language)!)}", cancellation)).Items);
            }
        });
        return command;
    }

    /// <summary>
    /// Takes the events, and reads again what may have changed without being told: prices and signals at once after a gap, prices every two
    /// seconds at most while daily candles come in, whose closes are prices too.
    /// </summary>
    public static async Task FollowAsync(WatchView view, IAsyncEnumerable<LiveItem> events, Func<bool, Task> read, Action draw, TimeProvider clock)
    {
        var (hasGap, isStale, readAt) = (false, false, clock.GetTimestamp());
        await foreach (var item in events)
        {
            view.Take(item);
            hasGap |= item.Kind is "reset" or "more";
            isStale |= hasGap || (item.Kind == "candles" && item.As<LiveCandlesDto>().Interval == "1d");
            if (isStale && (item.Kind == "reset" || clock.GetElapsedTime(readAt) >= Pause))
            {
                try
                {
                    await read(hasGap);
                    (hasGap, isStale, readAt) = (false, false, clock.GetTimestamp());
                }
                catch (ApiException)
                {
                    // The silo went away meanwhile: it is read when it is back.
                }
            }

            draw();
        }
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
}
