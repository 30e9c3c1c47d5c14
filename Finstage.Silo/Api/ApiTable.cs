using Finstage.Adapters.Http;

namespace Finstage.Silo.Api;

/// <summary>Every route of the API and every word of a query, described.</summary>
internal static class ApiTable
{
    private const string Signal =
        """{"id":10564,"symbol":"AAPL","interval":"1d","time":"2018-05-11T00:00:00Z","strategy":"MACD_HISTOGRAM_TURN","direction":"SELL","confidence":55,"priority":"LOW","close":188.589996,"reason":"The MACD histogram turned down above zero, from 2.495 to 2.327.","supersededAt":null}""";

    private const string Job =
        """{"name":"history","schedule":"after session NYSE + 20 min","state":"idle","lastRun":"2026-03-02T21:20:31Z","nextRun":"2026-03-03T21:20:00Z","lastSummary":"55 symbols looked at, 55 candles added","lastError":null,"runs":12,"averageMs":31250.5}""";

    /// <summary>The routes, by method and path.</summary>
    public static IReadOnlyDictionary<string, RouteDoc> Routes { get; } = new Dictionary<string, RouteDoc>(StringComparer.Ordinal)
    {
        ["GET /health"] = new("health", "How the silo stands", "Always answers 200; status is ok, starting or degraded.", typeof(HealthDto),
            """{"status":"ok","version":"0.1.0","host":"Embedded","phase":"ready"}"""),
        ["GET /health/live"] = new("health", "Whether the process lives", "For probes; open to everybody.", typeof(object), """{"status":"ok"}"""),
        ["GET /health/ready"] = new("health", "Whether the start is done", "503 until the first import and analysis are done; open to everybody.", typeof(object), """{"status":"ok"}"""),
        ["GET /metrics"] = new("metrics", "What is measured", "Prometheus' text format, version 0.0.4.", null, "# TYPE finstage_ready gauge\nfinstage_ready 1\n", "text/plain"),
        ["GET /api/symbols"] = new("symbols", "All symbols", "The watchlist in its order, then what is stored besides; each with its series and last price.", typeof(SymbolDto[]),
            """[{"symbol":"AAPL","nameKo":"애플","nameEn":"Apple","category":"stock","exchange":"NASDAQ","currency":"USD","enabled":true,"series":[],"zone":"America/New_York"}]"""),
        ["GET /api/symbols/{symbol}"] = new("symbols", "One symbol", "From its grain: its series, last price, highs and thresholds.", typeof(SymbolDto)),
        ["GET /api/symbols/{symbol}/candles"] = new("symbols", "Candles", "The newest first part, each part ascending; next leads to the candles before. Answered 304 to an If-None-Match as long as the series is the same.", typeof(PageDto<CandleDto>),
            """{"items":[{"time":"2018-05-11T00:00:00Z","open":189.490005,"high":190.059998,"low":187.449997,"close":188.589996,"volume":26212200}],"next":"1525910400"}"""),
        ["GET /api/symbols/{symbol}/indicators/{id}"] = new("symbols", "An indicator", "Calculated over the whole series from its first candle; the indicator's parameters stand in its id (sma:20) or in the query (sma?period=20). Answered 304 as candles are.", typeof(IndicatorDto),
            """{"indicator":"sma:20","outputs":["sma"],"items":[{"time":"2018-05-11T00:00:00Z","values":[174.859]}],"next":"1525910400"}"""),
        ["GET /api/symbols/{symbol}/chart.png"] = new("symbols", "A chart", "A PNG of 1,000 by 720 pixels, as Telegram shows it: the last 90 candles; with a strategy, up to its newest signal and with what explains it.", null, null, "image/png"),
        ["GET /api/symbols/{symbol}/signals"] = new("signals", "Signals of a symbol", "Newest first.", typeof(PageDto<SignalDto>), $$"""{"items":[{{Signal}}],"next":null}"""),
        ["GET /api/signals"] = new("signals", "Signals of all symbols", "Newest first.", typeof(PageDto<SignalDto>), $$"""{"items":[{{Signal}}],"next":null}"""),
        ["GET /api/strategies"] = new("signals", "The strategies", "The catalog, with names and rules in the language asked for.", typeof(StrategyDto[])),
        ["POST /analysis-flow"] = new("signals", "The whole way from candles to the message", "Nothing is stored and nothing sent; it counts as a read.", typeof(AnalysisFlowDto)),
        ["GET /api/stream"] = new("stream", "What happens, as it happens", "Server-sent events: hello, quote, candles, signal, alert, job, more, reset, heartbeat, slow. Resumed by Last-Event-ID.", null,
            "event: hello\ndata: {\"version\":\"0.1.0\",\"heartbeatSeconds\":15}\nid: 3f2a9c41-17\n\n", "text/event-stream"),
        ["GET /api/watchlist"] = new("watchlist", "What is watched", "In its order.", typeof(SymbolDto[])),
        ["PUT /api/watchlist/{symbol}"] = new("watchlist", "Watch a symbol", "It is checked against the feed before it is stored, and its history is fetched.", typeof(SymbolDto), NeedsAdmin: true),
        ["DELETE /api/watchlist/{symbol}"] = new("watchlist", "Watch a symbol no more", "Its history stays. Answered 204.", null, NeedsAdmin: true),
        ["PUT /api/symbols/{symbol}/thresholds"] = new("watchlist", "How far a price moves before it is told of", "What is null is the category's.", typeof(ThresholdsDto), NeedsAdmin: true),
        ["GET /api/backtests"] = new("backtests", "What the signals were worth", "By strategy and symbol, as the job backtests stored it last; each with its sample and its tests for luck.", typeof(BacktestsDto)),
        ["GET /api/backtests/leaderboard"] = new("backtests", "What survives", "Strategies in the order of the tests that they pass; it says so when none passes all.", typeof(LeaderboardDto)),
        ["GET /api/backtests/walkforward"] = new("backtests", "Walk forward", "What was picked in one window, and how it did in the next.", typeof(WalkForwardDto)),
        ["GET /api/patterns"] = new("insights", "What follows on what", "Sequences of signals and candlestick patterns, found by the job patterns.", typeof(PatternsDto)),
        ["GET /api/clusters"] = new("insights", "Clusters of price windows", "Found by the job clusters, each with what came after it.", typeof(ClustersDto)),
        ["GET /api/clusters/{symbol}"] = new("insights", "Where a symbol stands", "The cluster of its newest 20 daily candles.", typeof(SymbolClusterDto)),
        ["GET /api/report/preview"] = new("report", "The report as it would be written now", "Nothing is sent.", typeof(ReportPreviewDto)),
        ["POST /api/report/send"] = new("report", "Send the report", "Once a day; isNew is false when the day has it already.", typeof(ReportSentDto), NeedsAdmin: true),
        ["GET /api/jobs"] = new("jobs", "The jobs", "When each runs, whether it runs now, how its runs went.", typeof(JobDto[]), $"[{Job}]"),
        ["GET /api/jobs/{name}"] = new("jobs", "One job", "How it stands now.", typeof(JobDto), Job),
        ["GET /api/jobs/{name}/runs"] = new("jobs", "A job's runs", "The newest first: when each began and ended, and what it did.", typeof(JobRunDto[])),
        ["POST /api/jobs/{name}/run"] = new("jobs", "Run a job now", "Answered 202 with the run's id; a run that is under way is not started again.", typeof(JobStartedDto), NeedsAdmin: true),
        ["POST /api/jobs/{name}/pause"] = new("jobs", "Hold a job back", "No scheduled run starts until it is resumed.", typeof(JobDto), Job, NeedsAdmin: true),
        ["POST /api/jobs/{name}/resume"] = new("jobs", "Let a job run again", "Its schedule goes on.", typeof(JobDto), Job, NeedsAdmin: true),
        ["GET /api/news"] = new("news", "News", "The stored items, newest first; each once, whatever sources had it.", typeof(PageDto<NewsDto>),
            """{"items":[{"id":7,"title":"Apple unveils","summary":null,"link":"https://example.com/a","published":"2026-03-02T12:00:00Z","time":"2026-03-02T12:00:00Z","seenAt":"2026-03-02T12:30:00Z","told":true,"symbols":["AAPL"],"feeds":["YAHOO:AAPL"]}],"next":null}"""),
        ["GET /api/alerts"] = new("alerts", "The outbox", "What is told to whom, newest first, and how far it has come.", typeof(PageDto<AlertDto>),
            """{"items":[{"id":42,"chat":"console","kind":"signal","symbol":"AAPL","priority":"HIGH","state":"sent","asOf":"2026-03-02T21:00:00Z","batchId":null,"attempts":0,"nextAttempt":null,"lastError":null,"sentAt":"2026-03-02T21:00:01Z"}],"next":"42"}"""),
        ["GET /api/chats"] = new("chats", "Who is told", "Every chat with what it wishes and what it has muted.", typeof(ChatDto[])),
        ["PUT /api/chats/{id}"] = new("chats", "What a chat wishes", "Language, least priority, symbols, quiet hours, a mute; what is null stays.", typeof(ChatDto), NeedsAdmin: true),
        ["PUT /api/symbols/{symbol}/mute"] = new("chats", "Mute a symbol", "For one chat or all, for some hours; 0 hours ends it.", typeof(MuteDto), NeedsAdmin: true),
        ["GET /api/keys"] = new("keys", "The API keys", "Never the keys themselves.", typeof(KeyDto[]), NeedsAdmin: true),
        ["POST /api/keys"] = new("keys", "Make a key", "It is shown this once. Answered 201.", typeof(NewKeyDto), NeedsAdmin: true),
        ["DELETE /api/keys/{id}"] = new("keys", "Revoke a key", "The last admin key cannot be revoked here. Answered 204.", null, NeedsAdmin: true),
    };

    /// <summary>The words of queries and paths; an example is JSON.</summary>
    public static IReadOnlyDictionary<string, (string Description, string? Example)> Parameters { get; } = new Dictionary<string, (string, string?)>(StringComparer.Ordinal)
    {
        ["symbol"] = ("The symbol's code.", "\"AAPL\""),
        ["id"] = ("An indicator with its parameters, or the number of a key or message.", "\"sma:20\""),
        ["name"] = ("The name.", "\"history\""),
        ["interval"] = ("1m, 5m, 15m, 30m, 1h, 1d, 1w or 1mo; 1d when left out.", "\"1d\""),
        ["from"] = ("From this time on, UTC where it names no offset.", "\"2018-01-01\""),
        ["to"] = ("Up to this time, included.", "\"2018-05-11\""),
        ["limit"] = ("At most so many.", "100"),
        ["cursor"] = ("The next of the part before.", null),
        ["lang"] = ("ko or en, for sentences; ko when left out.", "\"en\""),
        ["strategy"] = ("One strategy's identifier.", "\"GOLDEN_CROSS_50_200\""),
        ["superseded"] = ("Whether signals are given that no longer follow from their series.", "false"),
        ["closes"] = ("How many of the last daily closes to give with each symbol, 1 to 250.", "30"),
        ["lastEventId"] = ("The id of the last event that was heard, for those who cannot send the header Last-Event-ID.", null),
        ["force"] = ("Whether a symbol is taken that the feed does not know.", "false"),
        ["kind"] = ("pair, triple or candlestick.", "\"pair\""),
        ["horizon"] = ("1h, 4h, 1d, 1w or 1mo.", "\"1d\""),
        ["surviving"] = ("Whether only what stands out from all that was tried is given, or only what does not.", "true"),
        ["glossary"] = ("Whether the glossary is added.", "false"),
        ["chat"] = ("One chat's id.", "\"console\""),
        ["state"] = ("waiting, inBatch, sent, failed or suppressed; all together when left out.", "\"waiting\""),
        ["feed"] = ("One source's name.", "\"YAHOO:AAPL\""),
        ["direction"] = ("BUY or SELL; both together when left out.", "\"BUY\""),
        ["sort"] = ("The figure to sort by; what survives comes first when left out.", "\"luck\""),
        ["outcomes"] = ("Whether what became of each signal is added.", "false"),
        ["minSamples"] = ("At least so many samples.", "10"),
    };
}
