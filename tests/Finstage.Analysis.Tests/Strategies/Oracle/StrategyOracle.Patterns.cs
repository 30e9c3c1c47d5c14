using Finstage.Analysis.Signals;
using static Finstage.Analysis.Tests.Strategies.Oracle.Naive;

namespace Finstage.Analysis.Tests.Strategies.Oracle;

internal sealed partial class StrategyOracle
{
    // Strongest first, with the number of candles.
    private static readonly (string Name, int Length, int Confidence)[] Strength =
        [("three", 3, 70), ("star", 3, 70), ("engulfing", 2, 65), ("hammer", 1, 60), ("inverted", 1, 55), ("harami", 2, 55)];

    private void CandlePattern()
    {
        foreach (var (direction, sign) in new[] { (Direction.Buy, 1), (Direction.Sell, -1) })
        {
            // Upside down, a bearish pattern is a bullish one.
            var up = new Upright(
                Each(n, i => sign * o[i]), Each(n, i => sign > 0 ? h[i] : -l[i]), Each(n, i => sign > 0 ? l[i] : -h[i]), Each(n, i => sign * c[i]));
            var sma = Sma(up.C, 20);
            for (var i = FirstWithAll(sma) + 1; i < n; i++)
            {
                foreach (var (name, length, confidence) in Strength)
                {
                    var isLow = Le(up.L[(i - length + 1)..(i + 1)].Min(), up.L[(i - 9)..(i + 1)].Min());
                    var isUsual = Ge(up.R(i), Enumerable.Range(i - 14, 14).Average(up.R));
                    if (up.Is(name, i) && Lt(up.C[i - length], sma[i - length]) && isLow && isUsual)
                    {
                        Add("CANDLE_PATTERN", i, direction, confidence);
                        break;
                    }
                }
            }
        }
    }

    private sealed record Upright(double[] O, double[] H, double[] L, double[] C)
    {
        public double R(int i) => H[i] - L[i];

        public bool Is(string name, int i)
        {
            var first = i - 1;
            var second = i - 2;
            return name switch
            {
                "hammer" => !Le(B(i), 0.1 * R(i)) && Ge(D(i), 2 * B(i)) && Le(U(i), 0.1 * R(i)),
                "inverted" => Ge(U(i), 2 * B(i)) && Le(D(i), 0.1 * R(i)),
                "engulfing" => Lt(C[first], O[first]) && Gt(C[i], O[i]) && Ge(Top(i), Top(first)) && Le(Bottom(i), Bottom(first)) && Gt(B(i), B(first)),
                "harami" => Lt(C[first], O[first]) && Gt(C[i], O[i]) && Ge(B(first), 0.5 * R(first)) && Le(Top(i), Top(first))
                    && Ge(Bottom(i), Bottom(first)) && Le(B(i), 0.5 * B(first)),
                "star" => Lt(C[second], O[second]) && Ge(B(second), 0.5 * R(second)) && Le(B(first), 0.3 * B(second))
                    && Le(Top(first), (O[second] + C[second]) / 2) && Gt(C[i], O[i]) && Gt(C[i], (O[second] + C[second]) / 2),
                _ => new[] { second, first, i }.All(j => Gt(C[j], O[j]) && Ge(B(j), 0.5 * R(j)))
                    && new[] { first, i }.All(j => Ge(O[j], O[j - 1]) && Le(O[j], C[j - 1]) && Gt(C[j], C[j - 1])),
            };
        }

        private double B(int i) => Math.Abs(C[i] - O[i]);

        private double Top(int i) => Math.Max(O[i], C[i]);

        private double Bottom(int i) => Math.Min(O[i], C[i]);

        private double U(int i) => H[i] - Top(i);

        private double D(int i) => Bottom(i) - L[i];
    }
}
