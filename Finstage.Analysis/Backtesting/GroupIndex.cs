using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Backtesting;

/// <summary>
/// The place of each group of signals in a table. In each dimension place 0 stands for all: all symbols, all strategies, both
/// directions. Immutable and thread-safe.
/// </summary>
internal readonly struct GroupIndex(int series, int strategies, int horizons)
{
    /// <summary>Both directions, BUY, SELL.</summary>
    public const int Directions = 3;

    public const int Both = 0;
    public const int Buy = 1;
    public const int Sell = 2;

    public int Count => (series + 1) * (strategies + 1) * horizons * Directions;

    /// <summary>A group's place.</summary>
    /// <param name="symbol">0 for all symbols, else 1 + the series' place.</param>
    /// <param name="strategy">0 for all strategies, else 1 + the strategy's place.</param>
    /// <param name="horizon">The horizon's place among those of the table.</param>
    /// <param name="direction"><see cref="Both"/>, <see cref="Buy"/> or <see cref="Sell"/>.</param>
    public int this[int symbol, int strategy, int horizon, int direction] =>
        (((((symbol * (strategies + 1)) + strategy) * horizons) + horizon) * Directions) + direction;

    public static Direction? DirectionOf(int direction) => direction switch
    {
        Buy => Direction.Buy,
        Sell => Direction.Sell,
        _ => null,
    };

    public static int PlaceOf(Direction? direction) => direction switch
    {
        Direction.Buy => Buy,
        Direction.Sell => Sell,
        _ => Both,
    };
}
