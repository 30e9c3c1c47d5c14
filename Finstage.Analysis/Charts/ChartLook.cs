using System.Globalization;
using Finstage.Analysis.Strategies;

namespace Finstage.Analysis.Charts;

/// <summary>How the values of a line are drawn.</summary>
public enum ChartStyle
{
    /// <summary>One value joined with the next.</summary>
    Line,

    /// <summary>A dot each.</summary>
    Dots,

    /// <summary>A bar each, from zero.</summary>
    Bars,
}

/// <summary>One output of an indicator, as a chart shows it.</summary>
/// <param name="Indicator">The indicator as text, such as <c>sma:50</c>.</param>
/// <param name="Output">The output's name; the first when null.</param>
/// <param name="Label">What the legend calls it; empty for a line that another one's label covers.</param>
/// <param name="Style">How it is drawn.</param>
public sealed record ChartLine(string Indicator, string? Output, string Label, ChartStyle Style = ChartStyle.Line);

/// <summary>What stands beside the candles to explain a signal. Immutable and thread-safe.</summary>
/// <param name="OnPrice">Lines on the candles' own scale.</param>
/// <param name="Below">Lines in a part of their own below the candles; none when empty.</param>
/// <param name="Guides">Levels in that part.</param>
public sealed record ChartLook(IReadOnlyList<ChartLine> OnPrice, IReadOnlyList<ChartLine> Below, IReadOnlyList<double> Guides)
{
    /// <summary>Three simple averages: for whoever asks for no strategy.</summary>
    public static ChartLook Plain { get; } = On([Sma(20), Sma(50), Sma(200)]);

    /// <summary>What explains a strategy: the indicators that its rule looks at, with its own parameters.</summary>
    /// <param name="strategy">The strategy; null for <see cref="Plain"/>.</param>
    public static ChartLook For(StrategyInfo? strategy)
    {
        if (strategy is null)
        {
            return Plain;
        }

        var p = strategy.Parameters.ToDictionary(p => p.Name, p => p.Default);
        return strategy.Id switch
        {
            "MOMENTUM_BREAKOUT" => On(Donchian(p["period"]), [new($"roc:{Text(p["roc"])}", null, $"ROC {Text(p["roc"])}")], p["percent"], -p["percent"]),
            "MULTI_TIMEFRAME_TREND" or "TRIPLE_CONFIRMATION" => On([Sma(p["average"])], Rsi(p["rsi"]), 30, 50, 70),
            "DONCHIAN_BREAKOUT" => On(Donchian(p["period"])),
            "HIGH_52W_BREAKOUT" => On([new("rolling-high:252", null, "252 HIGH")]),
            "PIVOT_REVERSAL" => On([new("pivot-points", "r2", "R2"), new("pivot-points", "r1", "R1"), new("pivot-points", "s1", "S1"), new("pivot-points", "s2", "S2")]),
            "MACD_HISTOGRAM_TURN" or "MACD_SIGNAL_CROSS" => On([Sma(20)], Macd(p["fast"], p["slow"], p["signal"]), 0),
            "MACD_ZERO_CROSS" => On([Sma(20)], Macd(p["fast"], p["slow"], 9), 0),
            "RSI_DIVERGENCE" or "RSI_MOMENTUM_50" => On([Sma(20)], Rsi(p["period"]), 30, 50, 70),
            "RSI_MOMENTUM_70" => On([Sma(p["average"])], Rsi(p["period"]), 30, p["level"]),
            "RSI_OVERBOUGHT" or "RSI_OVERSOLD_BOUNCE" => On([Sma(20)], Rsi(p["period"]), 30, 70),
            "STOCHASTIC_CROSS" => On([Sma(20)], Stochastic(p["period"], p["smooth"], p["signal"]), p["level"], 100 - p["level"]),
            "ADX_TREND" => On([Sma(20)], Adx(p["period"]), p["level"]),
            "GOLDEN_CROSS_5_20" or "GOLDEN_CROSS_20_60" or "GOLDEN_CROSS_50_200" => On([Sma(p["fast"]), Sma(p["slow"])]),
            "ICHIMOKU_CLOUD_BREAK" => On(
                [
                    new("ichimoku", "tenkan", "TENKAN"), new("ichimoku", "kijun", "KIJUN"), new("ichimoku", "spanA", "SPAN A"), new("ichimoku", "spanB", "SPAN B"),
                ]),
            "MA_20_BREAKOUT" or "MA_50_BREAKOUT" or "MA_100_BREAKOUT" or "MA_150_BREAKOUT" or "MA_200_BREAKOUT" => On([Sma(p["period"])]),
            "MA_CROSSOVER_20_50" => On([Ema(p["fast"]), Ema(p["slow"])]),
            "PSAR_FLIP" => On([new($"psar:{Text(p["step"])},{Text(p["limit"])}", "value", "PSAR", ChartStyle.Dots)]),
            "SUPERTREND_FLIP" => On([new($"supertrend:{Text(p["period"])},{Text(p["multiplier"])}", "value", "SUPERTREND")]),
            "TREND_FOLLOWING" => On([Ema(p["fast"]), Ema(p["middle"]), Sma(p["slow"])], Adx(p["adx"])),
            "BOLLINGER_LOWER_BOUNCE" or "BOLLINGER_UPPER_BREAK" => On(Bollinger(p["period"], p["multiplier"])),
            "BOLLINGER_SQUEEZE" => On(Bollinger(p["period"], p["multiplier"]), [new(BollingerText(p["period"], p["multiplier"]), "width", "BAND WIDTH")]),
            "BOLLINGER_REVERSAL" => On(Bollinger(p["period"], p["multiplier"]), Rsi(p["rsi"]), p["level"], 100 - p["level"]),
            "KELTNER_SQUEEZE" => On(
                [
                    .. Bollinger(p["period"], p["bollinger"]),
                    new($"keltner:{Text(p["period"])},{Text(p["keltner"])}", "upper", "KELTNER"), new($"keltner:{Text(p["period"])},{Text(p["keltner"])}", "lower", string.Empty),
                ]),
            "MEAN_REVERSION" => On(
                [.. Bollinger(p["period"], p["distance"]), Sma(p["average"])], [new($"z-score:{Text(p["period"])}", null, "Z-SCORE")], p["distance"], -p["distance"]),
            "OBV_TREND" => On(
                [Sma(p["period"])],
                [new($"obv-average:{Text(p["period"])}", "obv", "OBV"), new($"obv-average:{Text(p["period"])}", "average", $"AVERAGE {Text(p["period"])}")]),
            "SMART_MONEY_FLOW" => On([Sma(p["period"])], [new($"cmf:{Text(p["period"])}", null, "CMF", ChartStyle.Bars)], p["level"], -p["level"]),
            "VOLUME_MA_BREAK" or "CANDLE_PATTERN" => On([Sma(p["average"])]),
            "VWAP_RECLAIM" => On([new($"vwap-rolling:{Text(p["period"])}", null, "VWAP")]),
            "HEIKIN_ASHI_TREND" or "GAP_AND_GO" or "VOLUME_SURGE" => On([Sma(20)]),
            _ => Plain,
        };
    }

    private static ChartLook On(IReadOnlyList<ChartLine> onPrice, IReadOnlyList<ChartLine>? below = null, params double[] guides) => new(onPrice, below ?? [], guides);

    private static ChartLine Sma(double period) => new($"sma:{Text(period)}", null, $"SMA {Text(period)}");

    private static ChartLine Ema(double period) => new($"ema:{Text(period)}", null, $"EMA {Text(period)}");

    private static string BollingerText(double period, double multiplier) => $"bollinger:{Text(period)},{Text(multiplier)}";

    private static ChartLine[] Bollinger(double period, double multiplier) =>
    [
        new(BollingerText(period, multiplier), "upper", $"BOLLINGER {Text(period)}, {Text(multiplier)}"), new(BollingerText(period, multiplier), "lower", string.Empty),
        new(BollingerText(period, multiplier), "middle", $"SMA {Text(period)}"),
    ];

    private static ChartLine[] Donchian(double period) =>
        [new($"donchian:{Text(period)}", "upper", $"DONCHIAN {Text(period)}"), new($"donchian:{Text(period)}", "lower", string.Empty)];

    private static ChartLine[] Rsi(double period) => [new($"rsi:{Text(period)}", null, $"RSI {Text(period)}")];

    private static ChartLine[] Macd(double fast, double slow, double signal)
    {
        var text = $"macd:{Text(fast)},{Text(slow)},{Text(signal)}";
        return [new(text, "histogram", "HISTOGRAM", ChartStyle.Bars), new(text, "macd", "MACD"), new(text, "signal", "SIGNAL")];
    }

    private static ChartLine[] Stochastic(double period, double smooth, double signal)
    {
        var text = $"stochastic:{Text(period)},{Text(smooth)},{Text(signal)}";
        return [new(text, "k", "%K"), new(text, "d", "%D")];
    }

    private static ChartLine[] Adx(double period) =>
        [new($"adx:{Text(period)}", "adx", $"ADX {Text(period)}"), new($"adx:{Text(period)}", "plusDi", "+DI"), new($"adx:{Text(period)}", "minusDi", "-DI")];

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
