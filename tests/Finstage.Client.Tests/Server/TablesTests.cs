using Finstage.Adapters.Http;
using Finstage.Client.Output;
using Finstage.Client.Server;

namespace Finstage.Client.Tests.Server;

/// <summary>What a silo answers, in a terminal of 80 columns, with texts as long as they get.</summary>
public sealed class TablesTests
{
    private const string Longest = "MULTI_TIMEFRAME_TREND";

    private static readonly DateTime Time = new(2026, 3, 2, 14, 30, 0, DateTimeKind.Utc);

    [Fact]
    public void Signals_In80Columns_KeepStrategiesAndPricesWhole() => In80(
        screen => SignalsCommand.Show(screen, [new SignalDto(1, "DX-Y.NYB", "15m", Time, Longest, "SELL", 75, "HIGH", 12_345.678, "The close of 285.59 is -2.15 % from its average of 291.85, below the corridor.", null)]),
        Longest, "12,345.68", "2026-03-02 14:30");

    [Fact]
    public void Jobs_In80Columns_KeepTimesWhole() => In80(
        screen => JobsCommand.Show(screen, [new JobDto(
            "backtests", "after session NYSE, NASDAQ, CME, COMEX, NYMEX, CBOT, ICE, CBOE, 24/7 + 20 min", "running", true, false, true, "x", Time, Time,
            "1d: 2103 groups of 13 series, 0 of 129 strategies and 2 of 1611 on single symbols survive", null, 1_234, 1, 1, 1, 10_282, 20_034, null)]),
        "2026-03-02 14:30", "backtests", "10.3 s");

    [Fact]
    public void Watchlist_In80Columns_KeepsNames() => In80(
        screen => WatchlistCommand.Show(screen, [new SymbolDto("DX-Y.NYB", "미국 달러 지수", "Consumer Discretionary Select Sector SPDR", "global_etf", "NYSE Arca", "USD", true, [], "America/New_York")]),
        "DX-Y.NYB", "미국 달러 지수");

    [Fact]
    public void Clusters_In80Columns_KeepFiguresWhole() => In80(
        screen => ClustersCommand.Show(
            screen, new DateOnly(2020, 12, 31),
            [new ClusterDto(12, 1_234, "falling", 0.1, 1, 2, [new ClusterReturnDto("1mo", "neutral", 12_345, 1, 1, 0.521, -0.1234, 0, -0.0123, -0.1111, -0.2222, -0.1011)])],
            [new ClusterPlaceDto("DX-Y.NYB", Time, 12, 3, 12.34, true)]),
        "-12.34 %", "-22.22 % … -10.11 %", "neutral");

    [Fact]
    public void Patterns_In80Columns_KeepFiguresWhole() => In80(
        screen => PatternsCommand.Show(screen, Patterns()), "-12.34 %", "1.1e-4", $"{Longest}:BUY > {Longest}:SELL");

    [Fact]
    public void Patterns_AsCsv_HaveAHeaderAndOneLineEach()
    {
        var output = new StringWriter();

        PatternsCommand.WriteCsv(new Screen(output, TextWriter.Null), Patterns());

        Assert.Equal(
            [
                "kind,pattern,horizon,occurrences,dates,success_rate,average_return,drift,excess,p_value,q_value,survives",
                $"pair,{Longest}:BUY>{Longest}:SELL,1mo,12345,1234,0.521,-0.1234,-0.01,-0.1134,0.00011,0.325,false",
            ],
            output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private static PatternsDto Patterns() => new(
        "1d", Time, 13, 68_292, Time, Time, 0.1, [new PatternCountDto("triple", 229_360, 668_994, 0)],
        [new PatternDto("pair", $"{Longest}:BUY>{Longest}:SELL", "1mo", "SELL", 12_345, 1_234, 1, 1, 0.521, -0.1234, 0, 0, 0, -0.01, -0.1134, 0.00011, 0.325, false, Time)],
        null);

    private static void In80(Action<Screen> show, params string[] whole)
    {
        var output = new StringWriter();

        show(new Screen(output, TextWriter.Null, 80));

        Assert.All(output.ToString().Split('\n'), line => Assert.InRange(TableFit.Cells(line), 0, 80));
        Assert.All(whole, text => Assert.Contains(text, output.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain("…", output.ToString().Replace(" … ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
