using BenchmarkDotNet.Running;
using Finstage.Benchmarks;

if (args is ["--quick"])
{
    Quick.Run(Console.Out);
    Console.Out.WriteLine();
    Quick.RunBacktests(Console.Out);
    await Quick.RunStoreAsync(Console.Out);
}
else if (args is ["--quick", "backtests"])
{
    Quick.RunBacktests(Console.Out);
    await Quick.RunStoreAsync(Console.Out);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Quick).Assembly).Run(args);
}
