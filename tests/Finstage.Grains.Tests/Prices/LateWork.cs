using Finstage.Grains.Jobs;
using Finstage.Hosting;

namespace Finstage.Grains.Tests.Prices;

/// <summary>A job whose work is known only when it runs.</summary>
internal sealed class LateWork(string name, Func<IJobWork> work) : IJobWork
{
    public string Name => name;

    public JobSchedule Schedule => JobSchedule.Manual;

    public Task<string> RunAsync(IGrains grains, CancellationToken cancellation) => work().RunAsync(grains, cancellation);
}
