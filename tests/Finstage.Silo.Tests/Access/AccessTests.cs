using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Finstage.Adapters.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Finstage.Silo.Tests.Access;

/// <summary>A silo on the loopback interface.</summary>
public sealed class LocalSilo : IAsyncLifetime
{
    internal SiloUnderTest Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Silo = await SiloUnderTest.StartAsync();

    public ValueTask DisposeAsync() => Silo.DisposeAsync();
}

/// <summary>Who may ask what.</summary>
public sealed class AccessTests(LocalSilo local) : IClassFixture<LocalSilo>
{
    private SiloUnderTest Silo => local.Silo;

    [Fact]
    public async Task Read_OnThisMachineWithoutAKey_IsOpen()
    {
        using var symbols = await SendAsync(HttpMethod.Get, "/api/symbols");
        using var flow = await SendAsync(HttpMethod.Post, "/analysis-flow", body: new { symbol = "^GSPC" });
        using var head = await SendAsync(HttpMethod.Head, "/health");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (symbols.StatusCode, flow.StatusCode));
        Assert.NotEqual(HttpStatusCode.Unauthorized, head.StatusCode);
    }

    [Fact]
    public async Task Change_AnyRouteWithoutAKey_Is401AndSaysHow()
    {
        var routes = Silo.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Select(m => (Method: m, Endpoint: e)) ?? [])
            .Where(r => r.Method is not ("GET" or "HEAD"))
            .ToList();

        Assert.True(routes.Count > 5, $"{routes.Count} routes");
        var open = new List<string>();
        foreach (var (method, endpoint) in routes)
        {
            var path = string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => s.IsSimple && s.Parts[0] is RoutePatternLiteralPart l ? l.Content : "7"));
            using var response = await SendAsync(new HttpMethod(method), "/" + path);
            if (response.StatusCode != HttpStatusCode.Unauthorized)
            {
                open.Add($"{method} /{path}");
            }
        }

        Assert.Equal(["POST /analysis-flow"], open);
    }

    [Fact]
    public async Task Change_WithoutAKey_SaysHowToGetOne()
    {
        using var response = await SendAsync(HttpMethod.Delete, "/api/watchlist/AAPL");

        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).ToString());
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var detail = await DetailAsync(response);
        Assert.All((string[])["DELETE /api/watchlist/AAPL", "Authorization: Bearer", "X-Api-Key", "--key", "FINSTAGE_KEY", "keys create --data"], w => Assert.Contains(w, detail));
    }

    [Theory]
    [InlineData("Authorization", "Bearer {0}")]
    [InlineData("Authorization", "bearer  {0} ")]
    [InlineData("X-Api-Key", "{0}")]
    [InlineData("x-api-key", " {0} ")]
    public async Task Change_WithAnAdminKey_IsDone(string header, string value)
    {
        using var response = await SendAsync(HttpMethod.Put, "/api/symbols/AAPL/thresholds", header, Filled(value, Silo.Key), new { rise = 4.0 });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("Authorization", "{0}")]
    [InlineData("Authorization", "Basic {0}")]
    [InlineData("Authorization", "Bearer")]
    [InlineData("Authorization", "Bearer {0}x")]
    [InlineData("Authorization", "Bearer fs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("X-Api-Key", "")]
    [InlineData("X-Api-Key", "fs_")]
    [InlineData("X-Api-Key", "{0},{0}")]
    public async Task Change_WithSomethingElse_Is401(string header, string value)
    {
        using var response = await SendAsync(HttpMethod.Put, "/api/symbols/AAPL/thresholds", header, Filled(value, Silo.Key), new { rise = 4.0 });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Change_WithTheKeyInTheAddress_Is401()
    {
        using var response = await SendAsync(HttpMethod.Delete, $"/api/watchlist/AAPL?key={Silo.Key}&access_token={Silo.Key}");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Read_WithAnUnknownKey_Is401HereToo()
    {
        using var response = await SendAsync(HttpMethod.Get, "/api/symbols", "X-Api-Key", "fs_nobody");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("unknown or was revoked", await DetailAsync(response));
    }

    [Fact]
    public async Task Change_WithAReadKey_Is403AndNamesTheScope()
    {
        var reader = (await Silo.NewKeyAsync("dashboard", KeyScope.Read)).Secret;

        using var change = await SendAsync(HttpMethod.Delete, "/api/watchlist/AAPL", "X-Api-Key", reader);
        using var keys = await SendAsync(HttpMethod.Get, "/api/keys", "X-Api-Key", reader);
        using var read = await SendAsync(HttpMethod.Get, "/api/symbols", "X-Api-Key", reader);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK), (change.StatusCode, keys.StatusCode, read.StatusCode));
        var detail = await DetailAsync(change);
        Assert.All((string[])["dashboard", "DELETE /api/watchlist/AAPL", "scope admin"], w => Assert.Contains(w, detail));
    }

    [Fact]
    public async Task Keys_MadeOverTheApi_WorkUntilTheyAreRevoked()
    {
        using var made = await SendAsync(HttpMethod.Post, "/api/keys", "X-Api-Key", Silo.Key, new { name = "  page  ", scope = "Admin" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.True(made.Headers.CacheControl!.NoStore);
        var key = await made.Content.ReadFromJsonAsync<JsonElement>();
        var (id, secret) = (key.GetProperty("id").GetInt64(), key.GetProperty("key").GetString()!);

        using var before = await SendAsync(HttpMethod.Get, "/api/keys", "X-Api-Key", secret);
        using var revoked = await SendAsync(HttpMethod.Delete, $"/api/keys/{id}", "X-Api-Key", secret);
        using var after = await SendAsync(HttpMethod.Get, "/api/keys", "X-Api-Key", secret);
        using var again = await SendAsync(HttpMethod.Delete, $"/api/keys/{id}", "X-Api-Key", Silo.Key);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.Unauthorized, HttpStatusCode.NotFound),
            (before.StatusCode, revoked.StatusCode, after.StatusCode, again.StatusCode));
        var list = await Silo.Http.GetStringAsync("/api/keys");
        Assert.DoesNotContain(secret[3..], list);
        var listed = JsonDocument.Parse(list).RootElement.EnumerateArray().Single(k => k.GetProperty("id").GetInt64() == id);
        Assert.Equal(("page", "admin"), (listed.GetProperty("name").GetString(), listed.GetProperty("scope").GetString()));
        Assert.NotEqual(JsonValueKind.Null, listed.GetProperty("revoked").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, listed.GetProperty("lastUsed").ValueKind);
    }

    [Theory]
    [InlineData("{\"name\":\" \"}", "name")]
    [InlineData("{}", "name")]
    [InlineData("{\"name\":\"a\\nb\"}", "name")]
    [InlineData("{\"name\":\"a\",\"scope\":\"root\"}", "scope")]
    public async Task PostKeys_WhatMakesNoSense_NamesTheField(string body, string field)
    {
        using var response = await Silo.Http.PostAsync("/api/keys", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("GET", "/health")]
    [InlineData("GET", "/nowhere")]
    [InlineData("DELETE", "/api/watchlist/AAPL")]
    public async Task AnyAnswer_CarriesTheHeadersOfSafety(string method, string path)
    {
        using var response = await SendAsync(new HttpMethod(method), path);

        Assert.Equal(
            ["nosniff", "DENY", "no-referrer"],
            ((string[])["X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"]).Select(h => Assert.Single(response.Headers.GetValues(h))));
        Assert.Contains("frame-ancestors 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
    }

    private static string Filled(string value, string key) => string.Format(System.Globalization.CultureInfo.InvariantCulture, value, key);

    private static async Task<string> DetailAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? header = null, string? value = null, object? body = null) =>
        Silo.SendAsync(method, path, header, value, body);
}
