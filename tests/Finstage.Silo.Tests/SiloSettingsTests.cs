using System.Text.RegularExpressions;
using Finstage.Testing;
using Microsoft.Extensions.Configuration;

namespace Finstage.Silo.Tests;

public sealed partial class SiloSettingsTests
{
    [Theory]
    [InlineData("Fedes:Enabled", "true", "Fedes: there is no such setting", "Did you mean Feeds")]
    [InlineData("Feeds:Http:Timeot", "00:00:10", "Feeds:Http:Timeot: there is no such setting", "Did you mean Timeout?")]
    [InlineData("Silo:Sybmols", "x.csv", "Silo:Sybmols: there is no such setting", "Symbols")]
    [InlineData("News:Rss:MaxItem", "5", "News:Rss:MaxItem: there is no such setting", "MaxItems")]
    [InlineData("Telegram:ChatId", "1", "Telegram:ChatId: there is no such setting", "ChatIds")]
    [InlineData("Telegram:Chats:0:Zon", "x", "Telegram:Chats:0:Zon: there is no such setting", "Zone")]
    [InlineData("History:Years", "abc", "History:Years: 'abc' is no whole number", "2147483647")]
    [InlineData("History:Years", "", "History:Years: '' is no whole number", "2147483647")]
    [InlineData("Feeds:Http:MaxConcurrent", "99999999999999", "Feeds:Http:MaxConcurrent: '99999999999999'", "whole number")]
    [InlineData("Feeds:Http:Spacing", "half a second", "Feeds:Http:Spacing: 'half a second'", "00:00:30")]
    [InlineData("Feeds:Http:BreakRatio", "half", "Feeds:Http:BreakRatio: 'half'", "0.5")]
    [InlineData("Feeds:Enabled", "maybe", "Feeds:Enabled: 'maybe'", "neither true nor false")]
    [InlineData("Report:Time", "25:99", "Report:Time: '25:99'", "08:00")]
    [InlineData("Feeds:Http", "5", "Feeds:Http: a value cannot stand here", "Feeds:Http:NAME")]
    [InlineData("History:Intraday", "1h", "History:Intraday: a value cannot stand here", "History:Intraday:0")]
    [InlineData("History:Years:0", "5", "History:Years: this is one value", "nothing")]
    public void Read_WhatThereIsNoneOfOrCannotBeRead_NamesTheSettingAndWhatToWrite(string name, string value, string setting, string hint)
    {
        var fault = Assert.Single(Faults((name, value)));

        Assert.StartsWith(setting, fault, StringComparison.Ordinal);
        Assert.Contains(hint, fault);
    }

    [Fact]
    public void Read_ManyFaultsInOneSection_AreAllListed()
    {
        var faults = Faults(
            ("History:Years", "abc"), ("History:Intraday:0", "7m"), ("Feeds:Enabled", "maybe"), ("Feeds:Http:MaxConcurrent", "0"), ("Feeds:Yahoo:BaseAddress", "htp:/x"));

        Assert.All(
            (string[])["History:Years", "History:Intraday", "Feeds:Enabled", "Feeds:Http:MaxConcurrent", "Feeds:Yahoo:BaseAddress"],
            name => Assert.Contains(faults, f => f.StartsWith(name, StringComparison.Ordinal)));
        Assert.Equal(5, faults.Count);
    }

    [Fact]
    public void Read_WhatMakesSense_IsTaken()
    {
        var settings = SiloSettings.Read(Configuration(
            ("history:YEARS", "3"), ("Feeds:Http:Spacing", "00:00:02"), ("News:Rss:MaxItems", "7"), ("Report:Time", "07:30"), ("Logging:LogLevel:Default", "Debug"),
            ("Telegram:ChatIds:0", "12"), ("History:Intraday:0", "1h"), ("Silo:FirstInsights", "False")));

        Assert.Equal((3, TimeSpan.FromSeconds(2), 7), (settings.History.Years, settings.Feeds.Http.Spacing, settings.Rss.MaxItems));
        Assert.Equal((new TimeOnly(7, 30), "12", false), (settings.Report.Time, settings.ChatSettings.Single().Id, settings.Silo.FirstInsights));
        Assert.Equal("1h", Assert.Single(settings.History.Intraday!));
    }

    [Fact]
    public void Read_TheFileBesideTheProgram_HasNoFault()
    {
        var configuration = new ConfigurationManager();
        SiloSettings.AddSources(configuration, new Dictionary<string, string?>());

        Assert.Equal(6, SiloSettings.Read(configuration).News.Feeds.Count);
    }

    // Every setting that the documents and the deployments name by its variable, as an unknown one stops the start.
    [Fact]
    public void Read_WhatTheDocumentsName_IsKnown()
    {
        var files = new[] { "docs", "deploy" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Append(Path.Combine(Repository.Root, "README.md"));
        var names = files.SelectMany(f => Variable().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal))
            .Where(n => n.Contains(':', StringComparison.Ordinal) && n != "Section:Name").Distinct().ToList();

        Assert.True(names.Count > 10, $"Only {names.Count} settings are named.");
        Assert.DoesNotContain(Faults([.. names.Select(n => (n, ""))]), f => f.Contains("there is no such setting", StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Faults(params (string Name, string? Value)[] settings)
    {
        try
        {
            SiloSettings.Read(Configuration(settings));
            return [];
        }
        catch (SettingsException error)
        {
            return error.Faults;
        }
    }

    private static IConfiguration Configuration(params (string Name, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => s.Value)).Build();

    [GeneratedRegex("FINSTAGE__([A-Za-z]+[A-Za-z0-9_]*[A-Za-z0-9])")]
    private static partial Regex Variable();
}
