using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Backtesting;

/// <summary>Why a position was closed.</summary>
public enum TradeExit
{
    /// <summary>It was held as long as it was meant to.</summary>
    Time = 1,

    /// <summary>The stop was hit.</summary>
    Stop = 2,

    /// <summary>The target was hit.</summary>
    Target = 3,

    /// <summary>The series ended; valued at the last close.</summary>
    EndOfData = 4,
}

/// <summary>One trade, after costs.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Strategy">Whose signal it was.</param>
/// <param name="Direction">Which way.</param>
/// <param name="SignalTime">Open time of the signal's candle, Unix seconds.</param>
/// <param name="EntryTime">Open time of the candle at whose open it was entered.</param>
/// <param name="EntryPrice">What was paid or got, slippage included.</param>
/// <param name="ExitTime">Open time of the candle in which it was closed.</param>
/// <param name="ExitPrice">What was got or paid, slippage included.</param>
/// <param name="Exit">Why it was closed.</param>
/// <param name="Return">What it brought, as a fraction of the entry, after slippage and commission.</param>
/// <param name="Candles">Candles in which it was open.</param>
public sealed record Trade(
    string Symbol, string Strategy, Direction Direction, long SignalTime, long EntryTime, double EntryPrice, long ExitTime, double ExitPrice,
    TradeExit Exit, double Return, int Candles);

/// <summary>What the money is worth at a candle's close.</summary>
/// <param name="Time">Open time of the candle, Unix seconds.</param>
/// <param name="Value">Its worth; it begins with 1.</param>
public readonly record struct EquityPoint(long Time, double Value);

/// <summary>
/// Trades of one series, one position at a time, with costs: what following the signals would have brought. Another view than signal
/// outcomes, and never mixed with them. Immutable and thread-safe.
/// </summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Trades">The trades, in order of time.</param>
/// <param name="Equity">The worth of the money at every close, with the whole of it in each trade.</param>
/// <param name="BuyAndHold">What holding from the first close to the last brought, without costs; NaN where the first is not above zero.</param>
public sealed record TradeReport(string Symbol, IReadOnlyList<Trade> Trades, IReadOnlyList<EquityPoint> Equity, double BuyAndHold)
{
    /// <summary>What all trades brought, one after another.</summary>
    public double Net => Equity.Count == 0 ? 0 : Equity[^1].Value - 1;

    /// <summary>How many gained.</summary>
    public int Wins => Trades.Count(t => t.Return > 0);

    /// <summary>The share that gained; NaN without trades.</summary>
    public double WinRate => Trades.Count == 0 ? double.NaN : (double)Wins / Trades.Count;

    /// <summary>The mean return of a trade; NaN without trades.</summary>
    public double Average => Trades.Count == 0 ? double.NaN : Trades.Average(t => t.Return);

    /// <summary>The best trade; NaN without trades.</summary>
    public double Best => Trades.Count == 0 ? double.NaN : Trades.Max(t => t.Return);

    /// <summary>The worst trade; NaN without trades.</summary>
    public double Worst => Trades.Count == 0 ? double.NaN : Trades.Min(t => t.Return);

    /// <summary>Σ gains / |Σ losses|; NaN where nothing was lost.</summary>
    public double ProfitFactor
    {
        get
        {
            var losses = -Trades.Sum(t => Math.Min(0, t.Return));
            return losses > 0 ? Trades.Sum(t => Math.Max(0, t.Return)) / losses : double.NaN;
        }
    }

    /// <summary>The deepest fall of the money between two closes, as a fraction of its peak, 0 to 1.</summary>
    public double MaxDrawdown
    {
        get
        {
            var (peak, deepest) = (1.0, 0.0);
            foreach (var point in Equity)
            {
                peak = Math.Max(peak, point.Value);
                deepest = Math.Max(deepest, 1 - (point.Value / peak));
            }

            return deepest;
        }
    }

    /// <summary>The share of candles in which a position was open; NaN without candles.</summary>
    public double Exposure => Equity.Count == 0 ? double.NaN : (double)Trades.Sum(t => t.Candles) / Equity.Count;
}
