using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Finstage.Hosting.Embedded;
using Microsoft.Extensions.DependencyInjection;

namespace Finstage.Hosting.Tests.Embedded;

public sealed class HostMetricsTests
{
    [Fact]
    public async Task Meter_AfterSomeTurns_HasCountedThem()
    {
        await using var app = await TestApp.StartAsync();
        var seen = new ConcurrentDictionary<string, double>();
        using var listener = Listen(app.App.Services.GetRequiredService<IMeterFactory>(), seen);

        await app.Alpha("a").DoAsync(_ => app.Time.AdvanceAsync(TimeSpan.FromSeconds(2)));
        await app.Alpha("b").DoAsync(_ => Task.CompletedTask);
        await Assert.ThrowsAsync<FormatException>(() => app.Alpha("b").ThrowAtOnceAsync());
        listener.RecordObservableInstruments();

        Assert.Equal(2, seen["finstage.hosting.turns Alpha ok"]);
        Assert.Equal(1, seen["finstage.hosting.turns Alpha failed"]);
        Assert.Equal(2, seen["finstage.hosting.turn.duration Alpha"]);
        Assert.Equal(2, seen["finstage.hosting.grains Alpha"]);
        Assert.Equal(0, seen["finstage.hosting.queue Alpha"]);
        Assert.Equal(0, seen["finstage.hosting.queue.longest Alpha"]);
    }

    [Fact]
    public async Task Meter_CallsThatWait_AreCountedByKind()
    {
        await using var app = await TestApp.StartAsync();
        var seen = new ConcurrentDictionary<string, double>();
        using var listener = Listen(app.App.Services.GetRequiredService<IMeterFactory>(), seen);
        var hold = new TaskCompletionSource();
        using var begun = new SemaphoreSlim(0);

        Task[] calls = [.. "aaabb".Select(key => app.Alpha($"{key}").DoAsync(_ =>
        {
            begun.Release();
            return hold.Task;
        }))];
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        listener.RecordObservableInstruments();
        hold.SetResult();
        await Task.WhenAll(calls);

        // One of each runs.
        Assert.Equal(3, seen["finstage.hosting.queue Alpha"]);
        Assert.Equal(2, seen["finstage.hosting.queue.longest Alpha"]);
    }

    // Sums by instrument and tags, of this host's meter alone.
    private static MeterListener Listen(IMeterFactory factory, ConcurrentDictionary<string, double> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == HostMetrics.MeterName && instrument.Meter.Scope == factory)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, value, tags));
        listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Add(i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(i, value, tags));
        listener.Start();
        return listener;

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var name = instrument.Name;
            foreach (var tag in tags)
            {
                name += $" {tag.Value}";
            }

            seen.AddOrUpdate(name, value, (_, sum) => sum + value);
        }
    }
}
