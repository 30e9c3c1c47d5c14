using System.Diagnostics;
using System.Globalization;
using Finstage.Analysis.Candles;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Hosting;
using Finstage.Simulation;

namespace Finstage.Silo.Tests;

/// <summary>
/// From a closed candle to the HTTP request of the alert it causes, and from a command to its answer, with nothing else to do and while
/// history comes in. Times are told, not asserted; FINSTAGE_LATENCY says of how many.
/// </summary>
public sealed class AlertLatencyTests : IAsyncLifetime
{
    private const int Before = 260;
    private const long Day = 86_400;

    private TelegramStandIn telegram = null!;
    private SiloUnderTest silo = null!;

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("FINSTAGE_LATENCY"), out var count) ? count : 5;

    public async ValueTask InitializeAsync()
    {
        telegram = await TelegramStandIn.StartAsync();
        silo = await SiloUnderTest.StartAsync(
            ("Telegram:BotToken", TelegramStandIn.Token), ("Telegram:ApiBaseUrl", telegram.Address), ("Telegram:ChatIds:0", "77"),
            ("Telegram:UserIds:0", "5"), ("Notifier:Pace", "00:00:00"), ("Notifier:TotalPerSecond", "100000"));
    }

    public async ValueTask DisposeAsync()
    {
        await silo.DisposeAsync();
        await telegram.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LiveCandle_ThatCausesAHighAlert_IsToldAndCommandsAreAnswered(bool isBackfilling)
    {
        using var stop = new CancellationTokenSource();
        for (var i = 0; i < Count; i++)
        {
            await Grain($"L{i}").ApplyAsync(Batch($"L{i}", Before, BatchOrigin.Backfill));
        }

        var backfill = isBackfilling ? BackfillAsync(stop.Token) : Task.CompletedTask;
        var (alerts, answers) = (new List<double>(), new List<double>());
        for (var i = 0; i < Count; i++)
        {
            var symbol = $"L{i}";
            var began = Stopwatch.GetTimestamp();
            await Grain(symbol).ApplyAsync(Batch(symbol, 1, BatchOrigin.Live));
            alerts.Add(await SeenAsync(began, m => m.Text.Contains($"📊 {symbol} - ", StringComparison.Ordinal)));
            var answered = telegram.Accepted.Count(m => m.Text.Contains("/signals", StringComparison.Ordinal));
            began = Stopwatch.GetTimestamp();
            telegram.Say(77, 5, "/help");
            answers.Add(await SeenAsync(began, m => m.Text.Contains("/signals", StringComparison.Ordinal), answered));
        }

        await stop.CancelAsync();
        await backfill;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{(isBackfilling ? "while history comes in" : "idle")}: candle to request {Tell(alerts)}; command to answer {Tell(answers)} ({Count} of each)");
    }

    private ISymbolGrain Grain(string symbol) => silo.Service<IGrains>().Get<ISymbolGrain>(symbol);

    // New symbols with years of daily candles, one after the other.
    private async Task BackfillAsync(CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await Grain($"B{i}").ApplyAsync(Batch($"B{i}", 2_500, BatchOrigin.Backfill));
        }
    }

    private async Task<double> SeenAsync(long began, Func<SentMessage, bool> isIt, int skipped = 0)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        SentMessage? found;
        while ((found = telegram.Accepted.Where(isIt).Skip(skipped).FirstOrDefault()) is null)
        {
            await Task.Delay(1, patience.Token);
        }

        return Stopwatch.GetElapsedTime(began, found.At).TotalMilliseconds;
    }

    // Level for long, then slightly lower, so that the short average lies under the long one; the last candle crosses it far up.
    private static CandleBatch Batch(string symbol, int count, BatchOrigin origin)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var last = (now / Day * Day) - Day - (origin == BatchOrigin.Live ? 0 : Day);
        var time = new long[count];
        var close = new double[count];
        for (var i = 0; i < count; i++)
        {
            time[i] = last - ((count - 1 - i) * Day);
            close[i] = origin == BatchOrigin.Live ? 200 : i < count - 60 ? 100 + (i % 7 * 0.01) : 99.5 + (i % 5 * 0.01);
        }

        return new CandleBatch(
            symbol, CandleInterval.OneDay, "csv", origin, now, Audience.EveryChat, false, time, close, close, close, close,
            [.. Enumerable.Repeat(1_000.0, count)]);
    }

    private static string Tell(List<double> times)
    {
        var sorted = times.Order().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"median {sorted[sorted.Length / 2]:0.0} ms, p99 {sorted[(int)((sorted.Length - 1) * 0.99)]:0.0} ms, most {sorted[^1]:0.0} ms");
    }
}
