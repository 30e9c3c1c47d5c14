using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Finstage.Adapters.Http;

/// <summary>A silo did not give what was asked for. The message says why and what to do.</summary>
public sealed class ApiException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ApiException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>The status of an answer that refuses; null where there was none.</summary>
    public HttpStatusCode? Status { get; init; }
}

/// <summary>Asks a running silo over HTTP. Thread-safe.</summary>
public sealed class FinstageApi : IDisposable
{
    private const int MaxResponseBytes = 64 * 1024 * 1024;

    private readonly HttpClient http;
    private readonly Uri server;

    /// <summary>Creates the connection to a silo; nothing is sent yet.</summary>
    /// <param name="server">The silo's address, such as <c>http://127.0.0.1:5080</c>.</param>
    /// <param name="timeout">How long one answer may take.</param>
    /// <param name="key">The API key, of visible ASCII characters; null for none.</param>
    public FinstageApi(Uri server, TimeSpan timeout, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        this.server = server;
        http = new HttpClient { BaseAddress = server, Timeout = timeout, MaxResponseContentBufferSize = MaxResponseBytes };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Asks for a resource.</summary>
    /// <typeparam name="T">Its shape.</typeparam>
    /// <param name="path">Its path with the query, from the address's root.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="ApiException">The silo does not answer, or refuses; the message says why.</exception>
    public Task<T> GetAsync<T>(string path, CancellationToken cancellation) => SendAsync<T>(HttpMethod.Get, path, null, cancellation);

    /// <summary>Changes a resource.</summary>
    /// <typeparam name="T">The shape of the answer.</typeparam>
    /// <param name="path">Its path with the query, from the address's root.</param>
    /// <param name="body">What it is to be, sent as JSON.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="ApiException">The silo does not answer, or refuses; the message says why.</exception>
    public Task<T> PutAsync<T>(string path, object body, CancellationToken cancellation) => SendAsync<T>(HttpMethod.Put, path, body, cancellation);

    /// <summary>Removes a resource.</summary>
    /// <param name="path">Its path with the query, from the address's root.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="ApiException">The silo does not answer, or refuses; the message says why.</exception>
    public Task DeleteAsync(string path, CancellationToken cancellation) => SendAsync<object?>(HttpMethod.Delete, path, null, cancellation);

    /// <summary>Asks a resource to do something.</summary>
    /// <typeparam name="T">The shape of the answer.</typeparam>
    /// <param name="path">Its path with the query, from the address's root.</param>
    /// <param name="body">What it needs to know, sent as JSON; null for nothing.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="ApiException">The silo does not answer, or refuses; the message says why.</exception>
    public Task<T> PostAsync<T>(string path, object? body, CancellationToken cancellation) => SendAsync<T>(HttpMethod.Post, path, body, cancellation);

    /// <summary>Listens to the silo's events, until it ends them or is cancelled.</summary>
    /// <param name="path">The path of the event stream with its query.</param>
    /// <param name="lastEventId">The id of the last event that was heard; empty for none.</param>
    /// <param name="cancellation">Ends the listening.</param>
    /// <exception cref="ApiException">The silo does not answer, refuses, or the connection broke.</exception>
    public async IAsyncEnumerable<SseItem<string>> ListenAsync(
        string path, string lastEventId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }

        using var response = await TellAsync(() => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation), cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw new ApiException(await ProblemAsync(response, cancellation)) { Status = response.StatusCode };
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        await using var items = SseParser.Create(stream).EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
        while (await TellAsync(async () => await items.MoveNextAsync(), cancellation))
        {
            yield return items.Current;
        }
    }

    private async Task<T> TellAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw Unanswered(fault);
        }
        catch (TaskCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            throw new ApiException($"{server} did not answer within {http.Timeout.TotalSeconds:0} s.", fault);
        }
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
            request.Content = body is null ? null : JsonContent.Create(body, body.GetType());
            using var response = await http.SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                throw new ApiException(await ProblemAsync(response, cancellation)) { Status = response.StatusCode };
            }

            if (response.StatusCode == HttpStatusCode.NoContent)
            {
                return default!;
            }

            return await response.Content.ReadFromJsonAsync<T>(cancellation)
                ?? throw new ApiException($"{server} answered with nothing.");
        }
        catch (HttpRequestException fault)
        {
            throw Unanswered(fault);
        }
        catch (TaskCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            throw new ApiException($"{server} did not answer within {http.Timeout.TotalSeconds:0} s.", fault);
        }
        catch (JsonException fault)
        {
            throw new ApiException($"{server} answered with something that is not Finstage's: {fault.Message}", fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private ApiException Unanswered(Exception fault) => new(
        $"No silo answers at {server}: {fault.Message.TrimEnd('.')}. Start one (dotnet run --project Finstage.Silo) or name another with --server URL.", fault);

    private async Task<string> ProblemAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var fallback = $"{server} answered {(int)response.StatusCode} {response.ReasonPhrase}.";
        try
        {
            using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
            return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() ?? fallback : fallback;
        }
        catch (JsonException)
        {
            return fallback;
        }
    }
}
