using System.Collections.Concurrent;
using Finstage.Hosting.Embedded;
using Finstage.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Finstage.Hosting.Tests.Embedded;

/// <summary>An application with the test grains. Alpha may call Beta and Gamma, Beta may call Gamma.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly LogSink sink = new();

    private TestApp(FakeTime time, Hooks hooks, Action<GrainHostOptions>? configure, Action<IServiceCollection>? services)
    {
        (Time, Hooks) = (time, hooks);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(time).AddSingleton(hooks);
        builder.Logging.AddProvider(sink);
        services?.Invoke(builder.Services);
        var table = new CallTable().Allow("Alpha", "Beta", "Gamma").Allow("Beta", "Gamma");
        builder.AddGrainHost(table, configure, typeof(TestApp).Assembly);
        App = builder.Build();
    }

    public IHost App { get; }

    public FakeTime Time { get; }

    public Hooks Hooks { get; }

    public IReadOnlyCollection<string> Log => sink.Lines;

    public IGrains Grains => App.Services.GetRequiredService<IGrains>();

    public HostLifetime Lifetime => App.Services.GetRequiredService<HostLifetime>();

    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static async Task<TestApp> StartAsync(
        Action<GrainHostOptions>? configure = null, Action<IServiceCollection>? services = null, FakeTime? time = null,
        Hooks? hooks = null)
    {
        var app = new TestApp(time ?? new FakeTime(Start), hooks ?? new Hooks(), configure, services);
        await app.App.StartAsync();
        return app;
    }

    public IAlphaGrain Alpha(string key) => Grains.Get<IAlphaGrain>(key);

    /// <summary>Moves the clock in steps until something has happened.</summary>
    public async Task AdvanceUntilAsync(Task happened, TimeSpan step)
    {
        for (var i = 0; i < 1_000 && !happened.IsCompleted; i++)
        {
            await Time.AdvanceAsync(step);
        }

        await happened.OrHangAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        App.Dispose();
    }

    private sealed class LogSink : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception?.Message}");

        public void Dispose()
        {
        }
    }
}
