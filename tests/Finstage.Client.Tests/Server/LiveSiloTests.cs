using System.Text.Json;
using System.Text.RegularExpressions;
using Finstage.Testing;

namespace Finstage.Client.Tests.Server;

/// <summary>A silo as a process of its own, on the shipped samples.</summary>
public sealed partial class LiveSilo : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private ProgramProcess? silo;

    public string Address { get; private set; } = string.Empty;

    /// <summary>The admin key that the first start printed.</summary>
    public string Key { get; private set; } = string.Empty;

    internal string Folder => folder.Path;

    public async ValueTask InitializeAsync()
    {
        var assembly = AppContext.BaseDirectory.Replace("Finstage.Client.Tests", "Finstage.Silo", StringComparison.Ordinal) + "Finstage.Silo.dll";
        silo = ProgramProcess.Start(assembly, folder.Path, null, "--urls", "http://127.0.0.1:0");
        var said = await silo.SeeAsync("candles played");
        (Address, Key) = (ServingOn().Match(said).Groups[1].Value, AdminKey().Match(said).Value);
    }

    public ValueTask DisposeAsync()
    {
        silo?.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(@"Serving on (\S+)")]
    private static partial Regex ServingOn();

    [GeneratedRegex("fs_[A-Za-z0-9_-]{43}")]
    private static partial Regex AdminKey();
}

public sealed class LiveSiloTests(LiveSilo silo) : IClassFixture<LiveSilo>
{
    [Theory]
    [InlineData("health", "ok")]
    [InlineData("symbols", "Apple")]
    [InlineData("symbol ^GSPC", "2,874.56")]
    [InlineData("quote AAPL", "188.59 USD")]
    [InlineData("signals AAPL --limit 3", "AAPL")]
    [InlineData("signals --strategy GOLDEN_CROSS_50_200", "2020-03-30")]
    [InlineData("candles ^GSPC --from 2020-01-02 --to 2020-01-03", "2020-01-03")]
    [InlineData("watchlist", "America/New_York")]
    [InlineData("watchlist list", "나스닥 지수")]
    [InlineData("thresholds ^TNX", "10.00 bp")]
    [InlineData("news", "There are no news yet")]
    [InlineData("patterns --csv", "kind,pattern,horizon,")]
    public async Task Command_AsATable_ShowsIt(string words, string expected)
    {
        var run = await Run.Of([.. words.Split(' '), "--server", silo.Address, "--key", silo.Key]);

        Assert.Equal(string.Empty, run.Error);
        Assert.Equal(0, run.Code);
        Assert.Contains(expected, run.Output);
    }

    [Theory]
    [InlineData("health", JsonValueKind.Object)]
    [InlineData("symbols", JsonValueKind.Array)]
    [InlineData("symbol AAPL", JsonValueKind.Object)]
    [InlineData("signals AAPL", JsonValueKind.Array)]
    [InlineData("quote AAPL", JsonValueKind.Object)]
    [InlineData("candles AAPL --limit 3", JsonValueKind.Array)]
    [InlineData("watchlist", JsonValueKind.Array)]
    [InlineData("thresholds AAPL", JsonValueKind.Object)]
    [InlineData("news AAPL", JsonValueKind.Array)]
    [InlineData("backtest", JsonValueKind.Object)]
    public async Task Command_AsJson_IsJson(string words, JsonValueKind kind)
    {
        var run = await Run.Of([.. words.Split(' '), "--server", silo.Address, "--key", silo.Key, "--json"]);

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(kind, json.RootElement.ValueKind);
    }

    [Theory]
    [InlineData(1, "symbol AAPLE", "AAPL")]
    [InlineData(2, "signals --strategy GOLDEN", "GOLDEN_CROSS_5_20")]
    [InlineData(2, "signals --interval 7m", "1m, 5m")]
    [InlineData(1, "quote TSLA", "There is no price of TSLA yet")]
    [InlineData(1, "watch AAPL AAPLE", "There is no symbol 'AAPLE'. Did you mean AAPL")]
    [InlineData(2, "candles AAPL --interval 7m", "1m, 5m")]
    [InlineData(1, "watchlist add ORCL", "--force")]
    [InlineData(1, "watchlist remove ORCL", "'ORCL' is not watched")]
    [InlineData(2, "thresholds AAPL --drop 3", "Drop is 3")]
    [InlineData(1, "news AAPLE", "AAPL")]
    [InlineData(2, "news --feed INVESTING", "There is no source 'INVESTING'")]
    [InlineData(2, "backtest --sort best", "successRate")]
    [InlineData(2, "backtest --strategy GOLDEN", "GOLDEN_CROSS_5_20")]
    [InlineData(1, "backtest --symbol AAPLE", "AAPL")]
    public async Task Command_WithAFault_SaysWhatTheSiloSays(int code, string words, string expected)
    {
        var run = await Run.Of([.. words.Split(' '), "--server", silo.Address, "--key", silo.Key]);

        Assert.Equal(code, run.Code);
        Assert.Contains(expected, run.Error);
    }

    [Fact]
    public async Task Watch_WithoutASilo_SaysSo()
    {
        var run = await Run.Of("watch", "--server", "http://127.0.0.1:9");

        Assert.Equal(1, run.Code);
        Assert.Contains("No silo answers at http://127.0.0.1:9", run.Error);
    }

    [Theory]
    [InlineData("signl", "signals")]
    [InlineData("signals --limt 3", "--limit")]
    public async Task Command_Misspelt_NamesTheNearest(string words, string expected)
    {
        var run = await Run.Of(words.Split(' '));

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error + run.Output);
    }

    [Fact]
    public async Task Help_OfACommand_HasExamples()
    {
        var run = await Run.Of("signals", "--help");

        Assert.Equal(0, run.Code);
        Assert.Contains("finstage signals AAPL --limit 5", run.Output);
    }

    [Fact]
    public async Task Candles_AsCsv_IsAPriceFileOfAllThatIsStored()
    {
        var run = await Run.Of("candles", "^GSPC", "--csv", "--server", silo.Address, "--key", silo.Key);

        Assert.Equal("symbol,interval,timestamp,open,high,low,close,volume", run.Lines[0]);
        Assert.StartsWith("^GSPC,1d,2000-", run.Lines[1], StringComparison.Ordinal);
        Assert.Equal(5_105, run.Lines.Length - 1);
        Assert.True(run.Lines.Skip(1).SequenceEqual(run.Lines.Skip(1).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Thresholds_SetAndReset_ShowWhatHolds()
    {
        var set = await Run.Of("thresholds", "MSFT", "--rise", "5", "--server", silo.Address, "--key", silo.Key);
        var kept = await Run.Of("thresholds", "MSFT", "--drop", "-4", "--server", silo.Address, "--key", silo.Key);
        var reset = await Run.Of("thresholds", "MSFT", "--reset", "--server", silo.Address, "--key", silo.Key);

        Assert.Contains("5.00 % (own)", set.Output, StringComparison.Ordinal);
        Assert.Contains("5.00 % (own)", kept.Output, StringComparison.Ordinal);
        Assert.Contains("-4.00 % (own)", kept.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("own", reset.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watchlist_AddByForceAndRemove_ChangesTheList()
    {
        var added = await Run.Of("watchlist", "add", "ORCL.X", "--force", "--name-en", "Oracle", "--exchange", "NYSE", "--server", silo.Address, "--key", silo.Key);
        var removed = await Run.Of("watchlist", "remove", "ORCL.X", "--server", silo.Address, "--key", silo.Key);

        Assert.Contains("Oracle", added.Output, StringComparison.Ordinal);
        Assert.Equal((0, "ORCL.X is watched no longer."), (removed.Code, Assert.Single(removed.Lines)));
    }

    [Fact]
    public async Task Keys_MadeListedAndRevoked_WorkMeanwhile()
    {
        var made = await Run.Of("keys", "create", "desk", "--scope", "admin", "--json", "--server", silo.Address, "--key", silo.Key);
        using var json = JsonDocument.Parse(made.Output);
        var (id, key) = (json.RootElement.GetProperty("id").GetInt64(), json.RootElement.GetProperty("key").GetString()!);

        var list = await Run.Of("keys", "list", "--server", silo.Address, "--key", key);
        var revoked = await Run.Of("keys", "revoke", $"{id}", "--server", silo.Address, "--key", key);
        var after = await Run.Of("keys", "list", "--server", silo.Address, "--key", key);

        Assert.Contains("desk", list.Output);
        Assert.Contains("first start", list.Output);
        Assert.DoesNotContain("fs_", list.Output);
        Assert.Equal((0, $"Key {id} works no longer."), (revoked.Code, Assert.Single(revoked.Lines)));
        Assert.Equal(1, after.Code);
        Assert.Contains("unknown or was revoked", after.Error);
    }

    [Theory]
    [InlineData("watchlist remove AAPL")]
    [InlineData("thresholds AAPL --rise 3")]
    [InlineData("keys list")]
    public async Task Change_WithoutAKey_SaysHowToSendOne(string words)
    {
        var run = await Run.Of([.. words.Split(' '), "--server", silo.Address]);

        Assert.Equal(1, run.Code);
        Assert.Contains("--key or from FINSTAGE_KEY", run.Error);
    }

    [Fact]
    public async Task KeysCreate_InAFolderThatASiloHolds_IsRefused()
    {
        var run = await Run.Of("keys", "create", "desk", "--data", Path.Combine(silo.Folder, "data"));

        Assert.Equal(1, run.Code);
        Assert.Contains("in use by another Finstage process", run.Error);
    }

    [Fact]
    public async Task JobsRun_AJob_WaitsForItsEnd()
    {
        var run = await Run.Of("jobs", "run", "optimize", "--server", silo.Address, "--key", silo.Key);
        var runs = await Run.Of("jobs", "runs", "optimize", "--server", silo.Address);

        Assert.Equal(string.Empty, run.Error);
        Assert.Equal(0, run.Code);
        Assert.Matches(@"^optimize: statistics refreshed.*, in \d+\.\d s\.", run.Output);
        Assert.Contains("statistics refreshed", runs.Output);
    }

    [Fact]
    public async Task JobsRun_AJobThatFails_ExitsWithOne()
    {
        var run = await Run.Of("jobs", "run", "replay", "--json", "--server", silo.Address, "--key", silo.Key);

        Assert.Equal(1, run.Code);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("failed", json.RootElement.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Jobs_PausedAndResumed_ShowIt()
    {
        var paused = await Run.Of("jobs", "pause", "drop", "--server", silo.Address, "--key", silo.Key);
        var listed = await Run.Of("jobs", "list", "--server", silo.Address);
        var resumed = await Run.Of("jobs", "resume", "drop", "--json", "--server", silo.Address, "--key", silo.Key);
        var started = await Run.Of("jobs", "run", "drop", "--no-wait", "--server", silo.Address, "--key", silo.Key);

        Assert.Contains("paused", paused.Output);
        Assert.Contains("paused", listed.Output);
        Assert.Contains("\"paused\": false", resumed.Output);
        Assert.StartsWith("drop runs (", started.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_UnknownName_NamesTheKnownOnes()
    {
        var run = await Run.Of("jobs", "run", "optimise", "--server", silo.Address, "--key", silo.Key);

        Assert.Equal(1, run.Code);
        Assert.Contains("optimize", run.Error);
    }
}
