using System.Globalization;
using System.Net;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Http;

/// <summary>
/// Asks feeds over HTTP, through one <see cref="HttpGate"/> for all of them. Thread-safe; a process needs one. No address stands in
/// its failures, traces or logs: it may hold a key.
/// </summary>
public sealed class FeedClient : IDisposable
{
    private const int FirstBuffer = 64 * 1024;

    private readonly TimeProvider time;
    private readonly TimeSpan timeout;
    private readonly TimeSpan defaultPause;
    private readonly HttpGate gate;
    private readonly FeedLease? lease;
    private readonly HttpClient http;

    /// <summary>Creates the client with connections of its own.</summary>
    /// <param name="options">How fast and how often hosts are asked.</param>
    /// <param name="time">The clock.</param>
    /// <param name="lease">The right to ask, where other processes might ask as well; null where none does.</param>
    /// <exception cref="ArgumentException">The options have faults; the message names them.</exception>
    public FeedClient(HttpGateOptions options, TimeProvider time, FeedLease? lease = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        gate = new HttpGate(options, time);
        this.lease = lease;
        this.time = time;
        (timeout, defaultPause) = (options.Timeout, options.DefaultPause);
        http = new HttpClient(new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            MaxAutomaticRedirections = 3,
            ActivityHeadersPropagator = null,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            // The deadline runs on the clock that was handed in.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>How every host that was asked so far stands, by name.</summary>
    public IReadOnlyList<HostStatus> Hosts => gate.Hosts;

    /// <summary>Asks, reads and, where either failed by chance, asks again.</summary>
    /// <param name="query">The question.</param>
    /// <param name="read">Makes something of an answer. It throws nothing.</param>
    /// <param name="cancellation">Cancels it all.</param>
    internal Task<FeedResult<T>> GetAsync<T>(FeedQuery query, Func<FeedAnswer, FeedResult<T>> read, CancellationToken cancellation)
        where T : class
    {
        return lease is null ? RunAsync(cancellation) : lease.WithinAsync(RunAsync, cancellation);

        Task<FeedResult<T>> RunAsync(CancellationToken either) => gate.RunAsync(query.Address.Authority, async token =>
        {
            var started = time.GetTimestamp();
            var (answer, failure) = await AskAsync(query, token);
            var result = answer is null ? new FeedResult<T>(failure!) : WithPause(read(answer));
            FeedMeter.Asked(query.Address.Host, result.Failure?.Fault, time.GetElapsedTime(started));
            return result;
        }, either);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        gate.Dispose();
    }

    private async Task<(FeedAnswer? Answer, FeedFailure? Failure)> AskAsync(FeedQuery query, CancellationToken cancellation)
    {
        var host = query.Address.Authority;
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        HttpResponseMessage? response = null;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, query.Address);
            request.Headers.TryAddWithoutValidation("User-Agent", query.UserAgent);
            request.Headers.TryAddWithoutValidation("Accept", query.Accept);
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await ReadAsync(response, query.MaxBytes, either.Token);
            return body is null
                ? (null, new FeedFailure(FeedFault.TooLarge, Text($"{host} answered with more than {query.MaxBytes} bytes.")))
                : (new FeedAnswer(host, (int)response.StatusCode, Pause(response), Charset(response), body.Value), null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, new FeedFailure(FeedFault.Timeout, Text($"{host} gave no whole answer within {timeout.TotalSeconds:0.#} s.")));
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException && response is not null)
        {
            return (null, new FeedFailure(FeedFault.Malformed, $"The answer of {host} breaks off or cannot be unpacked."));
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return (null, new FeedFailure(FeedFault.Unreachable, $"{host} cannot be reached: {Why(e)}"));
        }
        finally
        {
            response?.Dispose();
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > limit)
        {
            return null;
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[Math.Min(FirstBuffer, limit)];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                // One byte more than allowed tells an answer of just that length from a longer one.
                Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, limit + 1L));
            }

            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
            length += read;
            if (length > limit)
            {
                return null;
            }

            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }
        }
    }

    private static string? Charset(HttpResponseMessage response) => response.Content.Headers.ContentType?.CharSet?.Trim('"');

    private TimeSpan? Pause(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var pause = header?.Delta ?? header?.Date - time.GetUtcNow();
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }

    // Told to slow down without being told for how long.
    private FeedResult<T> WithPause<T>(FeedResult<T> result)
        where T : class =>
        result.Failure is { Fault: FeedFault.RateLimited, RetryAfter: null } failure
            ? new FeedResult<T>(failure with { RetryAfter = defaultPause })
            : result;

    private static string Why(Exception e) => (e as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "nobody knows its name.",
        HttpRequestError.ConnectionError => "it takes no connection.",
        HttpRequestError.SecureConnectionError => "no secure connection came about.",
        HttpRequestError.ProxyTunnelError => "the proxy refuses.",
        _ => "the connection broke.",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
