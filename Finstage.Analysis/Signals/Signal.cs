namespace Finstage.Analysis.Signals;

/// <summary>Which way a signal points. The numbers are stored and sent.</summary>
public enum Direction
{
    /// <summary>The price is expected to fall.</summary>
    Sell = -1,

    /// <summary>The price is expected to rise.</summary>
    Buy = 1,
}

/// <summary>How soon people are told. The numbers are stored and sent.</summary>
public enum AlertPriority
{
    /// <summary>Only in the daily report.</summary>
    Low = 0,

    /// <summary>In one message per 15 minutes.</summary>
    Medium = 1,

    /// <summary>At once.</summary>
    High = 2,
}

/// <summary>At most four figures that explain a signal; an absent one is NaN. Their meaning belongs to the reason code.</summary>
/// <param name="First">Figure <c>{0}</c> of the sentence.</param>
/// <param name="Second">Figure <c>{1}</c>.</param>
/// <param name="Third">Figure <c>{2}</c>.</param>
/// <param name="Fourth">Figure <c>{3}</c>.</param>
public readonly record struct Figures(
    double First = double.NaN, double Second = double.NaN, double Third = double.NaN, double Fourth = double.NaN);

/// <summary>
/// What a strategy said about one closed candle. A pure fact: sentences are made from <see cref="Reason"/> and
/// <see cref="Figures"/> where people read them. Immutable; safe to share between threads.
/// </summary>
public readonly record struct Signal
{
    private readonly Word strategy;
    private readonly Word reason;
    private readonly sbyte direction;
    private readonly byte confidence;

    /// <summary>Creates a signal.</summary>
    /// <param name="strategy">The strategy's identifier, such as <c>MA_20_BREAKOUT</c>.</param>
    /// <param name="time">Open time of the candle that fired, Unix seconds (UTC).</param>
    /// <param name="direction">Which way it points.</param>
    /// <param name="confidence">The rule's confidence, 0 to 100.</param>
    /// <param name="close">The candle's close, in the symbol's currency.</param>
    /// <param name="reason">The reason code, a key of the sentences in ko and en.</param>
    /// <param name="figures">The figures behind the reason.</param>
    /// <exception cref="OverflowException">The confidence is outside 0 to 255.</exception>
    public Signal(string strategy, long time, Direction direction, int confidence, double close, string reason, Figures figures)
        : this(Word.Of(strategy), time, direction, checked((byte)confidence), close, Word.Of(reason), figures)
    {
    }

    internal Signal(Word strategy, long time, Direction direction, byte confidence, double close, Word reason, in Figures figures)
    {
        this.strategy = strategy;
        this.reason = reason;
        this.direction = (sbyte)direction;
        this.confidence = confidence;
        Time = time;
        Close = close;
        Figures = figures;
    }

    /// <summary>The strategy's identifier, such as <c>MA_20_BREAKOUT</c>.</summary>
    public string Strategy
    {
        get => strategy.Text;
        init => strategy = Word.Of(value);
    }

    /// <summary>Open time of the candle that fired, Unix seconds (UTC).</summary>
    public long Time { get; init; }

    /// <summary>Which way it points.</summary>
    public Direction Direction
    {
        get => (Direction)direction;
        init => direction = (sbyte)value;
    }

    /// <summary>The rule's confidence, 0 to 100.</summary>
    public int Confidence
    {
        get => confidence;
        init => confidence = checked((byte)value);
    }

    /// <summary>The candle's close, in the symbol's currency.</summary>
    public double Close { get; init; }

    /// <summary>The reason code, a key of the sentences in ko and en.</summary>
    public string Reason
    {
        get => reason.Text;
        init => reason = Word.Of(value);
    }

    /// <summary>The figures behind the reason.</summary>
    public Figures Figures { get; init; }

    /// <summary>
    /// How soon people are told: high from confidence 80 and for a cross of the 50 and 200 day averages, medium from 60, else low.
    /// </summary>
    public AlertPriority Priority =>
        Confidence >= 80 || Strategy == "GOLDEN_CROSS_50_200" ? AlertPriority.High
        : Confidence >= 60 ? AlertPriority.Medium
        : AlertPriority.Low;
}
