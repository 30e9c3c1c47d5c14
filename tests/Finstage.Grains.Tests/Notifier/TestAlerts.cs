using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Interfaces.Symbols;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Grains.Tests.Hosts;

namespace Finstage.Grains.Tests.Notifier;

/// <summary>Alerts as a symbol's grain makes them, and the way into the outbox.</summary>
internal static class TestAlerts
{
    public static readonly SymbolInfo Apple = new("AAPL", "애플", "Apple", SymbolCategory.Stock, "NASDAQ", "USD", true);

    public static Signal Signal(int confidence = 85, Direction direction = Direction.Buy, double close = 231.1) => new(
        "MA_20_BREAKOUT", 0, direction, confidence, close, direction == Direction.Buy ? "ma-breakout.buy" : "ma-breakout.sell",
        new Figures(close, 220.5, 4.81));

    /// <summary>A high alert, at a moment in seconds after the tests' start.</summary>
    public static Alert High(string key, long after = 0, string symbol = "AAPL", AlertStream stream = AlertStream.Live) =>
        Make(key, after, symbol, stream, 85);

    /// <summary>A medium alert, at a moment in seconds after the tests' start.</summary>
    public static Alert Medium(string key, long after = 0, string symbol = "AAPL", AlertStream stream = AlertStream.Live) =>
        Make(key, after, symbol, stream, 70);

    /// <summary>Writes alerts for every enabled chat, in the given order.</summary>
    public static Task WriteAsync(this IMarketStore store, params Alert[] alerts) => store.WriteAtAsync(World.Start, alerts);

    /// <summary>The same at another moment.</summary>
    public static async Task WriteAtAsync(this IMarketStore store, DateTimeOffset at, params Alert[] alerts)
    {
        var symbol = "seed-" + Guid.NewGuid().ToString("n")[..16];
        await store.CommitAsync(
            new SeriesCommit(symbol, CandleInterval.OneDay, "csv", 1, 0, "rules", [new Candle(0, 1, 1, 1, 1, 1)], [], [], alerts,
                Audience.EveryChat, at),
            World.Stop);
    }

    private static Alert Make(string key, long after, string symbol, AlertStream stream, int confidence)
    {
        var asOf = World.Start.ToUnixTimeSeconds() + after;
        var isHigh = confidence >= 80;
        return new Alert(
            key, AlertKind.Signal, symbol, isHigh ? AlertPriority.High : AlertPriority.Medium, stream, asOf,
            isHigh ? asOf : AlertBatches.EndOf(asOf), isHigh ? AlertDelivery.Undecided : AlertDelivery.Batch,
            SignalPayload.Of(Apple with { Code = symbol }, CandleInterval.OneHour, Signal(confidence), asOf).ToJson());
    }
}
