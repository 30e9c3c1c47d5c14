using System.CommandLine;
using Finstage.Adapters.Http;
using Finstage.Client.Output;

namespace Finstage.Client.Server;

/// <summary><c>mute SYM</c>: alerts of a symbol are not told for a while.</summary>
internal static class MuteCommand
{
    public static Command Create(Screen screen)
    {
        var code = new Argument<string>("symbol") { Description = "The symbol." };
        var hours = new Option<double?>("--hours") { Description = "For how long (default: until it is taken back).", HelpName = "N" };
        var off = new Option<bool>("--off") { Description = "Let it be heard again." };
        var chat = new Option<string?>("--chat") { Description = "For this chat alone (default: every chat).", HelpName = "ID" };
        var command = new Command("mute", "Alerts of a symbol are not told for a while; they stay in the list, marked suppressed.")
        {
            code, hours, off, chat,
        };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(off) && parsed.GetValue(hours) is not null)
            {
                throw new UsageException("--off ends the mute: leave --hours out.");
            }

            using var api = options.Connect(parsed);
            var request = new MuteRequest(parsed.GetValue(off) ? 0 : parsed.GetValue(hours), parsed.GetValue(chat));
            var mutes = await api.PutAsync<MuteDto[]>($"api/symbols/{Uri.EscapeDataString(parsed.GetValue(code)!)}/mute", request, cancellation);
            if (options.Json(parsed))
            {
                screen.WriteJson(mutes);
                return;
            }

            screen.WriteTable(
                ["Symbol", "Chat", "Muted until (UTC)"],
                [.. mutes.Select(m => new[] { m.Symbol, m.Chat ?? "every chat", m.Until?.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) ?? "for good" })]);
        });
        return command;
    }
}
