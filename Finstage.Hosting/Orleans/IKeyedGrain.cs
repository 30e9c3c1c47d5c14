using Orleans;

namespace Finstage.Hosting;

/// <summary>
/// A grain's contract: derive an interface named <c>I…Grain</c> from it, whose methods return <see cref="Task"/> or
/// <see cref="Task{TResult}"/>. What is sent or returned must not be changed afterwards.
/// </summary>
public interface IKeyedGrain : IGrainWithStringKey;
