using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Finstage.Adapters.Storage;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Simulation;
using Finstage.Testing;

namespace Finstage.Silo.Tests;

/// <summary>
/// Alerts to five chats while a fifth of all calls fail, in every way that Telegram has, and the program is killed. Pace and caps are
/// scaled by 50, in the settings and in the stand-in. FINSTAGE_ALERTS and FINSTAGE_KILLS make it larger.
/// </summary>
public sealed partial class DeliveryTests : IDisposable
{
    private const int Scale = 50;
    private const double FailingShare = 0.2;

    private static readonly string[] ChatIds = ["11", "12", "13", "-21", "-22"];

    private static readonly (int Status, string Body)[] Failures =
    [
        (429, """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1","parameters":{"retry_after":1}}"""),
        (502, """{"ok":false,"error_code":502,"description":"Bad Gateway"}"""),
        (502, "<html><body><h1>502 Bad Gateway</h1></body></html>"),
        (500, """{"ok":false,"error_code":500,"description":"Internal Server Error"}"""),
        (401, """{"ok":false,"error_code":401,"description":"Unauthorized"}"""),
        (403, """{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}"""),
        (400, """{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities: a fault that was planted"}"""),
        (0, string.Empty),
    ];

    private readonly TempFolder folder = new();
    private readonly Random random = new(20_260_102);
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, int> failed = new();
    private readonly Dictionary<string, string> moved = new(StringComparer.Ordinal) { ["-21"] = "-10021", ["-22"] = "-10022" };
    private int received;
    private int unanswered;

    private static int Alerts => Setting("FINSTAGE_ALERTS", 30);

    private static int Kills => Setting("FINSTAGE_KILLS", 2);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Alerts_CallsThatFailAndKills_AreEachDeliveredInOrder()
    {
        await WriteAsync();
        await using var telegram = await TelegramStandIn.StartAsync();
        telegram.Limits = new TelegramLimits(TimeSpan.FromMilliseconds(1_000.0 / Scale), 20 * Scale, 25 * Scale);
        telegram.Judge = Judge;
        telegram.CutsAfterAccepting = _ => Roll(FailingShare / 9) && Interlocked.Increment(ref unanswered) > 0;
        for (var i = 0; i < Kills; i++)
        {
            using var silo = Start(telegram);
            var before = telegram.Accepted.Count;
            var began = TimeProvider.System.GetTimestamp();

            // In the midst of its work; or a little later where planted refusals have switched the chats off.
            while (telegram.Accepted.Count < before + (ChatIds.Length * Alerts / (2 * Kills))
                && TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10))
            {
                await Task.Delay(20);
            }

            await Task.Delay(random.Next(0, 300));
            await silo.KillAsync();
            await SwitchOnAsync();
        }

        await EndAsync(telegram);
        await CheckAsync(telegram);
    }

    // The last run has nobody to kill it: chats that a planted 403 switched off are switched on by hand, as a person would.
    private async Task EndAsync(TelegramStandIn telegram)
    {
        for (var runs = 0; ; runs++)
        {
            Assert.True(runs < 100, "It never ends.");
            using var silo = Start(telegram);
            await silo.SeeAsync("Serving on");
            using var http = new HttpClient { BaseAddress = new Uri(ServingOn().Match(silo.Output).Groups[1].Value) };
            for (var looks = 0; looks < 40; looks++)
            {
                var health = await http.GetFromJsonAsync<System.Text.Json.JsonElement>("/health");
                var chats = health.GetProperty("telegram").GetProperty("chats").EnumerateArray().ToList();
                if (health.GetProperty("telegram").GetProperty("waiting").GetInt32() == 0)
                {
                    await silo.KillAsync();
                    return;
                }

                // Everything that can go has gone, and the rest is switched off.
                if (chats.All(c => c.GetProperty("status").GetString() == "off" || c.GetProperty("waiting").GetInt32() == 0))
                {
                    break;
                }

                await Task.Delay(250);
            }

            await silo.KillAsync();
            await SwitchOnAsync();
        }
    }

    private async Task SwitchOnAsync()
    {
        await using var store = await SqlStore.OpenAsync(folder.File("data/finstage.db"), TimeProvider.System);
        foreach (var chat in (await store.ReadChatsAsync(default)).Where(c => c.Fault is not null))
        {
            await store.Chats.ChangeAsync(chat.Id, c => c with { Enabled = true, Fault = null }, default);
        }
    }

    private (int Status, string Body)? Judge(SentMessage message)
    {
        Interlocked.Increment(ref received);
        if (moved.TryGetValue(message.Chat, out var to))
        {
            failed.AddOrUpdate("400 migrate", 1, (_, n) => n + 1);
            return (400, $$$"""{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":{{{to}}}}}""");
        }

        if (!Roll(FailingShare * 8 / 9))
        {
            return null;
        }

        var failure = Failures[Next(Failures.Length)];
        if (failure.Status == 400 && message.IsPlain)
        {
            return null;
        }

        failed.AddOrUpdate(failure.Status == 0 ? "cut" : failure.Status.ToString(CultureInfo.InvariantCulture), 1, (_, n) => n + 1);
        return failure;
    }

    private bool Roll(double share)
    {
        lock (gate)
        {
            return random.NextDouble() < share;
        }
    }

    private int Next(int below)
    {
        lock (gate)
        {
            return random.Next(below);
        }
    }

    private async Task CheckAsync(TelegramStandIn telegram)
    {
        await using var store = await SqlStore.OpenAsync(folder.File("data/finstage.db"), TimeProvider.System);
        var rows = (await store.ReadNewestAsync(null, 1_000_000, default)).Where(r => r.Chat != Chat.ConsoleId).ToList();
        var alerts = rows.Where(r => r.Alert.Key.StartsWith("delivery|", StringComparison.Ordinal)).ToList();
        var got = telegram.Accepted.Select(m => (Chat: Home(m.Chat), Id: long.Parse(Number().Match(m.Text).Groups[1].Value, CultureInfo.InvariantCulture))).ToList();
        var delivered = got.Select(g => g.Id).ToHashSet();
        var lost = alerts.Count(r => !delivered.Contains(r.BatchId ?? r.Id) || r.State != OutboxState.Sent);
        var repeated = got.Count - got.Distinct().Count();
        var reordered = ChatIds.Sum(chat =>
        {
            var first = got.Where(g => g.Chat == chat).Select(g => g.Id).Distinct().ToList();
            return first.Zip(first.Skip(1)).Count(pair => pair.Second < pair.First);
        });
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ChatIds.Length} chats × {Alerts} alerts, {Kills} kills, {received} calls: delivered {alerts.Count - lost}, lost {lost}, repeated {repeated} (at most {Kills} × {ChatIds.Length} + {unanswered}), reordered {reordered}; failed: {string.Join(", ", failed.OrderBy(f => f.Key).Select(f => $"{f.Key} × {f.Value}"))}, cut after accepting × {unanswered}"));
        Assert.Equal(ChatIds.Length * Alerts, alerts.Count);
        Assert.Equal(0, lost);
        Assert.Equal(0, reordered);
        Assert.InRange(repeated, 0, (Kills * ChatIds.Length) + unanswered);
    }

    private string Home(string chat) => moved.FirstOrDefault(m => m.Value == chat).Key ?? chat;

    private async Task WriteAsync()
    {
        Directory.CreateDirectory(folder.File("data"));
        await using var store = await SqlStore.OpenAsync(folder.File("data/finstage.db"), TimeProvider.System);
        await store.SeedChatsAsync([.. ChatIds.Select(id => new Chat(id, "ko", true))], default);
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < Alerts; i++)
        {
            var symbol = new SymbolInfo($"D{i % 55:00}", "종목 <b> & 이름", "Name", SymbolCategory.Stock, "NASDAQ", "USD", true);
            var signal = new Signal("MA_20_BREAKOUT", 0, Direction.Buy, 85, 231.1, "ma-breakout.buy", new Figures(231.1, 220.5, 4.81));
            var asOf = now.ToUnixTimeSeconds();
            var alert = new Alert(
                $"delivery|{i}", AlertKind.Signal, symbol.Code, AlertPriority.High, AlertStream.Live, asOf, asOf, AlertDelivery.Undecided,
                SignalPayload.Of(symbol, CandleInterval.OneDay, signal, asOf).ToJson());
            await store.CommitAsync(
                new SeriesCommit($"SEED{i}", CandleInterval.OneDay, "csv", 1, 0, "rules", [new Candle(0, 1, 1, 1, 1, 1)], [], [], [alert], Audience.EveryChat, now),
                default);
        }
    }

    private ProgramProcess Start(TelegramStandIn telegram)
    {
        var settings = new Dictionary<string, string>
        {
            ["FINSTAGE__Telegram__BotToken"] = TelegramStandIn.Token, ["FINSTAGE__Telegram__ApiBaseUrl"] = telegram.Address,
            ["FINSTAGE__Notifier__Pace"] = TimeSpan.FromMilliseconds(1_000.0 / Scale).ToString(), ["FINSTAGE__Notifier__GroupPerMinute"] = $"{20 * Scale}",
            ["FINSTAGE__Notifier__TotalPerSecond"] = $"{25 * Scale}", ["FINSTAGE__Notifier__AlonePerHour"] = $"{3 * Scale}",
            ["FINSTAGE__Notifier__FirstRetry"] = TimeSpan.FromMilliseconds(2_000.0 / Scale).ToString(),
            ["FINSTAGE__Notifier__LongestRetry"] = "00:00:01", ["FINSTAGE__Feeds__Enabled"] = "false",
        };
        for (var i = 0; i < ChatIds.Length; i++)
        {
            settings[$"FINSTAGE__Telegram__ChatIds__{i}"] = ChatIds[i];
        }

        return ProgramProcess.Start(typeof(SiloApp).Assembly.Location, folder.Path, settings, "--urls", "http://127.0.0.1:0");
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;

    [GeneratedRegex(@"Serving on (\S+)")]
    private static partial Regex ServingOn();

    [GeneratedRegex("#([0-9]+)$")]
    private static partial Regex Number();
}
