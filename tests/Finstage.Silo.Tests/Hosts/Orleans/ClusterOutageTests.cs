using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Finstage.Simulation;
using Finstage.Testing;

namespace Finstage.Silo.Tests.Hosts;

/// <summary>
/// Two silos as processes over a database server, with 55 symbols of candles coming: all silos killed, the database gone for a while, and
/// nothing at all going wrong for a quarter of an hour. They take minutes and run where FINSTAGE_LONG is set.
/// </summary>
public sealed class ClusterOutageTests(ITestOutputHelper output)
{
    private const string Long = "Takes minutes: set FINSTAGE_LONG=1.";
    private const int Symbols = 55;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    public static bool IsLong => KilledClusterTests.IsLong;

    private static TimeSpan LoadFor =>
        TimeSpan.FromMinutes(int.TryParse(Environment.GetEnvironmentVariable("FINSTAGE_MINUTES"), out var minutes) ? minutes : 15);

    [Theory(Skip = Long, SkipUnless = nameof(IsLong))]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silos_AllKilled_GoOnWhereTheyStood(bool atNewAddresses)
    {
        await using var telegram = await TelegramStandIn.StartAsync();
        await using var cluster = await StartAsync(telegram);
        var history = await RealHistory.LoadAsync(Symbols, candles: 60);
        SiloPlace[] places = [SiloPlace.Free(1), SiloPlace.Free(2)];
        using (var first = await cluster.StartSiloAsync(places[0]))
        using (var second = await cluster.StartSiloAsync(places[1]))
        {
            using var half = new CancellationTokenSource();
            var giving = history.GiveAsync(await cluster.WatchAsync(), () => Pace, half.Token);
            await UntilAsync(() => Task.FromResult(history.Given >= 30));
            await Task.WhenAll(first.KillAsync(), second.KillAsync());
            await half.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => giving);
        }

        places = atNewAddresses ? [SiloPlace.Free(1), SiloPlace.Free(2)] : places;
        var began = Stopwatch.GetTimestamp();
        var silos = await Task.WhenAll(places.Select(cluster.StartSiloAsync));
        var ready = Stopwatch.GetElapsedTime(began);
        using var one = silos[0];
        using var other = silos[1];
        await Task.WhenAll(history.All.SelectMany(s => silos.Select(silo => silo.UntilAnsweredAsync(s.Symbol.Code, Patience))));
        output.WriteLine($"all killed after {history.Given} days and started {(atNewAddresses ? "at new addresses" : "at the same addresses")}: both ready after {ready.TotalSeconds:F1} s, all {Symbols} symbols answered by both after {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s; members {await MembersAsync(cluster)}");
        await history.GiveAsync(await cluster.WatchAsync(), () => TimeSpan.Zero, CancellationToken.None);
        var repeated = await CheckAsync(cluster, history, telegram);
        Assert.InRange(repeated, 0, 1);
    }

    [Fact(Skip = Long, SkipUnless = nameof(IsLong))]
    public async Task Database_GoneForAMinute_IsMissedAndThenAllGoesOn()
    {
        await using var telegram = await TelegramStandIn.StartAsync();
        await using var cluster = await StartAsync(telegram);
        var history = await RealHistory.LoadAsync(Symbols, candles: 120);
        using var first = await cluster.StartSiloAsync(SiloPlace.Free(1));
        using var second = await cluster.StartSiloAsync(SiloPlace.Free(2));
        var giving = history.GiveAsync(await cluster.WatchAsync(), () => Pace, CancellationToken.None);
        await UntilAsync(() => Task.FromResult(history.Given >= 30));

        await cluster.Server.KillAsync();
        var gone = Stopwatch.GetTimestamp();
        var (live, statuses) = (0, new List<string>());
        while (Stopwatch.GetElapsedTime(gone) < TimeSpan.FromSeconds(60))
        {
            foreach (var silo in new[] { first, second })
            {
                using var alive = await silo.Http.GetAsync(new Uri("/health/live", UriKind.Relative));
                live += alive.IsSuccessStatusCode ? 1 : 0;
                statuses.Add((await silo.Http.GetFromJsonAsync<JsonElement>(new Uri("/health", UriKind.Relative))).GetProperty("status").GetString()!);
            }

            await Task.Delay(TimeSpan.FromSeconds(5));
        }

        var given = history.Given;
        var refusedThen = history.Refused;
        var away = Stopwatch.GetElapsedTime(gone).TotalSeconds;
        await cluster.Server.StartAgainAsync();
        var back = Stopwatch.GetTimestamp();
        await UntilAsync(() => Task.FromResult(history.Given > given + 1));
        output.WriteLine($"database away for {away:F0} s after {given} days: {live} of {statuses.Count} probes live, health {string.Join(' ', statuses.GroupBy(s => s).Select(g => $"{g.Key} {g.Count()}"))}; {refusedThen} calls refused; candles are taken again {Stopwatch.GetElapsedTime(back).TotalSeconds:F1} s after its return");
        await giving;
        var repeated = await CheckAsync(cluster, history, telegram);
        await UntilAsync(async () => (await first.Http.GetFromJsonAsync<JsonElement>(new Uri("/health", UriKind.Relative))).GetProperty("status").GetString() == "ok");

        Assert.Equal(statuses.Count, live);
        Assert.All(statuses, status => Assert.Equal("degraded", status));
        Assert.False(first.HasEnded || second.HasEnded);
        Assert.Equal("3: 2", await MembersAsync(cluster));
        Assert.InRange(repeated, 0, 1);
    }

    [Fact(Skip = Long, SkipUnless = nameof(IsLong))]
    public async Task Load_ForAQuarterOfAnHour_NobodyIsTakenForDead()
    {
        await using var telegram = await TelegramStandIn.StartAsync();
        await using var cluster = await StartAsync(telegram);
        var history = await RealHistory.LoadAsync(Symbols, candles: 2_000);
        using var first = await cluster.StartSiloAsync(SiloPlace.Free(1));
        using var second = await cluster.StartSiloAsync(SiloPlace.Free(2));
        var client = await cluster.WatchAsync();
        var began = Stopwatch.GetTimestamp();
        using var over = new CancellationTokenSource(LoadFor);
        var asking = Task.WhenAll(AskAsync(first, history, over.Token), AskAsync(second, history, over.Token));
        var rounds = 0;
        while (!over.IsCancellationRequested)
        {
            // From the second round on every candle is known already.
            rounds++;
            await history.GiveAsync(client, () => TimeSpan.Zero, over.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        var asked = (await asking).Sum();
        output.WriteLine($"{Stopwatch.GetElapsedTime(began).TotalMinutes:F1} minutes of load: {rounds} rounds, {asked:N0} questions answered, {history.Refused} calls refused; members {await MembersAsync(cluster)}");
        Assert.Equal("3: 2", await MembersAsync(cluster));
        Assert.False(first.HasEnded || second.HasEnded);
        Assert.Equal(0, history.Refused);
    }

    private static async Task<ClusterProcesses> StartAsync(TelegramStandIn telegram)
    {
        Assert.SkipWhen(MariaDbServer.Missing is not null, MariaDbServer.Missing ?? string.Empty);
        return await ClusterProcesses.StartAsync(telegram);
    }

    private static async Task<long> AskAsync(SiloProcess silo, RealHistory history, CancellationToken over)
    {
        for (var asked = 0L; ; asked++)
        {
            if (over.IsCancellationRequested)
            {
                return asked;
            }

            var code = history.All[(int)(asked % history.All.Count)].Symbol.Code;
            Assert.Equal(0, await silo.UntilAnsweredAsync(code, Patience));
        }
    }

    private async Task<int> CheckAsync(ClusterProcesses cluster, RealHistory history, TelegramStandIn telegram)
    {
        await using var store = await cluster.OpenStoreAsync();
        await UntilAsync(async () => await store.CountWaitingAsync(default) == 0);
        var (summary, repeated) = await ClusterChecks.NothingIsLostOrDoubledAsync(store, history, telegram);
        output.WriteLine(summary);
        return repeated;
    }

    private static async Task<string> MembersAsync(ClusterProcesses cluster) =>
        string.Join(", ", (await cluster.MembersAsync()).OrderBy(m => m.Key).Select(m => $"{m.Key}: {m.Value}"));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        while (!await holds())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
