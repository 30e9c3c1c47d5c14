using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Strategies;

/// <summary>
/// Collects the signals of one block of candles, which come strategy by strategy, and hands them on candle by candle.
/// </summary>
internal sealed class SignalBlock
{
    private readonly List<(long Place, Signal Signal)> signals = [];

    public void Add(int row, int order, in Signal signal) => signals.Add((((long)row << 32) | ((uint)order << 16) | (uint)signals.Count & 0xFFFF, signal));

    /// <summary>Appends the signals to a list by candle, then by strategy, and starts anew.</summary>
    public void Drain(List<Signal> into)
    {
        if (signals.Count == 0)
        {
            return;
        }

        if (signals.Count > 1)
        {
            signals.Sort(static (a, b) => a.Place.CompareTo(b.Place));
        }

        foreach (var (_, signal) in signals)
        {
            into.Add(signal);
        }

        signals.Clear();
    }
}
