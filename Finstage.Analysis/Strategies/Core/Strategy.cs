namespace Finstage.Analysis.Strategies;

/// <summary>A rule at work on one series. Made by <see cref="StrategyCatalog"/> for an engine; not thread-safe.</summary>
public abstract class Strategy
{
    private protected Strategy(StrategyInfo info, int warmUp)
    {
        Info = info;
        WarmUp = warmUp;
    }

    /// <summary>The catalog entry.</summary>
    public StrategyInfo Info { get; }

    /// <summary>The number of candles after which everything the rule names has a value; it may fire from the next candle on.</summary>
    public int WarmUp { get; }

    internal abstract void Run(int firstRow, int count, long samplesBefore, SignalBlock block, int order);

    internal abstract void Reset();
}

/// <summary>A strategy over a rule; the loop is compiled for that rule.</summary>
internal sealed class Strategy<TRule> : Strategy
    where TRule : struct, IStrategyRule<TRule>
{
    private readonly Inputs inputs;
    private readonly TRule fresh;
    private TRule rule;

    private Strategy(StrategyInfo info, Inputs inputs, TRule rule, int warmUp)
        : base(info, warmUp)
    {
        this.inputs = inputs;
        this.rule = rule;
        fresh = rule;
    }

    internal static Strategy<TRule> Make(StrategyInfo info, Inputs inputs)
    {
        inputs.BeginRule();
        var parameters = info.Parameters.Select(p => p.Default).ToArray();
        var rule = TRule.Create(info, parameters, inputs);
        return new Strategy<TRule>(info, inputs, rule, inputs.EndRule());
    }

    internal override void Run(int firstRow, int count, long samplesBefore, SignalBlock block, int order)
    {
        var say = new Verdict(Info.Id, inputs, block, order);
        for (var i = 0; i < count; i++)
        {
            say.At(firstRow + i, isHeard: samplesBefore + i >= WarmUp);
            rule.Judge(firstRow + i, ref say);
        }
    }

    // A rule's memory is in its own fields: the copy made at the start is the rule that has seen nothing.
    internal override void Reset() => rule = fresh;
}
