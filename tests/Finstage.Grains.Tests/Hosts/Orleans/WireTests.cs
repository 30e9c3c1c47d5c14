using System.Reflection;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Ports;
using Finstage.Analysis.Candles;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Finstage.Grains.Tests.Hosts;

/// <summary>What grains send each other: silos of two versions live side by side during an update, so bytes once sent never change.</summary>
public sealed class WireTests
{
    private const string Update = "FINSTAGE_FREEZE_WIRE";

    private static readonly string Snapshot = Path.Combine(AppContext.BaseDirectory, "wire.txt");

    public static TheoryData<string> Aliases => [.. WireSamples.Types.Keys];

    public static TheoryData<string, string> Methods =>
        [.. WireSamples.Contracts.SelectMany(t => t.GetMethods().Select(m => new TheoryDataRow<string, string>(t.Name, m.Name)))];

    [Theory]
    [MemberData(nameof(Aliases))]
    public void Bytes_OfEachMessage_AreThoseOnceSent(string alias)
    {
        var bytes = Convert.ToHexString(Serialize(WireSamples.Of(WireSamples.Types[alias])));

        var frozen = File.ReadAllLines(Snapshot).FirstOrDefault(line => line.StartsWith(alias + " ", StringComparison.Ordinal))?.Split(' ')[1];
        Assert.SkipWhen(frozen is null, $"{alias} is not frozen yet: run once with {Update}=1, which prints the lines for wire.txt.");
        Assert.Equal(frozen, bytes);
    }

    [Theory]
    [MemberData(nameof(Aliases))]
    public void Bytes_OfEachMessage_GiveItBack(string alias)
    {
        var bytes = Serialize(WireSamples.Of(WireSamples.Types[alias]));

        Assert.Equal(bytes, Serialize(Serializer().Deserialize<object>(bytes)!));
    }

    [Fact]
    public void Types_AllThatAreSent_HaveAliasesAndAreImmutable()
    {
        Assert.DoesNotContain(WireSamples.Types.Keys, alias => !alias.StartsWith("finstage.", StringComparison.Ordinal));
        Assert.All(
            WireSamples.Types.Values.Where(t => !typeof(Exception).IsAssignableFrom(t) && !t.IsEnum),
            t => Assert.NotNull(t.GetCustomAttribute<ImmutableAttribute>()));
        Assert.All(WireSamples.Contracts, t => Assert.NotNull(t.GetCustomAttribute<AliasAttribute>()));
        Assert.All(WireSamples.Contracts.SelectMany(t => t.GetMethods()), m => Assert.NotNull(m.GetCustomAttribute<AliasAttribute>()));
    }

    /// <summary>Calls each method from outside the cluster: what it takes, returns or throws goes over the wire.</summary>
    [Fact]
    public async Task Calls_OfEveryMethod_FindACodecForAllTheySend()
    {
        await using var world = await World.StartAsync();
        var get = typeof(Finstage.Hosting.IGrains).GetMethod(nameof(Finstage.Hosting.IGrains.Get))!;
        var faults = new List<string>();
        foreach (var contract in WireSamples.Contracts)
        {
            foreach (var method in contract.GetMethods())
            {
                var grain = get.MakeGenericMethod(contract).Invoke(world.Grains, ["wire"]);
                var values = method.GetParameters().Select(p => WireSamples.Of(p.ParameterType)).ToArray();
                try
                {
                    await ((Task)method.Invoke(grain, values)!).OrHangAsync();
                }
                catch (Exception answer) when (!IsOfTheWire(answer) && !IsUnmade(answer))
                {
                    // The grain's own answer to values that mean nothing to it.
                }
                catch (Exception fault)
                {
                    faults.Add($"{contract.Name}.{method.Name}: {fault.GetType().Name}: {fault.Message}");
                }
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Calls_ThatFail_ThrowWhatTheGrainThrew()
    {
        await using var world = await World.StartAsync();
        var candles = TestSeries.Walk(1, 3);
        await world.Aapl().ApplyAsync(TestSeries.Batch(candles));

        var other = await Assert.ThrowsAsync<SeriesSourceException>(() => world.Aapl().ApplyAsync(TestSeries.Batch(candles, source: "other")));
        Assert.Contains("AAPL 1h", other.Message, StringComparison.Ordinal);

        var later = candles[^1] with { Time = candles[^1].Time + CandleInterval.OneHour.Seconds() };
        world.Market.Failure = new SeriesConflictException("AAPL", CandleInterval.OneHour);
        await Assert.ThrowsAsync<SeriesConflictException>(() => world.Aapl().ApplyAsync(TestSeries.Batch([later])));
    }

    [Fact]
    public void Freeze_WhenAsked_PrintsTheLines()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Update) == "1", $"Only with {Update}=1.");
        Assert.Fail(string.Concat(WireSamples.Types.Select(t => $"\n{t.Key} {Convert.ToHexString(Serialize(WireSamples.Of(t.Value)))}")));
    }

    private static bool IsOfTheWire(Exception failure) =>
        failure is TimeoutException
        || failure.GetType().Namespace!.StartsWith("Orleans", StringComparison.Ordinal)
        || (failure.InnerException is { } inner && IsOfTheWire(inner));

    // A grain that lacks a service was never called.
    private static bool IsUnmade(Exception failure) =>
        failure.Message.Contains("Unable to resolve service", StringComparison.Ordinal) || (failure.InnerException is { } inner && IsUnmade(inner));

    private static byte[] Serialize(object value) => Serializer().SerializeToArray(value);

    private static Serializer Serializer() =>
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();
}
