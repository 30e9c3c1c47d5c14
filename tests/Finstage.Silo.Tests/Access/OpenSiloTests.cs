using System.Net;
using Finstage.Adapters.Storage;
using Finstage.Testing;

namespace Finstage.Silo.Tests.Access;

/// <summary>A silo that other machines can reach, and the limits of keys.</summary>
public sealed class OpenSiloTests
{
    [Fact]
    public async Task Read_FromElsewhere_NeedsAKeyAndAKnownName()
    {
        await using var silo = await SiloUnderTest.StartAsync(("Silo:Urls", "http://0.0.0.0:0"), ("Access:AllowedHosts:0", "*.example.com"));
        var reader = (await silo.NewKeyAsync("reader", KeyScope.Read)).Secret;

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(silo, "/api/symbols", null, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(silo, "/health", null, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(silo, "/nowhere", null, null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(silo, "/api/symbols", reader, null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(silo, "/api/symbols", reader, "10.1.2.3:5080"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(silo, "/api/symbols", reader, "finstage.example.com"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(silo, "/api/symbols", reader, "example.com.evil.example"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(silo, "/health/live", null, null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(silo, "/health/ready", null, null));
    }

    [Fact]
    public async Task Read_UnderAnAllowedNameOfALocalSilo_NeedsAKey()
    {
        await using var silo = await SiloUnderTest.StartAsync(("Access:AllowedHosts:0", "finstage.example.com"));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(silo, "/api/symbols", null, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(silo, "/api/symbols", null, "finstage.example.com"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(silo, "/api/symbols", silo.Key, "finstage.example.com"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(silo, "/api/symbols", silo.Key, "10.1.2.3"));
    }

    [Fact]
    public async Task Read_ManyTimesWithAKey_IsLimitedForThatKeyAlone()
    {
        await using var silo = await SiloUnderTest.StartAsync(("Access:RequestsPerMinute", "3"), ("Access:ReadsNeedKey", "true"));
        var (one, other) = ((await silo.NewKeyAsync("one", KeyScope.Read)).Secret, (await silo.NewKeyAsync("other", KeyScope.Read)).Secret);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(silo, "/health", one, null));
        }

        using var refused = await silo.SendAsync(HttpMethod.Get, "/health", "X-Api-Key", one);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(silo, "/health", other, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(silo, "/health", null, null));
    }

    [Fact]
    public async Task Key_WhateverIsLogged_IsNotInTheLog()
    {
        using var folder = new TempFolder();
        using var silo = ProgramProcess.Start(
            typeof(SiloApp).Assembly.Location, folder.Path, new Dictionary<string, string> { ["FINSTAGE__Logging__LogLevel__Default"] = "Trace" },
            "--urls", "http://127.0.0.1:0");
        var said = await silo.SeeAsync("Ctrl-C stops");
        var key = System.Text.RegularExpressions.Regex.Match(said, "fs_[A-Za-z0-9_-]{43}").Value;
        using var http = new HttpClient { BaseAddress = new Uri(System.Text.RegularExpressions.Regex.Match(said, @"Serving on (\S+)").Groups[1].Value) };
        http.DefaultRequestHeaders.Add("X-Api-Key", key);
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + key);

        using var made = await http.PostAsync("/api/keys", new StringContent("{\"name\":\"logged\"}", System.Text.Encoding.UTF8, "application/json"));
        var answer = await made.Content.ReadAsStringAsync();
        using var revoked = await http.DeleteAsync(new Uri("/api/keys/2", UriKind.Relative));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.NoContent), (made.StatusCode, revoked.StatusCode));
        await silo.KillAsync();
        Assert.Contains("API key 2", silo.Error);
        Assert.Contains("/api/keys", silo.Error);
        Assert.DoesNotContain("fs_", silo.Error);
        Assert.DoesNotContain(System.Text.RegularExpressions.Regex.Match(answer, "fs_[A-Za-z0-9_-]{43}").Value, silo.Error + silo.Output);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories), file => Holds(file, key));
    }

    private static bool Holds(string file, string key)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var text = new StreamReader(stream, System.Text.Encoding.Latin1);
        return text.ReadToEnd().Contains(key, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(SiloUnderTest silo, string path, string? key, string? host)
    {
        using var http = new HttpClient { BaseAddress = silo.Http.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
