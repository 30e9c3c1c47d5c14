using System.Globalization;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Reports;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;
using Finstage.Analysis.Text;
using Finstage.Grains.Charts;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Notifier;
using Finstage.Grains.Interfaces.Reports;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Microsoft.Extensions.Logging;

namespace Finstage.Grains.Bot;

/// <summary>Answers commands and pressed buttons, in the chat's language. Thread-safe.</summary>
internal sealed partial class BotAnswers(
    IGrains grains, IChatStore chats, IOutbox outbox, IMessenger messenger, SendGate gate, BotPages pages, ChartMaker charts,
    IEnumerable<IWatchRequests> watchers, TimeProvider clock, ILogger<BotAnswers> logger)
{
    private const double DefaultMuteHours = 24;
    private const double MaxMuteHours = 87_600;
    private const int Tries = 3;

    // As long as a group's pace may ask for, and no longer.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Tells Telegram which commands there are, in both languages.</summary>
    /// <returns>Whether it took them.</returns>
    public async Task<bool> TellCommandsAsync(IBotApi api, CancellationToken stop)
    {
        foreach (var language in (string?[])[null, "ko", "en"])
        {
            var result = await api.SetCommandsAsync(language, BotTexts.Commands(language ?? "ko"), stop);
            if (result.Outcome != SendOutcome.Sent)
            {
                LogCommands(logger, result.Error);
                return false;
            }
        }

        return true;
    }

    /// <summary>Answers one update of somebody who may give commands.</summary>
    public async Task AnswerAsync(IBotApi api, Chat chat, BotUpdate update, CancellationToken stop)
    {
        var language = chat.Language == "en" ? "en" : "ko";
        if (update.Press is { } press)
        {
            var (note, text) = await PressedAsync(chat, update.Text!, language, stop);
            await api.AnswerButtonAsync(press, note, stop);
            await SendAsync(chat.Id, text, stop);
            return;
        }

        var words = update.Text!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var command = words[0][1..].Split('@')[0].ToLowerInvariant();
        await SendAsync(chat.Id, await ReplyAsync(chat, command, words[1..], language, stop), stop);
    }

    /// <summary>Says that something went wrong.</summary>
    public Task ApologizeAsync(BotUpdate update, CancellationToken stop) =>
        SendAsync(update.Chat, BotTexts.Text("ko", "Failed") + "\n" + BotTexts.Text("en", "Failed"), stop);

    /// <summary>Says that the bot listens to its own people only.</summary>
    public async Task RefuseAsync(IBotApi api, BotUpdate update, CancellationToken stop)
    {
        if (update.Press is { } press)
        {
            await api.AnswerButtonAsync(press, BotTexts.Text("ko", "Refused"), stop);
            return;
        }

        await SendAsync(update.Chat, BotTexts.Text("ko", "Refused") + "\n" + BotTexts.Text("en", "Refused"), stop);
    }

    private Task<string> ReplyAsync(Chat chat, string command, string[] words, string language, CancellationToken stop) => command switch
    {
        "start" or "help" => Task.FromResult(BotTexts.Help(language)),
        "status" => pages.StatusAsync(chat, language, stop),
        "symbols" => pages.SymbolsAsync(language),
        "price" => WithSymbolAsync(command, words, language, symbol => pages.PriceAsync(symbol, language, stop)),
        "chart" => WithSymbolAsync(command, words, language, symbol => ChartAsync(chat, symbol, words.ElementAtOrDefault(1), language, stop)),
        "signals" => words.Length == 0
            ? pages.SignalsAsync(null, language, stop)
            : WithSymbolAsync(command, words, language, symbol => pages.SignalsAsync(symbol, language, stop)),
        "top" => pages.TopAsync(words.FirstOrDefault(), language, stop),
        "report" => ReportAsync(language),
        "news" => words.Length == 0
            ? pages.NewsAsync(null, language, stop)
            : WithSymbolAsync(command, words, language, symbol => pages.NewsAsync(symbol, language, stop)),
        "mute" => WithSymbolAsync(command, words, language, symbol => MuteAsync(chat, symbol, words.ElementAtOrDefault(1), language, stop)),
        "unmute" => UnmuteAsync(chat, words.FirstOrDefault(), language, stop),
        "watch" => WatchAsync(words.FirstOrDefault(), language, stop),
        "unwatch" => WithSymbolAsync(command, words, language, symbol => UnwatchAsync(symbol, language)),
        "lang" => LanguageAsync(chat, words.FirstOrDefault(), language, stop),
        _ => Task.FromResult(BotTexts.Format(language, "UnknownCommand", BotTexts.Quote("/" + command))),
    };

    private async Task<string> WithSymbolAsync(string command, string[] words, string language, Func<SymbolInfo, Task<string>> answer)
    {
        if (words.Length == 0)
        {
            return BotTexts.Format(language, "WhichSymbol", command);
        }

        var market = grains.Get<IMarketGrain>(IMarketGrain.Main);
        if (await market.FindAsync(words[0]) is { } found)
        {
            return await answer(found);
        }

        var near = !SymbolCodes.IsValid(words[0]) ? [] : Nearest.Of(words[0], (await market.ListAsync()).Select(s => s.Code));
        return BotTexts.Format(language, "UnknownSymbol", BotTexts.Quote(words[0]))
            + (near.Count == 0 ? string.Empty : "\n" + BotTexts.Format(language, "DidYouMean", BotTexts.Escape(string.Join(", ", near))));
    }

    /// <summary>Sends the chart; what is left to say is why it could not.</summary>
    private async Task<string> ChartAsync(Chat chat, SymbolInfo symbol, string? word, string language, CancellationToken stop)
    {
        if (!CandleIntervals.TryParse(word ?? "1d", out var interval))
        {
            return BotTexts.Format(language, "BadInterval", BotTexts.Escape(word!), CandleIntervals.KnownCodes);
        }

        if (await charts.DrawAsync(symbol.Code, interval, language, mark: null, stop) is not { } png)
        {
            return BotTexts.Format(language, "NoCandles", BotTexts.Escape(symbol.Code), interval.Code());
        }

        var caption = await pages.PriceAsync(symbol, language, stop);
        if (!await TakeTurnAsync(chat.Id, stop))
        {
            return string.Empty;
        }

        var result = await messenger.SendPhotoAsync(chat.Id, new OutgoingPhoto(png, caption), stop);
        gate.Answered(chat.Id);
        if (result.Outcome == SendOutcome.Sent)
        {
            return string.Empty;
        }

        LogNotSent(logger, chat.Id, result.Error);
        gate.Block(chat.Id, result.RetryAfter ?? TimeSpan.Zero);
        return BotTexts.Text(language, "ChartNotSent");
    }

    private async Task<string> ReportAsync(string language)
    {
        var report = await grains.Get<IReportGrain>(IReportGrain.Daily).PreviewAsync(language, fullGlossary: false);
        return string.Join("\n\n", report.Messages);
    }

    private async Task<string> MuteAsync(Chat chat, SymbolInfo symbol, string? word, string language, CancellationToken stop)
    {
        var hours = DefaultMuteHours;
        if (word is not null && !(double.TryParse(word.TrimEnd('h'), CultureInfo.InvariantCulture, out hours) && hours is > 0 and <= MaxMuteHours))
        {
            return BotTexts.Format(language, "BadHours", BotTexts.Quote(word));
        }

        var until = clock.GetUtcNow().AddHours(hours);
        await chats.MuteAsync(chat.Id, symbol.Code, until, stop);
        await grains.Get<INotifierGrain>(chat.Id).WakeAsync(0);
        return BotTexts.Format(language, "Muted", BotTexts.Escape(symbol.Code), AlertFormatter.Time(until.ToUnixTimeSeconds()));
    }

    private async Task<string> UnmuteAsync(Chat chat, string? word, string language, CancellationToken stop)
    {
        var mutes = await chats.ReadMutesAsync(chat.Id, clock.GetUtcNow(), stop);
        var own = mutes.Where(m => m.Chat == chat.Id && (word is null || m.Symbol.Equals(word, StringComparison.OrdinalIgnoreCase))).ToList();
        foreach (var mute in own)
        {
            await chats.MuteAsync(chat.Id, mute.Symbol, null, stop);
        }

        var everywhere = mutes.Where(m => m.Chat is null).Select(m => m.Symbol).ToList();
        return (own.Count == 0 ? BotTexts.Text(language, "NothingMuted")
                : BotTexts.Format(language, "Unmuted", BotTexts.Escape(string.Join(", ", own.Select(m => m.Symbol)))))
            + (everywhere.Count == 0 ? string.Empty : "\n" + BotTexts.Format(language, "MutedEverywhere", BotTexts.Escape(string.Join(", ", everywhere))));
    }

    private async Task<string> WatchAsync(string? word, string language, CancellationToken stop)
    {
        if (word is null || !SymbolCodes.IsValid(word))
        {
            return (word is null ? string.Empty : BotTexts.Format(language, "BadSymbol", BotTexts.Quote(word)) + "\n")
                + BotTexts.Format(language, "WhichSymbol", "watch");
        }

        var outcome = watchers.FirstOrDefault() is { } watcher ? await watcher.WatchAsync(word, stop) : WatchOutcome.Unchecked;
        return BotTexts.Format(language, $"Watch{outcome}", BotTexts.Escape(word.ToUpperInvariant()));
    }

    private async Task<string> UnwatchAsync(SymbolInfo symbol, string language)
    {
        var removed = await grains.Get<IMarketGrain>(IMarketGrain.Main).RemoveAsync(symbol.Code);
        return BotTexts.Format(language, removed ? "Unwatched" : "NotWatched", BotTexts.Escape(symbol.Code));
    }

    private async Task<string> LanguageAsync(Chat chat, string? word, string language, CancellationToken stop)
    {
        word = word?.ToLowerInvariant();
        if (word is not ("ko" or "en"))
        {
            return BotTexts.Text(language, "WhichLanguage");
        }

        await chats.ChangeAsync(chat.Id, c => c with { Language = word }, stop);
        await grains.Get<INotifierGrain>(chat.Id).WakeAsync(0);
        return BotTexts.Text(word, "Language");
    }

    // Data of a button: m and a symbol, or d and a row's number.
    private async Task<(string? Note, string Text)> PressedAsync(Chat chat, string data, string language, CancellationToken stop)
    {
        var market = grains.Get<IMarketGrain>(IMarketGrain.Main);
        if (data.StartsWith("m:", StringComparison.Ordinal) && await market.FindAsync(data[2..]) is { } symbol)
        {
            return ("🔕", await MuteAsync(chat, symbol, null, language, stop));
        }

        if (data.StartsWith("d:", StringComparison.Ordinal) && long.TryParse(data[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            var row = (await outbox.ReadBeforeAsync(chat.Id, null, id + 1, 1, stop)).FirstOrDefault(r => r.Id == id);
            if (row is not null && await market.FindAsync(row.Alert.Symbol) is { } about)
            {
                return ("🔎", await pages.DetailsAsync(row, about, language, stop));
            }
        }

        return (null, BotTexts.Text(language, "ButtonTooOld"));
    }

    // Answers keep the chat's pace like everything else, but do not wait behind its outbox.
    private async Task SendAsync(string chat, string html, CancellationToken stop)
    {
        foreach (var page in html.Length == 0 ? [] : HtmlPages.Cut(html))
        {
            for (var tries = 0; tries < Tries; tries++)
            {
                if (!await TakeTurnAsync(chat, stop))
                {
                    return;
                }

                var result = await messenger.SendAsync(chat, new OutgoingMessage(page) { IsPlain = tries == Tries - 1 }, stop);
                gate.Answered(chat);
                if (result.Outcome == SendOutcome.Sent)
                {
                    break;
                }

                LogNotSent(logger, chat, result.Error);
                if (result.Outcome is not (SendOutcome.RetryLater or SendOutcome.Unparsable))
                {
                    return;
                }

                gate.Block(chat, result.RetryAfter ?? TimeSpan.Zero);
            }
        }
    }

    // False where a chat may not be written to for long: it must not hold up the others.
    private async Task<bool> TakeTurnAsync(string chat, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        for (var wait = gate.TryTake(chat); wait > TimeSpan.Zero; wait = gate.TryTake(chat))
        {
            if (clock.GetElapsedTime(began) + wait > LongestWait)
            {
                LogNotSent(logger, chat, $"It may not be written to for {Math.Ceiling(wait.TotalSeconds)} s.");
                return false;
            }

            await Task.Delay(wait, clock, stop);
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Telegram did not take the list of commands: {Error}")]
    private static partial void LogCommands(ILogger logger, string? error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chat {Chat} did not take an answer: {Error}")]
    private static partial void LogNotSent(ILogger logger, string chat, string? error);
}
