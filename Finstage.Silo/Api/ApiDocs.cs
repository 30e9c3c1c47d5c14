using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Finstage.Silo.Api;

/// <summary><c>/openapi/v1.json</c>: the API described, route by route, from one table.</summary>
internal static partial class ApiDocs
{
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";

    public static IServiceCollection AddApiDocs(this IServiceCollection services) => services
        .ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict)
        .AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Finstage", Version = SiloApp.Version,
                    Description = "Markets watched: candles, indicators, signals, alerts. Times are ISO 8601, UTC; lists come in parts, each with the cursor of the next.",
                    License = new OpenApiLicense { Name = "MIT" },
                };

                // Whoever reads it knows where from.
                document.Servers?.Clear();
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(DescribeAsync);
        });

    [GeneratedRegex(@":\w+(?=\})")]
    private static partial Regex Constraint();

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (parameter.Name is { } name && ApiTable.Parameters.TryGetValue(name, out var known))
            {
                parameter.Description = known.Description;
                parameter.Example = known.Example is null ? null : JsonNode.Parse(known.Example);
            }
        }

        var route = $"{context.Description.HttpMethod} /{Constraint().Replace(context.Description.RelativePath ?? string.Empty, string.Empty)}";
        if (!ApiTable.Routes.TryGetValue(route, out var doc))
        {
            return;
        }

        (operation.Summary, operation.Description) = (doc.Summary, doc.Description);
        operation.Tags = new HashSet<OpenApiTagReference> { new(doc.Tag, context.Document) };
        operation.Responses ??= [];
        operation.Responses["200"] = new OpenApiResponse { Description = "What was asked for.", Content = await ContentAsync(doc, context, cancellation) };
        if (doc.Tag is not ("health" or "metrics"))
        {
            operation.Responses["400"] = await FaultAsync("A word of the request cannot be used; errors names it.", context, cancellation);
            if (route.Contains('{', StringComparison.Ordinal))
            {
                operation.Responses["404"] = await FaultAsync("There is no such thing; the nearest name is told.", context, cancellation);
            }
        }

        if (doc.NeedsAdmin)
        {
            operation.Responses["401"] = await FaultAsync("An admin key is needed.", context, cancellation);
        }
    }

    private static async Task<Dictionary<string, OpenApiMediaType>> ContentAsync(
        RouteDoc doc, OpenApiOperationTransformerContext context, CancellationToken cancellation) => new()
        {
            [doc.ContentType ?? Json] = new OpenApiMediaType
            {
                Schema = doc.Answer is null ? new OpenApiSchema { Type = JsonSchemaType.String } : await context.GetOrCreateSchemaAsync(doc.Answer, null, cancellation),
                Example = doc.Example is null ? null : doc.ContentType is null ? JsonNode.Parse(doc.Example) : JsonValue.Create(doc.Example),
            },
        };

    private static async Task<OpenApiResponse> FaultAsync(string description, OpenApiOperationTransformerContext context, CancellationToken cancellation) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [Problem] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(HttpValidationProblemDetails), null, cancellation) },
        },
    };
}

/// <summary>What one route does.</summary>
/// <param name="Tag">The group it belongs to.</param>
/// <param name="Summary">In a few words.</param>
/// <param name="Description">In sentences.</param>
/// <param name="Answer">The shape of its answer; null for text.</param>
/// <param name="Example">An answer, shortened.</param>
/// <param name="ContentType">The answer's type; null for JSON.</param>
/// <param name="NeedsAdmin">Whether it needs an admin key.</param>
internal sealed record RouteDoc(
    string Tag, string Summary, string Description, Type? Answer, string? Example = null, string? ContentType = null, bool NeedsAdmin = false);
