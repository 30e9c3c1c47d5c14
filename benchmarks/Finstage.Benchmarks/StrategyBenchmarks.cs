using BenchmarkDotNet.Attributes;

namespace Finstage.Benchmarks;

/// <summary>All strategies under BenchmarkDotNet, beside the plain indicators.</summary>
[MemoryDiagnoser]
public class StrategyBenchmarks
{
    private readonly PlainReference plain;
    private readonly StrategyWork all;

    public StrategyBenchmarks()
    {
        var windows = SampleWindows.Load();
        plain = new PlainReference(windows);
        all = new StrategyWork(windows);
    }

    [Benchmark(Baseline = true)]
    public double SixIndicatorsPlainReference() => plain.OneAtATime();

    [Benchmark]
    public double AllStrategiesReplay() => all.Replay();

    [Benchmark]
    public double AllStrategiesOneAtATime() => all.OneAtATime();

    [Benchmark]
    public double Activation() => all.Activate();
}
