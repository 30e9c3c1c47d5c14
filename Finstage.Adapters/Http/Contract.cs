using System.Text.Json.Serialization;

namespace Finstage.Adapters.Http;

/// <summary>A list with the address of its next part.</summary>
/// <typeparam name="T">What it lists.</typeparam>
/// <param name="Items">The items of this part.</param>
/// <param name="Next">The cursor of the next part, for the query's <c>cursor</c>; null at the end.</param>
public sealed record PageDto<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>How the program stands.</summary>
/// <param name="Status"><c>ok</c>, <c>starting</c> or <c>degraded</c>.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Host">The grains' host: <c>Embedded</c> or <c>Orleans</c>.</param>
/// <param name="StartedAt">When it started, UTC.</param>
/// <param name="Phase">What it is doing at the start, or <c>ready</c>.</param>
/// <param name="Database">The store.</param>
/// <param name="Telegram">Telegram, or the console in its place.</param>
/// <param name="Scheduler">The jobs.</param>
/// <param name="Process">The process.</param>
/// <param name="Feeds">The feeds.</param>
/// <param name="News">The sources of news.</param>
/// <param name="Performance">What the process uses, and how long its work takes.</param>
/// <param name="Features">What is switched on, by name.</param>
public sealed record HealthDto(
    string Status, string Version, string Host, DateTime StartedAt, string Phase,
    DatabaseHealthDto Database, TelegramHealthDto Telegram, SchedulerHealthDto Scheduler, ProcessHealthDto Process,
    FeedsHealthDto Feeds, NewsHealthDto News, PerformanceDto Performance, IReadOnlyDictionary<string, bool> Features);

/// <summary>How the store stands.</summary>
/// <param name="Status"><c>ok</c> or <c>failing</c>.</param>
/// <param name="Series">Series stored.</param>
/// <param name="Candles">Candles stored.</param>
/// <param name="Signals">Signals that follow from them.</param>
/// <param name="Error">Why it fails, or null.</param>
public sealed record DatabaseHealthDto(string Status, int Series, long Candles, long Signals, string? Error);

/// <summary>How alerts go out.</summary>
/// <param name="Status"><c>ok</c>, <c>failing</c>, or <c>console</c> when there is no token.</param>
/// <param name="Waiting">Outbox rows that wait.</param>
/// <param name="Error">Why sending failed last, or null.</param>
/// <param name="Bot">The bot's name, once Telegram has told it.</param>
/// <param name="Chats">How each chat stands that is told, or that was switched off.</param>
public sealed record TelegramHealthDto(string Status, int Waiting, string? Error, string? Bot, IReadOnlyList<ChatHealthDto> Chats);

/// <summary>How the jobs stand.</summary>
/// <param name="Status"><c>ok</c>, or <c>failing</c> when a scheduled job's last run failed.</param>
/// <param name="Running">The jobs that run now.</param>
/// <param name="Failing">The scheduled jobs whose last run failed.</param>
public sealed record SchedulerHealthDto(string Status, IReadOnlyList<string> Running, IReadOnlyList<string> Failing);

/// <summary>How the feeds stand.</summary>
/// <param name="Status">
/// <c>ok</c>, also before the first question; <c>partly</c> when some subjects have no answers, <c>failing</c> when a feed gives none at
/// all, <c>off</c> when they are switched off.
/// </param>
/// <param name="Items">Every feed that was asked since the start.</param>
public sealed record FeedsHealthDto(string Status, IReadOnlyList<FeedHealthDto> Items);

/// <summary>How a feed stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LastAnswer">When it last answered, UTC; null before the first time.</param>
/// <param name="OutSince">Since when it gives no answers, UTC; null while it does.</param>
/// <param name="Error">Why it gives none, or null.</param>
/// <param name="FailingCount">How many subjects it gives no answers for.</param>
/// <param name="Failing">The first of them.</param>
public sealed record FeedHealthDto(
    string Name, DateTime? LastAnswer, DateTime? OutSince, string? Error, int FailingCount, IReadOnlyList<FailingSubjectDto> Failing);

/// <summary>Something that a feed gives no answers for.</summary>
/// <param name="Subject">What it was asked for.</param>
/// <param name="Fault">Why, in a stable word.</param>
/// <param name="Error">Why, in a sentence.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record FailingSubjectDto(string Subject, string Fault, string Error, DateTime Since);

/// <summary>What the process uses.</summary>
/// <param name="MemoryBytes">Its working set.</param>
/// <param name="CpuSeconds">Processor time since the start.</param>
/// <param name="UptimeSeconds">Seconds since the start.</param>
public sealed record ProcessHealthDto(long MemoryBytes, double CpuSeconds, double UptimeSeconds);

/// <summary>A symbol and the series held of it.</summary>
/// <param name="Symbol">The code.</param>
/// <param name="NameKo">Its name in Korean.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Category">What kind of instrument it is.</param>
/// <param name="Exchange">Where it trades; empty when unknown.</param>
/// <param name="Currency">ISO code; empty for indices and yields.</param>
/// <param name="Enabled">Whether it is watched.</param>
/// <param name="Series">The series held; none in the watchlist.</param>
/// <param name="Zone">The exchange's zone, an IANA name; <c>Etc/UTC</c> where the exchange is not known.</param>
/// <param name="Price">Its last price, and its highs where one symbol is asked for; null before the first price and the first daily candle.</param>
/// <param name="Thresholds">How far its price moves before it is told of; null in a list.</param>
/// <param name="Closes">Its last daily closes, ascending by time, where the list is asked for them; else null.</param>
public sealed record SymbolDto(
    string Symbol, string NameKo, string NameEn, string Category, string Exchange, string Currency, bool Enabled,
    IReadOnlyList<SeriesDto> Series, string Zone, PriceDto? Price = null, ThresholdsDto? Thresholds = null,
    IReadOnlyList<double>? Closes = null);

/// <summary>A symbol's last price, as a feed told of it or as its newest daily candle closed, and its highs.</summary>
/// <param name="Price">The last price.</param>
/// <param name="Time">When it was made, UTC; of a close, its candle's date.</param>
/// <param name="PreviousClose">The close of the session before; null where it is not known.</param>
/// <param name="ChangePercent">The change against it in percent; null where it is not known or not above zero.</param>
/// <param name="YearHigh">The highest price of the last 365 days, from closed candles; null where it is not known.</param>
/// <param name="YearHighDate">The date on which it was paid.</param>
/// <param name="AllTimeHigh">The highest price of the whole history, from closed candles; null where it is not known.</param>
/// <param name="AllTimeHighDate">The date on which it was paid, or the first of its month.</param>
/// <param name="IsClose">Whether it is the close of the newest daily candle, since no feed told of a later price.</param>
public sealed record PriceDto(
    double Price, DateTime Time, double? PreviousClose, double? ChangePercent, double? YearHigh, DateTime? YearHighDate, double? AllTimeHigh,
    DateTime? AllTimeHighDate, bool IsClose);

/// <summary>How far a price moves before it is told of.</summary>
/// <param name="Rise">Against the previous close; above zero.</param>
/// <param name="Drop">Against the previous close; below zero.</param>
/// <param name="FromHigh">Against the 52-week high; below zero.</param>
/// <param name="Unit"><c>percent</c> or <c>basisPoints</c>.</param>
/// <param name="Own">Which of them are the symbol's own and not its category's: <c>rise</c>, <c>drop</c>, <c>fromHigh</c>.</param>
public sealed record ThresholdsDto(double Rise, double Drop, double FromHigh, string Unit, IReadOnlyList<string> Own);

/// <summary>Sets a symbol's own thresholds; what is null is its category's.</summary>
/// <param name="Rise">Above zero.</param>
/// <param name="Drop">Below zero.</param>
/// <param name="FromHigh">Below zero.</param>
public sealed record ThresholdsRequest(double? Rise, double? Drop, double? FromHigh);

/// <summary>What is known of a symbol to watch; what is null is what was known of it, else what the feed says.</summary>
/// <param name="NameKo">Its name in Korean.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Category">The category's code.</param>
/// <param name="Exchange">Where it trades.</param>
/// <param name="Currency">ISO code.</param>
public sealed record WatchRequest(string? NameKo, string? NameEn, string? Category, string? Exchange, string? Currency);

/// <summary>One series.</summary>
/// <param name="Interval">The interval's code.</param>
/// <param name="Source">Where the prices come from.</param>
/// <param name="Version">Rises with each correction.</param>
/// <param name="Candles">Candles held.</param>
/// <param name="First">Open time of the first candle, UTC.</param>
/// <param name="Last">Open time of the last candle, UTC.</param>
/// <param name="LastClose">Close of the last candle; null in the list of all symbols.</param>
public sealed record SeriesDto(
    string Interval, string Source, int Version, long Candles, DateTime First, DateTime Last, double? LastClose);

/// <summary>One closed candle.</summary>
/// <param name="Time">Open time, UTC.</param>
/// <param name="Open">Open.</param>
/// <param name="High">High.</param>
/// <param name="Low">Low.</param>
/// <param name="Close">Close.</param>
/// <param name="Volume">Volume.</param>
public sealed record CandleDto(DateTime Time, double Open, double High, double Low, double Close, double Volume);

/// <summary>One signal.</summary>
/// <param name="Id">Its number; null when it is not stored.</param>
/// <param name="Symbol">The symbol.</param>
/// <param name="Interval">The interval's code.</param>
/// <param name="Time">Open time of its candle, UTC.</param>
/// <param name="Strategy">The strategy's identifier.</param>
/// <param name="Direction"><c>BUY</c> or <c>SELL</c>.</param>
/// <param name="Confidence">0 to 100.</param>
/// <param name="Priority"><c>HIGH</c>, <c>MEDIUM</c> or <c>LOW</c>.</param>
/// <param name="Close">The candle's close.</param>
/// <param name="Reason">The reason, as a sentence in the language asked for.</param>
/// <param name="SupersededAt">When it ceased to follow from the series; null while it does.</param>
public sealed record SignalDto(
    long? Id, string Symbol, string Interval, DateTime Time, string Strategy, string Direction, int Confidence, string Priority,
    double Close, string Reason, DateTime? SupersededAt)
{
    /// <summary>What became of it, for live signals, by horizon; absent unless it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OutcomeDto>? Outcomes { get; init; }
}

/// <summary>One outbox row.</summary>
/// <param name="Id">Its number, shown at the message's end.</param>
/// <param name="Chat">The chat.</param>
/// <param name="Kind"><c>signal</c>, <c>price</c>, <c>report</c>, <c>news</c> or <c>batch</c>.</param>
/// <param name="Symbol">The symbol; empty where it is about none or several.</param>
/// <param name="Priority"><c>HIGH</c> or <c>MEDIUM</c>.</param>
/// <param name="State"><c>waiting</c>, <c>inBatch</c>, <c>sent</c>, <c>failed</c>, or <c>suppressed</c> where the chat does not wish it.</param>
/// <param name="AsOf">When it happened, UTC.</param>
/// <param name="BatchId">The batch it belongs to, or null.</param>
/// <param name="Attempts">Attempts that failed.</param>
/// <param name="NextAttempt">Not before this moment, UTC, or null.</param>
/// <param name="LastError">Why the last attempt failed, or null.</param>
/// <param name="SentAt">When it was sent, UTC, or null.</param>
public sealed record AlertDto(
    long Id, string Chat, string Kind, string Symbol, string Priority, string State, DateTime AsOf, long? BatchId, int Attempts,
    DateTime? NextAttempt, string? LastError, DateTime? SentAt);

/// <summary>What to take through the analysis flow.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Strategies">The strategies; null for all.</param>
/// <param name="Interval">The interval's code; null for <c>1d</c>.</param>
/// <param name="Language"><c>ko</c> or <c>en</c>; null for <c>ko</c>.</param>
public sealed record AnalysisFlowRequest(string? Symbol, IReadOnlyList<string>? Strategies, string? Interval, string? Language);

/// <summary>The whole way from candles to the prepared message; nothing was sent.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Interval">The interval's code.</param>
/// <param name="Candles">Candles judged.</param>
/// <param name="First">Open time of the first, UTC.</param>
/// <param name="Last">Open time of the last, UTC.</param>
/// <param name="Indicators">The distinct indicators calculated.</param>
/// <param name="Strategies">The strategies that judged.</param>
/// <param name="SignalCount">Signals over the whole series.</param>
/// <param name="Signals">The newest signals, newest first.</param>
/// <param name="Consensus">What the strategies say together at the end of the series.</param>
/// <param name="Message">The message of the newest signal that is told at all, as it would be sent; null when there is none.</param>
/// <param name="Timings">How long each step took.</param>
public sealed record AnalysisFlowDto(
    string Symbol, string Interval, long Candles, DateTime First, DateTime Last, IReadOnlyList<string> Indicators,
    IReadOnlyList<string> Strategies, int SignalCount, IReadOnlyList<SignalDto> Signals, ConsensusDto Consensus,
    string? Message, IReadOnlyList<TimingDto> Timings);

/// <summary>What the strategies say together.</summary>
/// <param name="Level"><c>STRONG_BUY</c> to <c>STRONG_SELL</c>, in seven levels.</param>
/// <param name="Score">Votes over confidences, −1 to 1.</param>
/// <param name="Agreement">The share of voters on the majority's side, 0.5 to 1; null when nobody votes.</param>
/// <param name="Buyers">Strategies that vote to buy.</param>
/// <param name="Sellers">Strategies that vote to sell.</param>
public sealed record ConsensusDto(string Level, double Score, double? Agreement, int Buyers, int Sellers);

/// <summary>One strategy of the catalog.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Family">Its family.</param>
/// <param name="Name">Its name, in the language asked for.</param>
/// <param name="Description">Its rule in a sentence or two, in the language asked for.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="WarmUp">Candles after which it may fire, on a daily series.</param>
public sealed record StrategyDto(
    string Id, string Family, string Name, string Description, IReadOnlyList<ParameterDto> Parameters, int WarmUp);

/// <summary>One parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">Its default.</param>
/// <param name="Min">The smallest value allowed.</param>
/// <param name="Max">The largest value allowed.</param>
public sealed record ParameterDto(string Name, double Default, double Min, double Max);

/// <summary>An indicator over a series.</summary>
/// <param name="Indicator">The indicator with its parameters, such as <c>macd:12,26,9</c>.</param>
/// <param name="Outputs">The names of its outputs.</param>
/// <param name="Items">One row per candle, ascending.</param>
/// <param name="Next">The cursor of the rows before, for the query's <c>cursor</c>; null at the start of the series.</param>
public sealed record IndicatorDto(string Indicator, IReadOnlyList<string> Outputs, IReadOnlyList<IndicatorRowDto> Items, string? Next);

/// <summary>An indicator's values at one candle.</summary>
/// <param name="Time">The candle's open time, UTC.</param>
/// <param name="Values">One value per output; null where there is none.</param>
public sealed record IndicatorRowDto(DateTime Time, IReadOnlyList<double?> Values);

/// <summary>How long one step took.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="Milliseconds">Its duration, in milliseconds.</param>
public sealed record TimingDto(string Step, double Milliseconds);
