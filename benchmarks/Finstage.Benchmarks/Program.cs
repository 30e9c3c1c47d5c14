using BenchmarkDotNet.Running;
using Finstage.Benchmarks;

if (args is ["--quick"])
{
    Quick.Run(Console.Out);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Quick).Assembly).Run(args);
}
