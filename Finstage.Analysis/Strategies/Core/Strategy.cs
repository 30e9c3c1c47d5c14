using System.Numerics;
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

    /// <summary>Judges the rows of a block.</summary>
    /// <param name="first">The block's first row.</param>
    /// <param name="count">How many rows it has, at most <see cref="Inputs.Block"/>.</param>
    /// <param name="marked">The rows that a strategy that watches must be asked about, 64 in a word, the first in the lowest bit.</param>
    /// <param name="block">Takes what is said.</param>
    internal abstract void Run(Row first, int count, ReadOnlySpan<ulong> marked, SignalBlock block);

    /// <summary>As <see cref="Run"/>, for one row.</summary>
    internal abstract void RunOne(Row row, SignalBlock block);

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

    internal override void Run(Row first, int count, ReadOnlySpan<ulong> marked, SignalBlock block)
    {
        var next = IsReady ? 0 : RunUntilReady(first, count, block);

        // A copy on the stack: the compiler knows that nothing else changes it, and keeps it in registers.
        var judging = rule;
        var say = new Verdict(block, id) { IsHeard = true };
        if (IsWatching)
        {
            for (; next < count; next = (next | (BitMatrix.Size - 1)) + 1)
            {
                var word = next / BitMatrix.Size;
                for (var left = marked[word] >> next << next; left != 0; left &= left - 1)
                {
                    say.MoveTo(first, (word * BitMatrix.Size) + BitOperations.TrailingZeroCount(left));
                    judging.Judge(say.Row, ref say);
                }
            }
        }
        else
        {
            for (; next < count; next++)
            {
                say.MoveTo(first, next);
                judging.Judge(say.Row, ref say);
            }
        }

        rule = judging;
    }

    internal override void RunOne(Row row, SignalBlock block)
    {
        var say = new Verdict(block, id) { IsHeard = IsReady };
        say.MoveTo(row, 0);
        rule.Judge(row, ref say);
        if (!IsReady)
        {
            IsReady = AllHaveValue(row);
        }
    }

    internal override void Reset()
    {
        IsReady = false;
        inputs.BeginRule();
        rule = TRule.Create(Info, parameters, inputs);
    }

    // The first candle on which everything has a value is judged, but not heard.
    private int RunUntilReady(Row first, int count, SignalBlock block)
    {
        var say = new Verdict(block, id);
        var next = 0;
        for (; next < count && !IsReady; next++)
        {
            say.MoveTo(first, next);
            rule.Judge(say.Row, ref say);
            IsReady = AllHaveValue(say.Row);
        }

        return next;
    }

    private bool AllHaveValue(Row row)
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
