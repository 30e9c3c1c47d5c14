using System.Text;
using System.Text.Json;
using Finstage.Adapters.Http;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Prices.Yahoo;

/// <summary>Makes something of an answer of the chart API, whatever it holds. Pure and thread-safe.</summary>
internal static class ChartReader
{
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 32 };

    /// <summary>Reads an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="asOf">The moment of the answer, Unix seconds (UTC).</param>
    /// <param name="settle">How long after a session's end its candle counts as closed.</param>
    public static FeedResult<PriceHistory> Read(FeedAnswer answer, PriceRequest request, long asOf, TimeSpan settle)
    {
        try
        {
            using var json = JsonDocument.Parse(WithoutMark(answer.Body), Limits);
            return ErrorOf(json.RootElement, answer) is { } failure
                ? new FeedResult<PriceHistory>(failure)
                : ReadResult(json.RootElement.Child("chart").Child("result"), answer, request, asOf, settle);
        }
        catch (JsonException)
        {
            return new FeedResult<PriceHistory>(NoJson(answer));
        }
        catch (InvalidOperationException)
        {
            // A name inside the JSON whose bytes are no text.
            return new FeedResult<PriceHistory>(new FeedFailure(FeedFault.Malformed, answer.Answered($"with JSON that is no text.")));
        }
    }

    /// <summary>What the API itself complains of, or the status where it says nothing.</summary>
    private static FeedFailure? ErrorOf(JsonElement root, FeedAnswer answer)
    {
        var error = root.Child("chart").Child("error");
        error = error.ValueKind == JsonValueKind.Object ? error : root.Child("finance").Child("error");
        if (error.ValueKind != JsonValueKind.Object)
        {
            return FromStatus(answer);
        }

        var description = error.Child("description").Text() ?? "no description";
        var code = error.Child("code").Text();
        var fault = (code, answer.Status) switch
        {
            ("Not Found", _) => FeedFault.NotFound,
            ("Unprocessable Entity", _) => FeedFault.InvalidRange,
            ("Bad Request", _) when description.StartsWith("Data doesn't exist", StringComparison.OrdinalIgnoreCase) => FeedFault.Empty,
            ("Bad Request", _) => FeedFault.InvalidRequest,
            ("Unauthorized" or "Forbidden", _) => FeedFault.Refused,
            ("Too Many Requests", _) => FeedFault.RateLimited,
            _ => FromStatus(answer)?.Fault ?? FeedFault.Unavailable,
        };
        return new FeedFailure(fault, $"{answer.Host} answered {answer.Status} {code}: {description}", answer.RetryAfter);
    }

    // An unknown symbol is told in the API's own words. Another 404 comes from something on the way and condemns no symbol.
    private static FeedFailure? FromStatus(FeedAnswer answer) =>
        answer.StatusFailure() is { Fault: FeedFault.NotFound or FeedFault.InvalidRequest } ? answer.Unavailable() : answer.StatusFailure();

    private static FeedFailure NoJson(FeedAnswer answer)
    {
        if ((answer.PageFailure('{') ?? FromStatus(answer)) is { } failure)
        {
            return failure;
        }

        var text = Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(64, answer.Body.Length)]).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        return text.Length == 0 ? new FeedFailure(FeedFault.Empty, answer.Answered($"with nothing at all."))
            : text[0] == '{' ? new FeedFailure(FeedFault.Malformed, answer.Answered($"with JSON that breaks off or is broken."))
            : new FeedFailure(FeedFault.Unavailable, answer.Answered($"with a text in place of JSON, status {answer.Status}."));
    }

    private static FeedResult<PriceHistory> ReadResult(
        JsonElement results, FeedAnswer answer, PriceRequest request, long asOf, TimeSpan settle)
    {
        if (results.ValueKind is JsonValueKind.Null || (results.ValueKind is JsonValueKind.Array && results.Length() == 0))
        {
            return Fail(FeedFault.Empty, $"{answer.Host} answered for {request.Symbol} with an empty chart.");
        }

        var result = results.First();
        var meta = result.Child("meta");
        if (meta.ValueKind != JsonValueKind.Object)
        {
            return Fail(FeedFault.Malformed, $"{answer.Host} answered without a chart.");
        }

        if (Mismatch(meta, request) is { } mismatch)
        {
            return Fail(FeedFault.Malformed, mismatch);
        }

        var times = result.Child("timestamp");
        var columns = ChartColumns.Of(result.Child("indicators").Child("quote").First());
        if (columns.Problem(times.Length()) is { } problem)
        {
            return Fail(FeedFault.Malformed, $"{answer.Host} answered for {request.Symbol} with {problem}");
        }

        var clock = ChartClock.Of(meta, request, asOf, settle);
        var rows = new ChartRows(request, clock);
        foreach (var cells in columns.Rows(times))
        {
            rows.Add(cells);
        }

        if (rows.Count == 0)
        {
            return Fail(
                FeedFault.Empty,
                answer.Answered($"for {request.Symbol} without a price ({rows.Blank} blank rows)."));
        }

        var (closed, open) = rows.Build();
        return new FeedResult<PriceHistory>(new PriceHistory(
            request.Symbol, request.Interval, asOf, closed, open, ChartSplits.Of(result.Child("events").Child("splits"), clock, request),
            ChartQuote.Of(meta), rows.Rejected, rows.RejectedCount, rows.Blank));
    }

    /// <summary>Another series than the one that was asked for must not get into it.</summary>
    private static string? Mismatch(JsonElement meta, PriceRequest request)
    {
        if (meta.Child("symbol").Text() is { } symbol && !symbol.Equals(request.Symbol, StringComparison.OrdinalIgnoreCase))
        {
            return $"It answered with {PriceColumns.Printable(symbol)} where {request.Symbol} was asked for.";
        }

        var length = meta.Child("dataGranularity").Text() switch
        {
            null => request.Interval,
            "1wk" => CandleInterval.OneWeek,
            "60m" => CandleInterval.OneHour,
            var word => CandleIntervals.TryParse(word, out var interval) ? interval : default,
        };
        return length == request.Interval ? null : $"It answered with candles of another length than {request.Interval.Code()}.";
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;

    private static FeedResult<PriceHistory> Fail(FeedFault fault, string message) => new(new FeedFailure(fault, message));
}
