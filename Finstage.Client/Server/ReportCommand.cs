using System.CommandLine;
using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Adapters.Messengers;
using Finstage.Client.Output;

namespace Finstage.Client.Server;

/// <summary><c>report</c>, <c>report preview</c> and <c>report send</c>: the daily report, to look at and to send.</summary>
internal static class ReportCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("report", "The daily report as it would be sent now; nothing is sent.")
        {
            Show(screen, new Command("preview", "The same.")), Send(screen),
        };
        return Show(screen, command);
    }

    private static Command Show(Screen screen, Command command)
    {
        var language = new Option<string>("--lang") { Description = "ko or en.", HelpName = "ko|en", DefaultValueFactory = _ => "ko" };
        var glossary = Glossary();
        command.Options.Add(language);
        command.Options.Add(glossary);
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var path = $"api/report/preview?lang={Uri.EscapeDataString(parsed.GetValue(language)!)}&glossary={Word(parsed.GetValue(glossary))}";
            var report = await api.GetAsync<ReportPreviewDto>(path, cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(report);
            }
            else
            {
                screen.Line(string.Join("\n\n", report.Messages.Select(PlainText.Of)));
            }
        });
        return command;
    }

    private static Command Send(Screen screen)
    {
        var glossary = Glossary();
        var command = new Command("send", "Send the report that is due, once for each day.") { glossary };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            var sent = await api.PostAsync<ReportSentDto>($"api/report/send?glossary={Word(parsed.GetValue(glossary))}", null, cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(sent);
            }
            else
            {
                screen.Line(sent.IsNew
                    ? string.Create(CultureInfo.InvariantCulture, $"The report of {sent.Day:yyyy-MM-dd} is on its way: {sent.Messages} messages for {sent.Chats} chats.")
                    : string.Create(CultureInfo.InvariantCulture, $"The report of {sent.Day:yyyy-MM-dd} had been sent before; nothing was sent again."));
            }
        });
        return command;
    }

    private static Option<bool> Glossary() => new("--glossary") { Description = "With the glossary in full, as on Mondays." };

    private static string Word(bool value) => value ? "true" : "false";
}
