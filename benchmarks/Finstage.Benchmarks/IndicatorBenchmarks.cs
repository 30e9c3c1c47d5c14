using BenchmarkDotNet.Attributes;

namespace Finstage.Benchmarks;

/// <summary>The same work under BenchmarkDotNet: statistics, and allocated bytes.</summary>
[MemoryDiagnoser]
public class IndicatorBenchmarks
{
    private readonly PlainReference plain;
    private readonly IndicatorWork six;
    private readonly IndicatorWork all;

    public IndicatorBenchmarks()
    {
        var windows = SampleWindows.Load();
        plain = new PlainReference(windows);
        six = new IndicatorWork(windows, IndicatorWork.Six);
        all = new IndicatorWork(windows, IndicatorWork.WholeCatalog);
    }

    [Benchmark(Baseline = true)]
    public double SixPlainReference() => plain.OneAtATime();

    [Benchmark]
    public double SixOneAtATime() => six.OneAtATime();

    [Benchmark]
    public double SixInBlocks() => six.InBlocks();

    [Benchmark]
    public double WholeCatalogOneAtATime() => all.OneAtATime();

    [Benchmark]
    public double WholeCatalogInBlocks() => all.InBlocks();
}
