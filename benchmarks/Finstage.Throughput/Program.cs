using Finstage.Throughput;

// Without words, measures the host that this was built for; with the other host's build of this program, both in turn:
//   dotnet run -c Release --project benchmarks/Finstage.Throughput [-- OTHER.dll]
if (args is [])
{
    foreach (var (work, perSecond) in await GrainWork.RunAsync())
    {
        Console.WriteLine(Comparison.Line(work, perSecond));
    }

    return;
}

await Comparison.RunAsync(typeof(GrainWork).Assembly.Location, args[0], Console.Out);
