namespace Finstage.Analysis.Reports;

/// <summary>How much the market moves.</summary>
public enum RiskLevel
{
    /// <summary>Little.</summary>
    Low = 1,

    /// <summary>As usual.</summary>
    Medium = 2,

    /// <summary>Much.</summary>
    High = 3,
}

/// <summary>The risk level and what it rests on.</summary>
/// <param name="Level">The level.</param>
/// <param name="Symbol">The symbol it was read from.</param>
/// <param name="Value">The VIX, or the deviation of returns as a share a year.</param>
/// <param name="IsVix">Which of the two.</param>
/// <param name="Samples">The candles it rests on.</param>
/// <param name="Time">Open time of the newest, Unix seconds.</param>
public sealed record RiskFacts(RiskLevel Level, string Symbol, double Value, bool IsVix, int Samples, long Time)
{
    /// <summary>The symbol of the VIX.</summary>
    public const string Vix = "^VIX";

    /// <summary>The symbol whose returns stand in for it.</summary>
    public const string Index = "^GSPC";

    /// <summary>The returns that stand in for it.</summary>
    public const int Returns = 20;

    /// <summary>By the VIX: below 15 low, up to 25 medium, above high.</summary>
    /// <param name="vix">Its close.</param>
    /// <param name="time">Open time of that candle.</param>
    public static RiskFacts OfVix(double vix, long time) =>
        new(vix < 15 ? RiskLevel.Low : vix <= 25 ? RiskLevel.Medium : RiskLevel.High, Vix, vix, IsVix: true, 1, time);

    /// <summary>
    /// By the sample's deviation of 20 daily returns of the index times √252: below 12 % low, up to 22 % medium, above high.
    /// </summary>
    /// <param name="closes">The newest 21 closes, oldest first, all above zero.</param>
    /// <param name="time">Open time of the newest.</param>
    /// <returns>The level; null with fewer closes, or one that is not above zero.</returns>
    public static RiskFacts? OfReturns(ReadOnlySpan<double> closes, long time)
    {
        if (closes.Length < Returns + 1)
        {
            return null;
        }

        closes = closes[^(Returns + 1)..];
        var (sum, squares) = (0.0, 0.0);
        for (var i = 1; i < closes.Length; i++)
        {
            if (!(closes[i - 1] > 0))
            {
                return null;
            }

            var change = (closes[i] / closes[i - 1]) - 1;
            sum += change;
            squares += change * change;
        }

        var deviation = Math.Sqrt(Math.Max(0, (squares - (sum * sum / Returns)) / (Returns - 1)) * 252);
        var level = deviation < 0.12 ? RiskLevel.Low : deviation <= 0.22 ? RiskLevel.Medium : RiskLevel.High;
        return new RiskFacts(level, Index, deviation, IsVix: false, Returns, time);
    }
}
