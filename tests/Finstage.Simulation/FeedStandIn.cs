using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Finstage.Adapters.Symbols;
using Finstage.Analysis.Calendars;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Symbols;
using Finstage.Grains.Interfaces.Market;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Finstage.Simulation;

/// <summary>
/// A server on the loopback interface that plays Yahoo's chart service and the news feeds. Its clock is the one that it is told, at
/// <c>/stand-in/state?now=</c>, else that of the computer. Some of its answers are faults, as real ones are.
/// </summary>
internal sealed class FeedStandIn : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Dictionary<string, SymbolInfo> symbols;
    private readonly FaultPlan faults;
    private int arrived;
    private int answering;
    private int hanging;
    private int most;
    private long told;

    private FeedStandIn(WebApplication app, StandInMarket market, IEnumerable<SymbolInfo> symbols, FaultPlan faults)
    {
        this.app = app;
        Market = market;
        this.faults = faults;
        this.symbols = symbols.ToDictionary(s => s.Code);
    }

    public StandInMarket Market { get; }

    public string Url => app.Urls.Single();

    /// <summary>Every question: when it came by the clock, for what, and what became of it.</summary>
    public ConcurrentQueue<Question> Questions { get; } = new();

    /// <summary>The most questions that were under way at once.</summary>
    public int MostAtOnce => most;

    /// <summary>Whether nobody is answered at all, as without a network.</summary>
    public bool IsOut { get; set; }

    /// <summary>What is under way: questions that arrived so far, those being answered, and those left hanging.</summary>
    public (int Arrived, int Answering, int Hanging) State => (Volatile.Read(ref arrived), Volatile.Read(ref answering), Volatile.Read(ref hanging));

    public static async Task<FeedStandIn> StartAsync(StandInMarket market, double faultRate, int seed, IEnumerable<SymbolInfo>? symbols = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new FeedStandIn(
            builder.Build(), market, symbols ?? SymbolList.Load(SymbolList.DefaultPath).All, new FaultPlan(faultRate, seed));
        server.app.Run(server.TakeAsync);
        await server.app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        if (context.Request.Path == "/stand-in/state")
        {
            if (long.TryParse(context.Request.Query["now"], CultureInfo.InvariantCulture, out var clock))
            {
                Volatile.Write(ref told, clock);
            }

            var (all, now, stuck) = State;
            await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{all} {now} {stuck}"));
            return;
        }

        var number = Interlocked.Increment(ref arrived);
        var atOnce = Interlocked.Increment(ref answering) + Volatile.Read(ref hanging);
        InterlockedMax(ref most, atOnce);
        try
        {
            await AnswerAsync(context, number);
        }
        finally
        {
            Interlocked.Decrement(ref answering);
        }
    }

    private async Task AnswerAsync(HttpContext context, int number)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        var isChart = path.StartsWith("/v8/finance/chart/", StringComparison.Ordinal);
        var asked = Volatile.Read(ref told) is > 0 and var milliseconds ? milliseconds : TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var fault = IsOut ? FaultPlan.Kind.Abort : faults.Of(number);
        Questions.Enqueue(new Question(asked, isChart ? path[18..] : path + context.Request.QueryString, context.Request.Query["interval"].ToString(), fault));
        switch (fault)
        {
            case FaultPlan.Kind.TooMany:
                context.Response.StatusCode = 429;
                await context.Response.WriteAsync("Too Many Requests\r\n");
                break;
            case FaultPlan.Kind.Error:
                context.Response.StatusCode = 500;
                break;
            case FaultPlan.Kind.Page:
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<!doctype html><html><body><h1>Will be right back</h1></body></html>");
                break;
            case FaultPlan.Kind.Hang:
                await HangAsync(context);
                break;
            case FaultPlan.Kind.Abort:
                context.Abort();
                break;
            default:
                var body = isChart
                    ? Chart(path[18..], context.Request.Query, asked / 1_000, out var status)
                    : News(path, context.Request.Query["s"].ToString(), asked / 1_000, out status);
                context.Response.StatusCode = status;
                context.Response.ContentType = isChart ? "application/json" : "application/rss+xml";
                await context.Response.Body.WriteAsync(fault == FaultPlan.Kind.Truncated ? body[..(body.Length / 2)] : body);
                break;
        }
    }

    private async Task HangAsync(HttpContext context)
    {
        Interlocked.Increment(ref hanging);
        Interlocked.Decrement(ref answering);
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The asker has given up.
        }
        finally
        {
            Interlocked.Increment(ref answering);
            Interlocked.Decrement(ref hanging);
        }
    }

    private byte[] Chart(string code, IQueryCollection query, long now, out int status)
    {
        var word = query["interval"].ToString();
        if (!symbols.TryGetValue(Uri.UnescapeDataString(code), out var symbol))
        {
            status = 404;
            return """{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}"""u8.ToArray();
        }

        status = 200;
        var from = long.Parse(query["period1"].ToString(), CultureInfo.InvariantCulture);
        return word == "1mo"
            ? Write(symbol, word, now, Months(symbol, now))
            : Write(symbol, word, now, [.. Market.Rows(symbol, CandleIntervals.TryParse(word, out var interval) ? interval : default, from, now)]);
    }

    // A high long ago, and a month since: enough for an all-time high.
    private List<StandInMarket.Row> Months(SymbolInfo symbol, long now)
    {
        var high = 2 * Market.Price(symbol, now, now);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TradingCalendar.For(symbol.Exchange).Zone);
        return
        [
            .. new[] { new DateTime(2007, 10, 1), new DateTime(2010, 5, 1) }.Select((month, i) => new StandInMarket.Row(
                new DateTimeOffset(month, zone.GetUtcOffset(month)).ToUnixTimeSeconds(),
                new Candle(0, high / (i + 1), high / (i + 1), high / 4, high / 4, 1), true)),
        ];
    }

    private byte[] Write(SymbolInfo symbol, string word, long now, List<StandInMarket.Row> rows)
    {
        var calendar = TradingCalendar.For(symbol.Exchange);
        var date = calendar.DateOf(now);
        date = calendar.IsSession(date) && calendar.HoursOf(date).Open <= now ? date : calendar.PreviousSession(date);
        var hours = calendar.HoursOf(date);
        var marketTime = Math.Min(now, hours.Close);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(calendar.Zone);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("chart");
            json.WriteStartArray("result");
            json.WriteStartObject();
            json.WriteStartObject("meta");
            json.WriteString("symbol", symbol.Code);
            json.WriteString("currency", symbol.Currency.Length == 0 ? "USD" : symbol.Currency);
            json.WriteString("exchangeName", ExchangeCode(symbol.Exchange));
            json.WriteString("instrumentType", symbol.Category == SymbolCategory.Index ? "INDEX" : "EQUITY");
            json.WriteString("longName", symbol.NameEn);
            json.WriteString("exchangeTimezoneName", calendar.Zone);
            json.WriteNumber("gmtoffset", (long)zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(now)).TotalSeconds);
            json.WriteNumber("regularMarketTime", marketTime);
            json.WriteNumber("regularMarketPrice", Market.Price(symbol, marketTime, now));
            json.WriteNumber("chartPreviousClose", 1.5);
            json.WriteString("dataGranularity", word);
            json.WriteStartObject("currentTradingPeriod");
            json.WriteStartObject("regular");
            json.WriteNumber("start", hours.Open);
            json.WriteNumber("end", hours.Close);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            WriteRows(json, rows);
            WriteSplits(json, symbol.Code, now);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteNull("error");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteRows(Utf8JsonWriter json, List<StandInMarket.Row> rows)
    {
        json.WriteStartArray("timestamp");
        rows.ForEach(r => json.WriteNumberValue(r.Time));
        json.WriteEndArray();
        json.WriteStartObject("indicators");
        json.WriteStartArray("quote");
        json.WriteStartObject();
        Column("open", c => c.Open);
        Column("high", c => c.High);
        Column("low", c => c.Low);
        Column("close", c => c.Close);
        Column("volume", c => c.Volume);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();

        void Column(string name, Func<Candle, double> value)
        {
            json.WriteStartArray(name);
            foreach (var row in rows)
            {
                if (row.Candle is { } candle)
                {
                    json.WriteNumberValue(value(candle));
                }
                else
                {
                    json.WriteNullValue();
                }
            }

            json.WriteEndArray();
        }
    }

    private void WriteSplits(Utf8JsonWriter json, string symbol, long now)
    {
        if (!Market.Splits.TryGetValue(symbol, out var split) || now < split.KnownAt)
        {
            return;
        }

        // Half past nine in New York.
        var time = StandInMarket.Stamp(split.Date) + 52_200;
        json.WriteStartObject("events");
        json.WriteStartObject("splits");
        json.WriteStartObject(time.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("date", time);
        json.WriteNumber("numerator", split.Ratio);
        json.WriteNumber("denominator", 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static byte[] News(string path, string symbol, long now, out int status)
    {
        var source = StandInNews.SourceOf(path, symbol);
        status = source is null ? 404 : 200;
        return source is null ? [] : StandInNews.Write(source, now);
    }

    private static string ExchangeCode(string exchange) => exchange switch
    {
        "NYSE" => "NYQ", "NASDAQ" => "NMS", "COMEX" => "CMX", "NYMEX" => "NYM", "CBOT" => "CBT", "ICE" => "NYB", "CBOE" => "CGI", _ => exchange,
    };

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;)
        {
            var was = Interlocked.CompareExchange(ref target, value, seen);
            if (was == seen)
            {
                return;
            }

            seen = was;
        }
    }

    /// <summary>A question as it arrived; its time in milliseconds.</summary>
    internal sealed record Question(long At, string Subject, string Interval, FaultPlan.Kind Fault);
}

/// <summary>Which answers are faults: a share of them, in turn of every kind. Thread-safe.</summary>
internal sealed class FaultPlan(double rate, int seed)
{
    internal enum Kind
    {
        None,
        TooMany,
        Error,
        Hang,
        Truncated,
        Page,
        Abort,
    }

    public Kind Of(int number)
    {
        var draw = (uint)HashCode(number);
        return draw % 10_000 < rate * 10_000 ? (Kind)(1 + (draw / 10_000 % 6)) : Kind.None;
    }

    private int HashCode(int number)
    {
        var hash = ((ulong)(uint)number + ((ulong)(uint)seed << 32)) * 0x9E3779B97F4A7C15UL;
        return (int)((hash ^ (hash >> 29)) >> 16);
    }
}
