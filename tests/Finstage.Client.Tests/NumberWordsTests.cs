namespace Finstage.Client.Tests;

public sealed class NumberWordsTests
{
    [Theory]
    [InlineData("--rise: 'abc' is no number, such as 2.5.", "thresholds", "AAPL", "--rise", "abc")]
    [InlineData("--drop: '-4,5' is no number, such as 2.5.", "thresholds", "AAPL", "--drop", "-4,5")]
    [InlineData("--hours: 'NaN' is no number, such as 2.5.", "mute", "AAPL", "--hours", "NaN")]
    [InlineData("--commission: 'x' is no number, such as 2.5.", "backtest", "prices.csv", "--trades", "--commission", "x")]
    [InlineData("--limit: '1.5' is no whole number, such as 20.", "signals", "AAPL", "--limit", "1.5")]
    [InlineData("--limit: '99999999999' is no whole number, such as 20.", "candles", "AAPL", "--limit", "99999999999")]
    [InlineData("--keep: 'all' is no whole number, such as 20.", "backup", "--keep", "all")]
    [InlineData("id: 'abc' is no whole number, such as 20.", "keys", "revoke", "abc")]
    [InlineData("--kind: 'x' is none of pair, triple, candlestick.", "patterns", "--kind", "x")]
    [InlineData("--lang: 'fr' is none of ko, en.", "strategies", "--lang", "fr")]
    public async Task Number_ThatIsNone_IsToldWithItsOption(string complaint, params string[] words)
    {
        var run = await Run.Of(words);

        Assert.Equal(2, run.Code);
        Assert.Contains(complaint, run.Error);
    }
}
