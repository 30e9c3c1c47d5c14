using System.Diagnostics;
using Finstage.Simulation;
using Finstage.Testing;

namespace Finstage.Silo.Tests.Hosts;

/// <summary>
/// Two silos as processes over a database server, and candles that keep coming while one is killed as <c>kill -9</c> does it and started
/// again. A short run always; 55 symbols and five kills where FINSTAGE_LONG is set.
/// </summary>
public sealed class KilledClusterTests(ITestOutputHelper output)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    public static bool IsLong => Environment.GetEnvironmentVariable("FINSTAGE_LONG") is { Length: > 0 };

    [Fact]
    public Task Silo_KilledOnce_LosesNothingAndDoublesNothing() => RunAsync(symbols: 12, candles: 60, kills: 1, pace: TimeSpan.FromMilliseconds(50));

    [Fact(Skip = "Takes minutes: set FINSTAGE_LONG=1.", SkipUnless = nameof(IsLong))]
    public Task Silo_KilledFiveTimes_LosesNothingAndDoublesNothing() => RunAsync(symbols: 55, candles: 400, kills: 5, pace: TimeSpan.FromSeconds(1));

    private async Task RunAsync(int symbols, int candles, int kills, TimeSpan pace)
    {
        Assert.SkipWhen(MariaDbServer.Missing is not null, MariaDbServer.Missing ?? string.Empty);
        var history = await RealHistory.LoadAsync(symbols, candles);
        await using var telegram = await TelegramStandIn.StartAsync();
        await using var cluster = await ClusterProcesses.StartAsync(telegram);
        using var steady = await cluster.StartSiloAsync(SiloPlace.Free(1));
        var victim = await cluster.StartSiloAsync(SiloPlace.Free(2));
        var times = new List<double>();
        try
        {
            var client = await cluster.WatchAsync();
            var isOver = false;
            var giving = history.GiveAsync(client, () => isOver ? TimeSpan.Zero : pace, CancellationToken.None);
            for (var kill = 1; kill <= kills; kill++)
            {
                await UntilAsync(() => Task.FromResult(history.Given > 10 * kill));
                string[] moving = [];
                await UntilAsync(async () => (moving = await MovedToAsync(client, victim, symbols / 5)).Length >= symbols / 5);
                Assert.False(giving.IsCompleted, "The candles were all given before the last kill.");
                var began = Stopwatch.GetTimestamp();
                await victim.KillAsync();
                var answered = await Task.WhenAll(moving.Select(async symbol =>
                {
                    await steady.UntilAnsweredAsync(symbol, AnswerWithin);
                    return Stopwatch.GetElapsedTime(began).TotalSeconds;
                }));
                times.AddRange(answered);
                Array.Sort(answered);
                output.WriteLine($"kill {kill} after {history.Given} days: {moving.Length} symbols moved, answered after {string.Join(' ', answered.Select(t => $"{t:F1}"))} s; median {answered[answered.Length / 2]:F2} s");

                var place = victim.Place;
                victim.Dispose();
                began = Stopwatch.GetTimestamp();
                victim = await cluster.StartSiloAsync(place);
                output.WriteLine($"  started again at the same addresses, ready after {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s");
            }

            isOver = true;
            await giving;
            await using var store = await cluster.OpenStoreAsync();
            await UntilAsync(async () => await store.CountWaitingAsync(default) == 0);
            var (summary, repeated) = await ClusterChecks.NothingIsLostOrDoubledAsync(store, history, telegram);
            times.Sort();
            output.WriteLine($"{summary}; {kills} kills, {times.Count} moves: median {times[times.Count / 2]:F2} s, longest {times[^1]:F2} s");
            Assert.InRange(repeated, 0, kills);
            Assert.False(steady.HasEnded);

            // One sentence for each death, and not every attempt to reach the dead.
            Assert.Equal(kills, steady.Error.Split($"The silo 127.0.0.1:{victim.Place.SiloPort} is gone").Length - 1);
            Assert.DoesNotContain("warn: Orleans", steady.Error);
        }
        finally
        {
            victim.Dispose();
        }
    }

    /// <summary>What lives on a silo; where that is little, as after its start, grains are placed anew.</summary>
    private static async Task<string[]> MovedToAsync(IClusterClient client, SiloProcess silo, int wanted)
    {
        var there = await ClusterProcesses.SymbolsOnAsync(client, silo);
        if (there.Length < wanted)
        {
            await ClusterProcesses.SpreadAsync(client);
            await Task.Delay(TimeSpan.FromSeconds(2));
        }

        return there;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(20));
        while (!await holds())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
