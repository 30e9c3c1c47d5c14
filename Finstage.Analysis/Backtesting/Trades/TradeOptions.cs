namespace Finstage.Analysis.Backtesting;

/// <summary>How signals are traded. All shares are fractions: 0.001 is a tenth of a percent. Immutable.</summary>
public sealed record TradeOptions
{
    /// <summary>How long a position is held unless a stop or a target ends it. Default a week.</summary>
    public Horizon Horizon { get; init; } = Horizon.OneWeek;

    /// <summary>What is paid of the traded value on either side, 0 to 0.1. Default 0.0005.</summary>
    public double Commission { get; init; } = 0.0005;

    /// <summary>How much worse than the price every order is filled, 0 to 0.1. Default 0.0005.</summary>
    public double Slippage { get; init; } = 0.0005;

    /// <summary>The loss at which a position is closed, above 0 and below 1; null for none.</summary>
    public double? Stop { get; init; }

    /// <summary>The gain at which a position is closed, above 0; below 1 for it to be reached by a SELL. Null for none.</summary>
    public double? Target { get; init; }

    /// <summary>Throws unless every option is in its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not; the message names it.</exception>
    public void Validate()
    {
        Check(nameof(Commission), Commission, Commission is >= 0 and <= 0.1, "from 0 to 0.1");
        Check(nameof(Slippage), Slippage, Slippage is >= 0 and <= 0.1, "from 0 to 0.1");
        Check(nameof(Stop), Stop ?? 0.5, Stop is null or (> 0 and < 1), "above 0 and below 1");
        Check(nameof(Target), Target ?? 0.5, Target is null or (> 0 and <= 100), "above 0 and at most 100");

        static void Check(string name, double value, bool isFine, string range)
        {
            if (!isFine)
            {
                throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}, as a fraction.");
            }
        }
    }
}
