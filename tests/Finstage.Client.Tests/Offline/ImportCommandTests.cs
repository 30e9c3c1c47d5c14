using System.Text.Json;
using Finstage.Adapters.Storage;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;
using Finstage.Testing;

namespace Finstage.Client.Tests.Offline;

public sealed class ImportCommandTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static string Apple => Path.Combine(Repository.Root, "samples", "AAPL.1d.csv");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Import_Twice_AddsOnce()
    {
        var first = await ImportAsync(Apple);
        var second = await ImportAsync(Apple);

        Assert.Equal(1_260, first.GetProperty("added").GetInt64());
        Assert.True(first.GetProperty("signals").GetInt64() > 300);
        Assert.Equal(0, second.GetProperty("added").GetInt64());
        Assert.Equal(1_260, second.GetProperty("known").GetInt64());
        Assert.Equal(0, second.GetProperty("signals").GetInt64());
    }

    [Fact]
    public async Task Import_ACorrectedFile_CorrectsAndSupersedes()
    {
        await ImportAsync(Apple);
        var lines = await File.ReadAllLinesAsync(Apple);
        lines[600] = lines[600].Split(',') is var f ? $"{f[0]},1000,1000,1000,1000,1000,{f[6]}" : string.Empty;
        var corrected = folder.Write("AAPL.1d.csv", string.Join('\n', lines));

        var result = await ImportAsync(corrected);

        Assert.Equal(1, result.GetProperty("corrected").GetInt64());
        await using var store = await SqlStore.OpenAsync(folder.File("data/finstage.db"), TimeProvider.System);
        Assert.Equal(2, (await store.ReadSeriesAsync("AAPL", default)).Single().Version);
        Assert.Contains(await store.ReadSignalsAsync(new SignalQuery("AAPL", IncludeSuperseded: true, Limit: 100_000), default), s => s.SupersededAt is not null);
    }

    [Fact]
    public async Task Import_OverASeriesFromElsewhere_NeedsReplace()
    {
        await ImportAsync(Apple);
        await using (var store = await SqlStore.OpenAsync(folder.File("data/finstage.db"), TimeProvider.System))
        {
            var series = (await store.ReadSeriesAsync("AAPL", default)).Single();
            await store.CommitAsync(
                new SeriesCommit("AAPL", CandleInterval.OneDay, "yahoo", series.Version, series.Revision, series.Rules, [], [], [], [], default, DateTimeOffset.UnixEpoch),
                default);
        }

        var refused = await Run.Of("import", Apple, "--data", folder.File("data"));
        var replaced = await Run.Of("import", Apple, "--data", folder.File("data"), "--replace", "--json");

        Assert.Equal(1, refused.Code);
        Assert.Contains("--replace", refused.Error);
        Assert.Equal(0, replaced.Code);
    }

    [Fact]
    public async Task Import_AFileInAnotherCase_IsTheSameSymbol()
    {
        var first = await ImportAsync(Apple);
        var lower = folder.File("aapl.csv");
        File.Copy(Apple, lower);

        var second = await ImportAsync(lower);

        Assert.Equal("AAPL", second.GetProperty("symbol").GetString());
        Assert.Equal(first.GetProperty("added").GetInt64(), second.GetProperty("known").GetInt64());
    }

    [Fact]
    public async Task Import_AgainWithoutOptions_KeepsWhatIsKnownOfTheSymbol()
    {
        var words = new[] { "import", Apple, "--symbol", "MINE", "--data", folder.File("data") };
        await Run.Of([.. words, "--exchange", "NYSE", "--category", "etf_long"]);

        await Run.Of(words);

        await using var store = await SqlStore.OpenAsync(folder.File("data/finstage.db"), TimeProvider.System);
        var symbol = (await store.ReadSymbolsAsync(default)).Single(s => s.Code == "MINE");
        Assert.Equal(("NYSE", Analysis.Symbols.SymbolCategory.EtfLong), (symbol.Exchange, symbol.Category));
    }

    [Fact]
    public async Task Import_WithReplace_LeavesNothingOfWhatWasThere()
    {
        await ImportAsync(Apple);
        var shorter = folder.Write("AAPL.csv", string.Join('\n', (await File.ReadAllLinesAsync(Apple)).Take(301)));

        var run = await Run.Of("import", shorter, "--replace", "--data", folder.File("data"));

        Assert.Equal(0, run.Code);
        await using var store = await SqlStore.OpenAsync(folder.File("data/finstage.db"), TimeProvider.System);
        Assert.Equal(300, (await store.ReadSeriesAsync("AAPL", default)).Single().Candles);
    }

    [Fact]
    public async Task Import_WhileAnotherHoldsTheFolder_SaysSo()
    {
        using var held = DataFolder.Open(folder.File("data"));

        var run = await Run.Of("import", Apple, "--data", folder.File("data"));

        Assert.Equal(1, run.Code);
        Assert.Contains("in use by another Finstage process", run.Error);
    }

    [Fact]
    public async Task Import_IntoACorruptDatabase_SaysSo()
    {
        Directory.CreateDirectory(folder.File("data"));
        folder.Write("data/finstage.db", new string('x', 10_000));

        var run = await Run.Of("import", Apple, "--data", folder.File("data"));

        Assert.Equal(1, run.Code);
        Assert.Contains("finstage.db", run.Error);
    }

    [Fact]
    public async Task Import_KilledAtRandomMoments_EndsComplete()
    {
        var random = new Random(41);
        var kills = int.TryParse(Environment.GetEnvironmentVariable("FINSTAGE_KILLS"), out var n) ? n : 3;
        var words = new[] { "import", Apple, Path.Combine(Repository.Root, "samples", "GSPC.1d.csv"), "--data", folder.File("data") };
        for (var i = 0; i < kills; i++)
        {
            using var import = ProgramProcess.Start(typeof(ClientCommand).Assembly.Location, folder.Path, null, words);
            await Task.Delay(random.Next(100, 2_000));
            if (!import.HasEnded)
            {
                await import.KillAsync();
            }
        }

        var last = await Run.Of(words);

        Assert.Equal(0, last.Code);
        await using var store = await SqlStore.OpenAsync(folder.File("data/finstage.db"), TimeProvider.System);
        Assert.Equal([("AAPL", 1_260L), ("GSPC", 5_105L)], (await store.ReadSeriesAsync(null, default)).Select(s => (s.Symbol, s.Candles)).Order());
        var stored = (await store.ReadSignalsAsync(new SignalQuery("AAPL", Limit: 100_000), default))
            .Select(s => (s.Signal.Time, s.Signal.Strategy, s.Signal.Direction)).Order();
        var analysed = await Run.Of("analyze", Apple, "--csv");
        Assert.Equal(analysed.Lines.Length - 1, stored.Count());
    }

    private async Task<JsonElement> ImportAsync(string file)
    {
        var run = await Run.Of("import", file, "--data", folder.File("data"), "--json");
        Assert.Equal(string.Empty, run.Error);
        return JsonDocument.Parse(run.Output).RootElement[0].Clone();
    }
}
