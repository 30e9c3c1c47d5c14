using System.Text.Json;
using Finstage.Silo.Api;
using Microsoft.AspNetCore.Routing;

namespace Finstage.Silo.Tests;

[Collection(SampleSilo.Shared)]
public sealed class ApiDocsTests(SampleSilo samples)
{
    // What has a page of its own or describes itself.
    private static readonly string[] Elsewhere = ["/openapi/", "/dashboard"];

    private SiloUnderTest Silo => samples.Silo;

    [Fact]
    public async Task Document_HasEveryRouteDescribed()
    {
        var paths = (await Silo.GetAsync("/openapi/v1.json")).GetProperty("paths");
        var missing = new List<string>();
        foreach (var (method, path) in Mapped())
        {
            var known = paths.TryGetProperty(path, out var operations) && operations.TryGetProperty(method.ToLowerInvariant(), out var operation)
                && operation.TryGetProperty("summary", out var summary) && summary.GetString()!.Length > 0;
            if (!known)
            {
                missing.Add($"{method} {path}");
            }
        }

        Assert.Equal([], missing);
    }

    [Fact]
    public void Table_HasNoRouteThatIsNotThere()
    {
        var mapped = Mapped().Select(r => $"{r.Method} {r.Path}").ToHashSet();

        Assert.Equal([], ApiTable.Routes.Keys.Where(route => !mapped.Contains(route)));
    }

    [Fact]
    public async Task Document_HasEveryWordOfAQueryDescribed()
    {
        var document = await Silo.GetAsync("/openapi/v1.json");
        var words =
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            where operation.Value.TryGetProperty("parameters", out _)
            from parameter in operation.Value.GetProperty("parameters").EnumerateArray()
            where !parameter.TryGetProperty("description", out _)
            select $"{operation.Name} {path.Name}: {parameter.GetProperty("name").GetString()}";

        Assert.Equal([], words);
    }

    [Fact]
    public async Task Document_NumbersAreNumbers_AndExamplesAreThere()
    {
        var text = await Silo.Http.GetStringAsync("/openapi/v1.json");
        using var document = JsonDocument.Parse(text);
        var candles = document.RootElement.GetProperty("paths").GetProperty("/api/symbols/{symbol}/candles").GetProperty("get");

        var answer = candles.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json");
        Assert.Equal(188.589996, answer.GetProperty("example").GetProperty("items")[0].GetProperty("close").GetDouble());
        Assert.True(candles.GetProperty("responses").TryGetProperty("404", out _));
        Assert.DoesNotContain("^-?(?:0|[1-9]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/symbols/AAPL/candles?limit=5")]
    [InlineData("/api/symbols/AAPL/indicators/sma:20?limit=5")]
    public async Task Series_ThatIsTheSame_IsNotSentAgain(string path)
    {
        using var first = await Silo.Http.GetAsync(path);
        using var again = await Silo.SendAsync(HttpMethod.Get, path, "If-None-Match", first.Headers.ETag!.ToString());
        using var changed = await Silo.SendAsync(HttpMethod.Get, path, "If-None-Match", "W/\"1-1-1-1\"");

        Assert.Equal(System.Net.HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(System.Net.HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task Series_AskedWithAFault_HasNoTag()
    {
        using var response = await Silo.Http.GetAsync("/api/symbols/AAPL/candles?limit=0");

        Assert.Null(response.Headers.ETag);
    }

    private IEnumerable<(string Method, string Path)> Mapped() =>
        from endpoint in Silo.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + System.Text.RegularExpressions.Regex.Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), @"\{(\w+)[^}]*\}", "{$1}")
        where !Elsewhere.Any(path.StartsWith)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select (method, path);
}
