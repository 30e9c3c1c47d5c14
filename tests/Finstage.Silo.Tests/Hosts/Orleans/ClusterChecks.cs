using System.Globalization;
using System.Text.RegularExpressions;
using Finstage.Adapters.Storage;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Ports;
using Finstage.Simulation;

namespace Finstage.Silo.Tests.Hosts;

/// <summary>What must hold however often silos were killed: each candle, signal and alert is there, and there once.</summary>
internal static partial class ClusterChecks
{
    private const int MostSignals = 100_000;
    private const int MostRows = 10_000_000;

    /// <summary>Holds the store and what was received against a plain calculation.</summary>
    /// <returns>A sentence with the figures, and how many messages came more than once.</returns>
    public static async Task<(string Summary, int Repeated)> NothingIsLostOrDoubledAsync(SqlStore store, RealHistory history, TelegramStandIn telegram)
    {
        var (candles, signals, keys) = (0, 0, new List<string>());
        foreach (var one in history.All)
        {
            var stored = await store.ReadCandlesAsync(one.Symbol.Code, CandleInterval.OneDay, long.MinValue, long.MaxValue, int.MaxValue, default);
            Assert.Equal(one.Candles, stored);
            var plain = one.Signals();
            var found = await store.ReadSignalsAsync(new SignalQuery(one.Symbol.Code, CandleInterval.OneDay, Limit: MostSignals), default);
            Assert.Equal(
                plain.Select(s => (s.Time, s.Strategy, s.Direction)).Order(),
                found.Select(r => (r.Signal.Time, r.Signal.Strategy, r.Signal.Direction)).Order());
            Assert.All(await store.ReadSeriesAsync(one.Symbol.Code, default), s => Assert.Equal(1, s.Version));
            keys.AddRange(plain.Where(s => s.Priority != AlertPriority.Low)
                .Select(s => $"signal|{one.Symbol.Code}|1d|{s.Strategy}|{s.Time}|{s.Direction}"));
            (candles, signals) = (candles + stored.Length, signals + found.Count);
        }

        var rows = await store.ReadNewestAsync(ClusterProcesses.Chat, MostRows, default);
        Assert.Equal(
            keys.Order(StringComparer.Ordinal), rows.Where(r => r.Alert.Kind == AlertKind.Signal).Select(r => r.Alert.Key).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal(OutboxState.Sent, row.State));
        var received = telegram.Accepted.Select(m => long.Parse(Number().Match(m.Text).Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        var sent = rows.Where(r => r.BatchId is null).Select(r => r.Id).ToHashSet();
        Assert.Equal(sent.Order(), received.Distinct().Order());
        var repeated = received.Count - sent.Count;
        return (string.Create(
            CultureInfo.InvariantCulture,
            $"{history.All.Count} symbols: {candles:N0} candles, {signals:N0} signals, {keys.Count:N0} alerts, each stored once; {sent.Count:N0} messages, {repeated} of them received twice; {history.Refused} calls were refused and made again"),
            repeated);
    }

    [GeneratedRegex(@"#(\d+)$")]
    private static partial Regex Number();
}
