using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Finstage.Simulation;
using Finstage.Adapters.Prices;
using Finstage.Adapters.Storage;
using Finstage.Analysis;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Testing;

namespace Finstage.Silo.Tests;

/// <summary>
/// Files played as if live by a process of its own, to a local server that plays Telegram: what must arrive, and what must be stored,
/// also when the process is killed again and again. <c>FINSTAGE_KILLS</c> sets how often (default 3).
/// </summary>
public sealed partial class ReplayTests : IDisposable
{
    private const int MaxAlonePerHour = 3;

    private const string Symbol = "PLAYED";
    private const string Chat = "77";

    private readonly TempFolder folder = new();

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("FINSTAGE_KILLS"), out var kills) ? kills : 3;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("sample")]
    [InlineData("AAPL.1m.csv")]
    public async Task Replay_Undisturbed_TellsEachAlertOnce(string name)
    {
        var file = FileOf(name);
        await using var telegram = await TelegramStandIn.StartAsync();
        using (var silo = Start(file, telegram))
        {
            await silo.SeeAsync("candles played");
            await AllSentAsync(silo);
            await silo.KillAsync();
        }

        var repeated = await CheckAsync(file, telegram);

        Assert.Equal(0, repeated);
    }

    [Theory]
    [InlineData("sample")]
    [InlineData("AAPL.1m.csv")]
    public async Task Replay_KilledAtRandomMoments_LosesNothing(string name)
    {
        var file = FileOf(name);
        var random = new Random(20_260_101);
        await using var telegram = await TelegramStandIn.StartAsync();
        var midway = 0;
        for (var i = 0; i < Kills; i++)
        {
            using var silo = Start(file, telegram);
            if (i % 2 == 0)
            {
                // Every other kill falls into the replay itself, the rest anywhere.
                await silo.SeeAsync("Playing");
                await Task.Delay(random.Next(50, 400));
            }
            else
            {
                await Task.Delay(random.Next(300, 6_000));
            }

            await silo.KillAsync();
            midway += await IsMidwayAsync(file) ? 1 : 0;
        }

        Assert.True(midway > 0, "No kill fell into the replay.");

        using (var last = Start(file, telegram))
        {
            await last.SeeAsync("candles played");
            await AllSentAsync(last);
            await last.KillAsync();
        }

        var repeated = await CheckAsync(file, telegram);

        Assert.InRange(repeated, 0, Kills);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Kills} kills, {midway} of them midway, {telegram.Accepted.Count} messages, {repeated} repeated");
    }

    /// <summary>Whether a kill left the replay unfinished: candles, or messages, still to come.</summary>
    private async Task<bool> IsMidwayAsync(string file)
    {
        if (!File.Exists(folder.File("data/finstage.db")))
        {
            return false;
        }

        var (candles, _) = await PlainAsync(file);
        await using var store = await SqlStore.OpenAsync(folder.File("data/finstage.db"), TimeProvider.System);
        var stored = (await store.ReadSeriesAsync(Symbol, default)).Sum(s => s.Candles);
        return stored < candles.Length || await store.CountWaitingAsync(default) > 0;
    }

    private static string FileOf(string name)
    {
        if (name == "sample")
        {
            return Path.Combine(Repository.Root, "samples", "GSPC.1d.csv");
        }

        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        return Path.Combine(Repository.Data, "prices", name);
    }

    private static string IntervalOf(string file) => file.Contains(".1m.", StringComparison.Ordinal) ? "1m" : "1d";

    private ProgramProcess Start(string file, TelegramStandIn telegram) => ProgramProcess.Start(
        typeof(SiloApp).Assembly.Location,
        folder.Path,
        new Dictionary<string, string>
        {
            ["FINSTAGE__Telegram__BotToken"] = TelegramStandIn.Token, ["FINSTAGE__Telegram__ApiBaseUrl"] = telegram.Address,
            ["FINSTAGE__Telegram__ChatIds__0"] = Chat, ["FINSTAGE__Notifier__Pace"] = "00:00:00",
            ["FINSTAGE__Notifier__TotalPerSecond"] = "100000",
        },
        "--urls", "http://127.0.0.1:0", "--replay", file, "--symbol", Symbol, "--interval", IntervalOf(file));

    private static async Task AllSentAsync(ProgramProcess silo)
    {
        var address = ServingOn().Match(silo.Output).Groups[1].Value;
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (await WaitingAsync(http, patience.Token) > 0)
        {
            await Task.Delay(100, patience.Token);
        }
    }

    // The outbox's own count; a chat's is what its sender saw last, which may be before the newest rows.
    private static async Task<int> WaitingAsync(HttpClient http, CancellationToken cancellation)
    {
        using var health = JsonDocument.Parse(await http.GetStringAsync("/health", cancellation));
        return health.RootElement.GetProperty("telegram").GetProperty("waiting").GetInt32();
    }

    /// <summary>Holds the store and what was received against a plain calculation; returns how many messages came more than once.</summary>
    private async Task<int> CheckAsync(string file, TelegramStandIn telegram)
    {
        var (candles, signals) = await PlainAsync(file);
        await using var store = await SqlStore.OpenAsync(folder.File("data/finstage.db"), TimeProvider.System);
        _ = CandleIntervals.TryParse(IntervalOf(file), out var interval);
        Assert.Equal(candles, await store.ReadCandlesAsync(Symbol, interval, long.MinValue, long.MaxValue, int.MaxValue, default));
        var stored = await store.ReadSignalsAsync(new SignalQuery(Symbol, interval, Limit: 100_000), default);
        Assert.Equal(
            signals.Select(s => (s.Time, s.Strategy, s.Direction)).Order(),
            stored.Select(r => (r.Signal.Time, r.Signal.Strategy, r.Signal.Direction)).Order());

        var rows = (await store.ReadNewestAsync(Chat, 100_000, default)).Where(r => r.Alert.Key.Contains(Symbol, StringComparison.Ordinal) || r.Alert.Kind == AlertKind.Batch).ToList();
        var told = rows.Where(r => r.Alert.Kind == AlertKind.Signal).ToList();
        Assert.Equal(
            signals.Where(s => s.Priority != AlertPriority.Low).Select(s => $"signal|{Symbol}|{interval.Code()}|{s.Strategy}|{s.Time}|{s.Direction}").Order(StringComparer.Ordinal),
            told.Select(r => r.Alert.Key).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal(OutboxState.Sent, row.State));
        CheckCapAndBatches(told);
        return CheckReceived(rows, telegram);
    }

    private static void CheckCapAndBatches(List<OutboxRow> told)
    {
        var alone = told.Where(r => r.BatchId is null).OrderBy(r => r.Alert.AsOf).ToList();
        Assert.All(alone, row => Assert.Equal(AlertPriority.High, row.Alert.Priority));
        foreach (var row in alone)
        {
            Assert.InRange(alone.Count(r => r.Alert.AsOf > row.Alert.AsOf - 3_600 && r.Alert.AsOf <= row.Alert.AsOf), 1, MaxAlonePerHour);
        }

        // What went with others belongs to one quarter of an hour; a high alert does so only when the hour was full.
        foreach (var batch in told.Where(r => r.BatchId is not null).GroupBy(r => r.BatchId))
        {
            Assert.Single(batch.Select(r => AlertBatches.EndOf(r.Alert.AsOf)).Distinct());
        }

        foreach (var row in told.Where(r => r.BatchId is not null && r.Alert.Priority == AlertPriority.High))
        {
            Assert.Equal(
                MaxAlonePerHour, alone.Count(r => r.Alert.AsOf > row.Alert.AsOf - 3_600 && r.Alert.AsOf <= row.Alert.AsOf));
        }
    }

    private static int CheckReceived(List<OutboxRow> rows, TelegramStandIn telegram)
    {
        var received = telegram.Accepted.Select(m => long.Parse(Number().Match(m.Text).Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        var sent = rows.Where(r => r.BatchId is null).Select(r => r.Id).ToHashSet();
        Assert.Equal(sent.Order(), received.Distinct().Order());
        return received.Count - sent.Count;
    }

    private static async Task<(Candle[] Candles, List<Signal> Signals)> PlainAsync(string file)
    {
        _ = CandleIntervals.TryParse(IntervalOf(file), out var interval);
        var read = await new CsvPriceFile(TimeProvider.System).ReadAsync(file, new PriceFileOptions { Symbol = Symbol, Interval = interval });
        var candles = read.Series.Single().Candles;
        var signals = new List<Signal>();
        new SymbolEngine(new SeriesContext(interval, TradingCalendar.Utc), StrategyCatalog.All).Commit(candles, signals);
        return (candles, signals);
    }

    [GeneratedRegex(@"Serving on (\S+)")]
    private static partial Regex ServingOn();

    [GeneratedRegex(@"#(\d+)$")]
    private static partial Regex Number();
}
