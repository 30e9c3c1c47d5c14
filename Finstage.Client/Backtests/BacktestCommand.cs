using System.CommandLine;
using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Strategies;
using Finstage.Analysis.Symbols;
using Finstage.Client.Offline;
using Finstage.Client.Output;
using Finstage.Client.Server;

namespace Finstage.Client.Backtests;

/// <summary><c>backtest [FILE…]</c>: what signals were worth, of a silo's history or of files, and what following them would have brought.</summary>
internal sealed class BacktestCommand
{
    private readonly Screen screen;
    private readonly Option<string[]> strategy = new("--strategy")
    {
        Description = "Only these strategies (default: all).", HelpName = "ID", AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> horizon = new("--horizon") { Description = "One horizon (default: all; with --trades 1w).", HelpName = "1h|4h|1d|1w|1mo" };
    private readonly Option<int> minSamples = new("--min-samples")
    {
        Description = "Leave out groups with fewer outcomes.", HelpName = "N", DefaultValueFactory = _ => BacktestTable.DefaultMinSamples,
    };

    private readonly Option<bool> each = new("--each") { Description = "Each symbol by itself instead of all together." };
    private readonly Option<bool> luck = new("--luck") { Description = "Files: test every figure for luck too (a silo's are tested)." };
    private readonly Option<string> sort = new("--sort") { Description = $"Sort by {BacktestSorts.Known} (default: luck where it was tested, else average).", HelpName = "WORD" };
    private readonly Option<int> limit = new("--limit") { Description = "At most so many rows of the table.", HelpName = "N", DefaultValueFactory = _ => 30 };
    private readonly Option<bool> csv = new("--csv") { Description = "Print CSV." };
    private readonly TradeWords trades;
    private readonly PriceFiles files;
    private readonly ServerOptions server;

    private BacktestCommand(Screen screen, Command command)
    {
        this.screen = screen;
        files = new PriceFiles(screen, command, isOptional: true);
        foreach (var option in (Option[])[strategy, horizon, minSamples, each, luck, sort, limit, csv])
        {
            command.Options.Add(option);
        }

        trades = new TradeWords(command);
        server = new ServerOptions(command);
        minSamples.Validators.Add(result => Check(result.Implicit || result.GetValueOrDefault<int>() is >= 1 and <= 1_000_000, result.AddError, "--min-samples must be from 1 to 1000000."));
        limit.Validators.Add(result => Check(result.Implicit || result.GetValueOrDefault<int>() is >= 1 and <= 10_000, result.AddError, "--limit must be from 1 to 10000."));
        command.Validators.Add(result => Check(!(result.GetValue(csv) && server.Json(result)), result.AddError, "--csv and --json exclude one another."));
        command.SetAction(RunAsync);
    }

    public static Command Create(Screen screen)
    {
        var command = new Command("backtest", "What signals were worth: of a silo's history, or offline of price files.");
        _ = new BacktestCommand(screen, command);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var ahead = Horizon(parsed.GetValue(horizon));
        if (!files.AreGiven(parsed))
        {
            _ = trades.AreWanted(parsed) ? throw new UsageException("--trades works on files: name at least one.") : 0;
            await AskAsync(parsed, cancellation);
            return 0;
        }

        var series = await ReadAsync(parsed, cancellation);
        var strategies = parsed.GetValue(strategy) is { Length: > 0 } ids ? [.. ids.Select(StrategyCatalog.Get).DistinctBy(s => s.Id)] : StrategyCatalog.All;
        if (trades.AreWanted(parsed))
        {
            var reports = await LongWork.RunAsync(
                screen, "trading", progress => TradeReports.Make(series, strategies, trades.Options(parsed, ahead), progress, cancellation), cancellation);
            TradeReports.Show(screen, reports, parsed.GetValue(csv), server.Json(parsed), parsed.GetValue(limit));
            return 0;
        }

        series = WithReturns(series, parsed);
        foreach (var interval in series.GroupBy(s => s.Context.Interval).OrderBy(g => g.Key))
        {
            await CountAsync(parsed, [.. interval], strategies, ahead, cancellation);
        }

        return 0;
    }

    private async Task<IReadOnlyList<SeriesHistory>> ReadAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var series = new List<SeriesHistory>();
        await foreach (var file in files.ReadAsync(parsed, cancellation))
        {
            series.AddRange(file.Series.Select(s => new SeriesHistory(s.Symbol, files.ContextOf(s, parsed), s.Candles)));
        }

        var twice = series.GroupBy(s => (s.Symbol, s.Context.Interval)).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? series
            : throw new UsageException($"{twice.Key.Symbol} {twice.Key.Interval.Code()} comes twice; one file for each series.");
    }

    // As a silo does: a percentage of a yield is no gain, and would count among the outcomes as one.
    private List<SeriesHistory> WithReturns(IReadOnlyList<SeriesHistory> series, ParseResult parsed)
    {
        var priced = series.Where(s => files.Describe(s.Symbol, parsed).Category is not (SymbolCategory.Yield or SymbolCategory.Volatility)).ToList();
        foreach (var left in series.Except(priced))
        {
            screen.Warn($"{left.Symbol} is left out: nobody can buy a yield or a volatility index (--category stock takes it for a share).");
        }

        return priced.Count > 0 ? priced : throw new UsageException("No series is left whose returns mean anything: name files of what can be bought.");
    }

    private async Task CountAsync(
        ParseResult parsed, IReadOnlyList<SeriesHistory> series, IReadOnlyList<StrategyInfo> strategies, Horizon? ahead, CancellationToken cancellation)
    {
        var (interval, fewest, isTested) = (series[0].Context.Interval, parsed.GetValue(minSamples), parsed.GetValue(luck));
        if (ahead?.IsKnownOn(interval) == false)
        {
            throw new UsageException($"--horizon: {interval.Code()} candles cannot tell {ahead.Value.Code()}.");
        }

        var options = new BacktestOptions { Horizons = ahead is null ? Horizons.All : [ahead.Value] };
        var report = await LongWork.RunAsync(
            screen, "testing",
            progress => isTested
                ? BacktestReport.Make(series, strategies, options, new LuckOptions { MinSamples = Math.Max(2, fewest) }, progress, cancellation)
                : BacktestReport.MakeUntested(series, strategies, options, progress, cancellation),
            cancellation);
        var isEach = parsed.GetValue(each);
        var rows = report.Rows.Where(r => r.Row.Direction is null && (r.Row.Symbol is not null) == isEach).ToList();
        var sorted = Sorted([.. rows.Where(r => r.Row.Strategy is not null && r.Row.Figures.Total >= fewest)], parsed.GetValue(sort) ?? (isTested ? "luck" : "average"));
        var (scope, trials) = (report.Scope, isEach ? report.Scope.Symbols : report.Scope.Strategies);
        var shown = new BacktestView(
            new BacktestsDto(
                interval.Code(), RanAt: null, scope.Series, scope.Candles, Time(scope.FirstTime), Time(scope.LastTime), fewest,
                [.. rows.Where(r => r.Row.Strategy is null).Select(r => BacktestShapes.Of(r, fewest))],
                [.. sorted.Select(r => BacktestShapes.Of(r, fewest))], Next: null),
            isTested ? new TrialsView(trials.Trials, trials.Effective, trials.Survivors, [.. report.Walks.Select(BacktestShapes.Of)]) : null);
        Show(parsed, shown);
    }

    private async Task AskAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var api = server.Connect(parsed);
        var symbol = parsed.GetValue(each) ? "*" : files.Symbol(parsed);
        var where = (symbol is null ? string.Empty : $"&symbol={Uri.EscapeDataString(symbol)}")
            + (parsed.GetValue(horizon) is { } ahead ? $"&horizon={ahead}" : string.Empty)
            + (files.Interval(parsed) is { } interval ? $"&interval={Uri.EscapeDataString(interval)}" : string.Empty);
        var query = string.Create(CultureInfo.InvariantCulture, $"minSamples={parsed.GetValue(minSamples)}&limit=10000{where}");
        query += parsed.GetValue(sort) is { } word ? $"&sort={Uri.EscapeDataString(word)}" : string.Empty;
        var parts = new List<BacktestsDto>();
        foreach (var id in parsed.GetValue(strategy) is { Length: > 0 } ids ? ids : [string.Empty])
        {
            parts.Add(await api.GetAsync<BacktestsDto>($"api/backtests?{query}" + (id.Length == 0 ? string.Empty : $"&strategy={Uri.EscapeDataString(id)}"), cancellation));
        }

        var found = parts[0] with { Items = [.. parts.SelectMany(p => p.Items)] };
        if (found.RanAt is null)
        {
            screen.Warn("The job 'backtests' has not run yet on such candles; it does every morning, and at once with: POST /api/jobs/backtests/run");
        }

        var board = await api.GetAsync<LeaderboardDto>($"api/backtests/leaderboard?limit=1{where}", cancellation);
        var walks = await api.GetAsync<IReadOnlyList<WalkForwardDto>>($"api/backtests/walkforward?interval={found.Interval}", cancellation);
        Show(parsed, new BacktestView(found, new TrialsView(board.Trials, board.EffectiveTrials, board.Survivors, walks)));
    }

    private void Show(ParseResult parsed, BacktestView view)
    {
        if (parsed.GetValue(csv))
        {
            BacktestTables.WriteCsv(screen, view.Found);
        }
        else if (server.Json(parsed))
        {
            screen.WriteJson(view);
        }
        else
        {
            BacktestTables.Show(screen, view, parsed.GetValue(limit));
        }
    }

    private static IEnumerable<LeaderboardRow> Sorted(IReadOnlyList<LeaderboardRow> rows, string word) =>
        BacktestSorts.By(rows, word) ?? throw new UsageException($"--sort: '{word}' is none of {BacktestSorts.Known}.");

    private static Horizon? Horizon(string? text) => text is null ? null
        : Horizons.TryParse(text, out var known) ? known
        : throw new UsageException($"--horizon: '{text}' is none of {Horizons.KnownCodes}.");

    private static DateTime Time(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;

    private static void Check(bool isFine, Action<string> complain, string fault)
    {
        if (!isFine)
        {
            complain(fault);
        }
    }
}
