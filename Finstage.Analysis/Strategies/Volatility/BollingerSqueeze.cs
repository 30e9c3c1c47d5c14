using Finstage.Analysis.Indicators.Core;

namespace Finstage.Analysis.Strategies.Volatility;

/// <summary>BOLLINGER_SQUEEZE: the bands were at their narrowest; the first close outside them fires, once for each squeeze.</summary>
internal struct BollingerSqueeze(Series close, Series upper, Series lower, Series width, int window) : IStrategyRule<BollingerSqueeze>
{
    private const int Memory = 5;

    private RollingMin narrowest = new(window);
    private int known;
    private int sinceNarrowest = Memory;
    private bool isSpent;
    private bool isReady;

    public static IReadOnlyList<StrategyInfo> Catalog { get; } =
    [
        new("BOLLINGER_SQUEEZE", "Volatility", [new StrategyParameter("period", 20, 2, 1_000), new StrategyParameter("multiplier", 2, 0.1, 10), new StrategyParameter("window", 120, 2, 1_000)]),
    ];

    public static BollingerSqueeze Create(StrategyInfo info, ReadOnlySpan<double> parameters, Inputs inputs)
    {
        var bands = FormattableString.Invariant($"bollinger:{parameters[0]},{parameters[1]}");
        var width = inputs.Use(bands, "width", warmUp: (int)(parameters[0] + parameters[2] - 1));
        return new BollingerSqueeze(inputs.Close, inputs.Use(bands, "upper"), inputs.Use(bands, "lower"), width, (int)parameters[2]);
    }

    public void Judge(Row row, ref Verdict say)
    {
        var current = width[row];
        var isKnown = !double.IsNaN(current);
        var least = narrowest.Add(isKnown ? current : double.PositiveInfinity);
        known = isKnown ? known + 1 : 0;
        if (known < window)
        {
            // Without all of its widths there is no minimum, so nothing that could begin or prolong a squeeze.
            least = double.NaN;
        }

        sinceNarrowest = Compare.Same(current, least) ? 0 : Math.Min(sinceNarrowest + 1, Memory);
        var mayFire = isReady;
        isReady |= known >= window;
        if (sinceNarrowest >= Memory)
        {
            isSpent = false;
            return;
        }

        if (isSpent)
        {
            return;
        }

        if (Compare.Above(close[row], upper[row]))
        {
            isSpent = true;
            if (mayFire)
            {
                say.Buy(75, "bollinger-squeeze.buy", close[row], upper[row], 100 * least);
            }
        }
        else if (Compare.Below(close[row], lower[row]))
        {
            isSpent = true;
            if (mayFire)
            {
                say.Sell(75, "bollinger-squeeze.sell", close[row], lower[row], 100 * least);
            }
        }
    }
}
