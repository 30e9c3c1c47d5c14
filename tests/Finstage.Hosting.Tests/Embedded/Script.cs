using System.Collections.Concurrent;

namespace Finstage.Hosting.Tests.Embedded;

public interface IAlphaGrain : IKeyedGrain
{
    Task DoAsync(Func<Script, Task> turn);

    Task<int> AskAsync(Func<Script, Task<int>> turn);

    Task ThrowAtOnceAsync();

    Task NothingAsync();

    Task<string> DefaultAsync() => Task.FromResult("default");
}

public interface IBetaGrain : IKeyedGrain
{
    Task DoAsync(Func<Script, Task> turn);
}

public interface IGammaGrain : IKeyedGrain
{
    Task DoAsync(Func<Script, Task> turn);
}

/// <summary>A grain that does what its test says, and shows what a grain can do.</summary>
public abstract class Script : KeyedGrain
{
    private readonly Hooks hooks;

    protected Script(Hooks hooks)
    {
        this.hooks = hooks;
        hooks.Constructing(this);
        Stored = State<Counter>("counter");
    }

    public int Count { get; set; }

    public IDurableState<Counter> Stored { get; }

    public string Name => Key;

    public IGrains Others => Grains;

    public Task DoAsync(Func<Script, Task> turn) => turn(this);

    public Task<int> AskAsync(Func<Script, Task<int>> turn) => turn(this);

    public Task RemindMeAsync(string name, TimeSpan due, TimeSpan period) => SetReminderAsync(name, due, period);

    public Task ForgetAsync(string name) => ClearReminderAsync(name);

    public void Outside(Func<CancellationToken, Task> work) => RunOutside(work);

    public IDurableState<Counter> More(string name) => State<Counter>(name);

    protected override Task ActivateAsync(CancellationToken cancellation) => hooks.Activate(this, cancellation);

    protected override Task DeactivateAsync(CancellationToken cancellation) => hooks.Deactivate(this, cancellation);

    protected override Task RemindAsync(string reminder) => hooks.Remind(this, reminder);
}

public sealed class AlphaGrain(Hooks hooks) : Script(hooks), IAlphaGrain, IAsyncDisposable
{
    private readonly Hooks hooks = hooks;

    public Task ThrowAtOnceAsync() => throw new FormatException("at once");

    public Task NothingAsync() => null!;

    public ValueTask DisposeAsync()
    {
        hooks.Disposed.Add(Name);
        return ValueTask.CompletedTask;
    }
}

public sealed class BetaGrain(Hooks hooks) : Script(hooks), IBetaGrain;

public sealed class GammaGrain(Hooks hooks) : Script(hooks), IGammaGrain;

/// <summary>What the test grains do beside their turns.</summary>
public sealed class Hooks
{
    public Action<Script> Constructing { get; set; } = _ => { };

    public Func<Script, CancellationToken, Task> Activate { get; set; } = (_, _) => Task.CompletedTask;

    public Func<Script, CancellationToken, Task> Deactivate { get; set; } = (_, _) => Task.CompletedTask;

    public Func<Script, string, Task> Remind { get; set; } = (_, _) => Task.CompletedTask;

    public ConcurrentBag<string> Disposed { get; } = [];
}

public sealed class Counter
{
    public int Value { get; set; }
}
