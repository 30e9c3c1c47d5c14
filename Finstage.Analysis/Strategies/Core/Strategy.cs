using Finstage.Analysis.Signals;

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

    /// <summary>
    /// The number of candles after which everything the rule names has a value; it may fire from the next candle on. Where values come
    /// by sessions, weeks or dates, it takes longer.
    /// </summary>
    public int WarmUp { get; }

    /// <summary>Whether everything the rule names has had a value, so that it may fire on the next candle.</summary>
    public bool IsReady { get; private protected set; }

    /// <summary>Its place among the strategies of its engine, the first being 0.</summary>
    internal int Number { get; private protected init; }

    /// <summary>Whether it need not be asked about every candle, once it is ready.</summary>
    internal bool IsWatching { get; private protected init; }

    /// <summary>Judges the rows of a block, only the marked ones if it watches.</summary>
    internal abstract void Run(int firstRow, int count, SignalBlock block, RowMarks marks);

    /// <summary>As <see cref="Run"/>, for the row that <paramref name="say"/> has.</summary>
    internal abstract void RunOne(ref Verdict say);

    internal abstract void Reset();
}

/// <summary>A strategy over a rule; the loop is compiled for that rule.</summary>
internal sealed class Strategy<TRule> : Strategy
    where TRule : struct, IStrategyRule<TRule>
{
    private readonly double[] parameters;
    private readonly Inputs inputs;
    private readonly Series[] named;
    private readonly Word id;
    private TRule rule;

    private Strategy(StrategyInfo info, double[] parameters, Inputs inputs, TRule rule, (Series[] Named, int WarmUp, int Number) declared)
        : base(info, declared.WarmUp)
    {
        this.parameters = parameters;
        this.inputs = inputs;
        this.rule = rule;
        named = declared.Named;
        id = Word.Of(info.Id);
        Number = declared.Number;
        rule.Watch(new Watch(inputs.Watches, Number));
        IsWatching = inputs.Watches.Has(Number);
    }

    internal static Strategy<TRule> Make(StrategyInfo info, Inputs inputs)
    {
        inputs.BeginRule();
        var parameters = info.Parameters.Select(p => p.Default).ToArray();
        var rule = TRule.Create(info, parameters, inputs);
        return new Strategy<TRule>(info, parameters, inputs, rule, inputs.EndRule());
    }

    internal override void Run(int firstRow, int count, SignalBlock block, RowMarks marks)
    {
        var (row, end) = (firstRow, firstRow + count);
        if (!IsReady)
        {
            row = RunUntilReady(row, end, block);
        }

        // A copy on the stack: the compiler knows that nothing else changes it, and keeps it in registers.
        var judging = rule;
        var say = new Verdict(block) { Strategy = id, IsHeard = true };
        if (IsWatching)
        {
            for (row = marks.Next(Number, row - firstRow, count); row < count; row = marks.Next(Number, row + 1, count))
            {
                say.Row = firstRow + row;
                judging.Judge(say.Row, ref say);
            }
        }
        else
        {
            for (; row < end; row++)
            {
                say.Row = row;
                judging.Judge(row, ref say);
            }
        }

        rule = judging;
    }

    internal override void RunOne(ref Verdict say)
    {
        say.Strategy = id;
        say.IsHeard = IsReady;
        rule.Judge(say.Row, ref say);
        if (!IsReady)
        {
            IsReady = AllHaveValue(say.Row);
        }
    }

    internal override void Reset()
    {
        IsReady = false;
        inputs.BeginRule();
        rule = TRule.Create(Info, parameters, inputs);
    }

    // The first candle on which everything has a value is judged, but not heard.
    private int RunUntilReady(int row, int end, SignalBlock block)
    {
        var say = new Verdict(block);
        for (; row < end && !IsReady; row++)
        {
            rule.Judge(row, ref say);
            IsReady = AllHaveValue(row);
        }

        return row;
    }

    private bool AllHaveValue(int row)
    {
        foreach (ref readonly var series in named.AsSpan())
        {
            if (double.IsNaN(series[row]))
            {
                return false;
            }
        }

        return true;
    }
}
