using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Finstage.Testing;

namespace Finstage.Silo.Tests;

/// <summary>The page as files; what it does in a browser has tests of its own.</summary>
[Collection(SampleSilo.Shared)]
public sealed partial class PageFilesTests(SampleSilo samples)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "Finstage.Silo", "wwwroot");

    private SiloUnderTest Silo => samples.Silo;

    public static TheoryData<string> Scripts => [.. Directory
        .EnumerateFiles(Folder, "*.js", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))];

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/css/finstage.css", "text/css")]
    [InlineData("/js/main.js", "text/javascript")]
    [InlineData("/js/vendor/charts.js", "text/javascript")]
    [InlineData("/icon.svg", "image/svg+xml")]
    public async Task File_OfThePage_IsServedToEverybody(string path, string type)
    {
        using var response = await Silo.SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-cache", response.Headers.CacheControl!.ToString());
        Assert.Contains("default-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task Root_AskedWithHead_Answers()
    {
        using var response = await Silo.SendAsync(HttpMethod.Head, "/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 500);
    }

    [Fact]
    public async Task File_ThatIsKnown_IsNotSentAgain()
    {
        using var first = await Silo.SendAsync(HttpMethod.Get, "/js/main.js");
        using var again = await Silo.SendAsync(HttpMethod.Get, "/js/main.js", "If-None-Match", first.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Page_AllThatTheFirstViewNeeds_IsLight()
    {
        using var client = new HttpClient { BaseAddress = Silo.Http.BaseAddress };
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        long bytes = 0;
        foreach (var file in Scripts.Select(s => s.Data).Append("css/finstage.css").Append(string.Empty))
        {
            using var response = await client.GetAsync("/" + file);
            Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
            bytes += (await response.Content.ReadAsByteArrayAsync()).Length;
        }

        Assert.InRange(bytes, 1, 60_000);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_NeverReadsTextAsMarkup(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));

        Assert.DoesNotMatch(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|setHTML", text);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_Imports_AreThere(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        foreach (Match import in Import().Matches(text))
        {
            var target = Path.GetFullPath(Path.Combine(Folder, Path.GetDirectoryName(file)!, import.Groups[1].Value));
            Assert.True(File.Exists(target) || target.EndsWith("charts.js", StringComparison.Ordinal), $"{file} imports {import.Groups[1].Value}");
        }
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_Words_AreKnownInBothLanguages(string file)
    {
        var known = Known().Matches(File.ReadAllText(Path.Combine(Folder, "js", "words.js"))).Select(m => m.Groups[1].Value).ToHashSet();
        var used = Used().Matches(File.ReadAllText(Path.Combine(Folder, file))).Select(m => m.Groups[1].Value);

        Assert.Equal([], used.Where(word => !known.Contains(word)).Distinct());
    }

    [Fact]
    public void Document_HasNoScriptOrStyleOfItsOwn()
    {
        var html = File.ReadAllText(Path.Combine(Folder, "index.html"));

        Assert.DoesNotMatch("<style|style=|<script(?![^>]*src=)|\\son[a-z]+=|https?://(?!www\\.w3\\.org)", html);
    }

    [GeneratedRegex(@"(?:from|import)\s*\(?\s*'(\.[^']+)'")]
    private static partial Regex Import();

    [GeneratedRegex(@"^  (\w+): \['[^']+', (?:'[^']+'|""[^""]+"")\],$", RegexOptions.Multiline)]
    private static partial Regex Known();

    [GeneratedRegex(@"\bt\('(\w+)'\)")]
    private static partial Regex Used();
}
