using System.Diagnostics;
using Finstage.Adapters.Http;
using Finstage.Analysis;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Strategies;
using Finstage.Grains.Interfaces.Market;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Hosting;
using Finstage.Silo.Access;

namespace Finstage.Silo.Api;

/// <summary><c>POST /analysis-flow</c>: the whole way from stored candles to the prepared message. Nothing is stored, nothing sent.</summary>
internal static class AnalysisFlowApi
{
    private const int NewestSignals = 20;

    public static void Map(WebApplication app) => app.MapPost("/analysis-flow", AnalyseAsync).CountAsRead();

    private static async Task<IResult> AnalyseAsync(
        AnalysisFlowRequest request, IGrains grains, IMarketStore store, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(request.Symbol))
        {
            return Problems.BadField("symbol", "it is missing; write {\"symbol\": \"AAPL\"}.");
        }

        if (!Read.Interval(request.Interval, out var interval, out var problem)
            || !SignalsApi.Language(request.Language, out var language, out problem, "language")
            || !Strategies(request.Strategies, out var strategies, out problem))
        {
            return problem!;
        }

        var (symbol, missing) = await SymbolsApi.FindAsync(request.Symbol, grains, store, cancellation);
        if (symbol is null)
        {
            return missing!;
        }

        var timings = new List<TimingDto>();
        var started = Stopwatch.GetTimestamp();
        var candles = await store.ReadCandlesAsync(symbol.Code, interval, long.MinValue, long.MaxValue, int.MaxValue, cancellation);
        Lap("read candles");
        if (candles.Length == 0)
        {
            return Problems.NotFound($"There are no {interval.Code()} candles of {symbol.Code} yet.");
        }

        var engine = new SymbolEngine(new SeriesContext(interval, TradingCalendar.For(symbol.Exchange)), strategies);
        var signals = new List<Signal>();
        engine.Commit(candles, signals);
        Lap("indicators and strategies");
        var consensus = Consensus.Of(candles, signals);
        var told = signals.FindLastIndex(s => s.Priority != AlertPriority.Low);
        var message = told < 0 ? null : Message(symbol, interval, signals[told], language);
        Lap("consensus and message");
        return Results.Ok(new AnalysisFlowDto(
            symbol.Code, interval.Code(), candles.Length, Shapes.Time(candles[0].Time), Shapes.Time(candles[^1].Time),
            [.. engine.Indicators.Select(key => key.Text)], [.. strategies.Select(s => s.Id)], signals.Count,
            [.. signals.TakeLast(NewestSignals).Reverse().Select(s => Shapes.Of(null, symbol.Code, interval, s, null, language))],
            Shapes.Of(consensus), message, timings));

        void Lap(string step)
        {
            timings.Add(new TimingDto(step, Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 3)));
            started = Stopwatch.GetTimestamp();
        }
    }

    private static string Message(SymbolInfo symbol, CandleInterval interval, Signal signal, string language) =>
        AlertFormatter.Preview(SignalPayload.Of(symbol, interval, signal, interval.CloseTime(signal.Time)), language);

    private static bool Strategies(IReadOnlyList<string>? names, out IReadOnlyList<StrategyInfo> strategies, out IResult? problem)
    {
        (strategies, problem) = (StrategyCatalog.All, null);
        if (names is null || names.Count == 0)
        {
            return true;
        }

        try
        {
            strategies = [.. names.Select(name => StrategyCatalog.Get(name ?? string.Empty)).DistinctBy(s => s.Id)];
            return true;
        }
        catch (StrategyException fault)
        {
            problem = Problems.BadField("strategies", fault.Message);
            return false;
        }
    }
}
