using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Tests.Indicators.Published;

/// <summary>Every published series and value that one of our indicators answers for.</summary>
internal static class PublishedCases
{
    private static readonly (string, string)[] PivotColumns =
        [("pp", "pivot"), .. "r1 s1 r2 s2 r3 s3 r4 s4".Split(' ').Select(n => (n, n))];

    private static readonly (string, string)[] MacdColumns = [("macd", "macd"), ("signal", "signal"), ("histogram", "histogram")];

    private static readonly (string, string)[] StochColumns =
        [("oscillator", "k"), ("signal", "d"), ("percentJ", "j"), ("k", "k"), ("d", "d"), ("j", "j")];

    private static readonly (string, string)[] AdlColumns =
        [("adl", "adl"), ("moneyFlowMultiplier", "multiplier"), ("moneyFlowVolume", "flow")];

    public static IReadOnlyList<PublishedCase> All { get; } =
    [
        new("sma:20", "sma", "Sma|lookbackPeriods=20", ("sma", "sma")),
        new("sma:20", null, "Sma|lookbackPeriods=20", ("sma", "sma")) { Chain = "Use(CandlePart.Open)", Feed = OpenAsClose },
        new("sma:20", null, "SmaAnalysis|lookbackPeriods=20", ("sma", "sma")),
        new("ema:20", "ema", "Ema|lookbackPeriods=20", ("ema", "ema")) { Convention = "seeded with the SMA" },
        new("ema:20", null, "Ema|lookbackPeriods=20", ("ema", "ema")) { Chain = "Use(CandlePart.Open)", Feed = OpenAsClose },
        new("wma:14", "wma", null, ("wma", "wma")),
        new("wma:20", null, "Wma|lookbackPeriods=20", ("wma", "wma")),
        new("smma:20", "smma", "Smma|lookbackPeriods=20", ("smma", "smma")) { Convention = "seeded with the SMA" },
        new("dema:14", "dema", null, ("dema", "dema")) { Convention = "seeded early; `seed` 1 chains the seeds" },
        new("dema:20", null, "Dema|lookbackPeriods=20", ("dema", "dema")),
        new("tema:20", "tema", "Tema|lookbackPeriods=20", ("tema", "tema")) { Convention = "seeded early; `seed` 1 chains the seeds" },
        new("hma:14", "hma", null, ("hma", "hma")) { Convention = "n/2 and √n without their fractions" },
        new("hma:20", null, "Hma|lookbackPeriods=20", ("hma", "hma")),
        new("kama:10,2,30", "kama", "Kama|erPeriods=10;fastPeriods=2;slowPeriods=30", ("er", "efficiency"), ("kama", "kama")) { Convention = "starts at the close of candle `period`" },
        new("vwma:14", "vwma", null, ("vwma", "vwma")),
        new("vwma:10", null, "Vwma|lookbackPeriods=10", ("vwma", "vwma")),
        new("rsi:14", "rsi", "Rsi|lookbackPeriods=14", ("rsi", "rsi")) { Convention = "Wilder; flat is 50" },
        new("rsi:1", null, "Rsi|lookbackPeriods=1", ("rsi", "rsi")),
        new("stoch-rsi:14,14,3,1", "stoch-rsi", "StochRsi|rsiPeriods=14;stochPeriods=14;signalPeriods=3;smoothPeriods=1", ("stochRsi", "stochRsi"), ("signal", "signal")) { Convention = "0 to 100" },
        new("stoch-rsi:14,14,3,3", null, "StochRsi|rsiPeriods=14;stochPeriods=14;signalPeriods=3;smoothPeriods=3", ("stochRsi", "stochRsi"), ("signal", "signal")),
        new("stochastic:14,3,3", "stoch", "Stoch|lookbackPeriods=14;signalPeriods=3;smoothPeriods=3", StochColumns) { Convention = "slow; simple averages" },
        new("stochastic:5,1,10", null, "Stoch|lookbackPeriods=5;signalPeriods=10;smoothPeriods=1", StochColumns),
        new("stochastic:1,1,10", null, "Stoch|lookbackPeriods=1;signalPeriods=10;smoothPeriods=1", StochColumns),
        new("williams-r:14", "willr", "WilliamsR|lookbackPeriods=14", ("williamsR", "williamsR")) { Convention = "−100 to 0" },
        new("cci:20", "cci", "Cci|lookbackPeriods=20", ("cci", "cci")),
        new("roc:14", "roc", null, ("roc", "roc"), ("momentum", "momentum")),
        new("roc:20", null, "Roc|lookbackPeriods=20", ("roc", "roc"), ("momentum", "momentum")),
        new("roc:20", null, "RocWb|lookbackPeriods=20;emaPeriods=3;stdDevPeriods=20", ("roc", "roc")),
        new("trix:14", "trix", null, ("ema3", "average"), ("trix", "trix")) { Convention = "seeded early; `seed` 1 chains the seeds" },
        new("trix:20", null, "Trix|lookbackPeriods=20", ("ema3", "average"), ("trix", "trix")),
        new("cmo:14", "cmo", "Cmo|lookbackPeriods=14", ("cmo", "cmo")) { Convention = "sums, as Chande has them, not Wilder's means" },
        new("ultimate:7,14,28", "uo", "Ultimate|shortPeriods=7;middlePeriods=14;longPeriods=28", ("ultimate", "ultimate")),
        new("awesome:5,34", "awesome", "Awesome|fastPeriods=5;slowPeriods=34", ("oscillator", "oscillator"), ("normalized", "normalized")),
        new("macd:12,26,9", "macd", "Macd|fastPeriods=12;slowPeriods=26;signalPeriods=9", MacdColumns) { Convention = "each EMA seeded with its own SMA" },
        new("ppo:12,26,9", "pvo", "Pvo|fastPeriods=12;slowPeriods=26;signalPeriods=9", ("pvo", "ppo"), ("signal", "signal"), ("histogram", "histogram"))
        {
            Feed = VolumeAsClose, Convention = "published for volume only: compared with the volume as close",
        },
        new("atr:14", "atr", "Atr|lookbackPeriods=14", ("tr", "trueRange"), ("atr", "atr"), ("atrp", "percent")) { Convention = "Wilder; no true range at the first candle, `firstRange` 1 counts one" },
        new("atr:14", "tr", "Tr|", ("tr", "trueRange")),
        new("bollinger:20,2", "bb", "BollingerBands|lookbackPeriods=20;standardDeviations=2", ("sma", "middle"), ("upperBand", "upper"), ("lowerBand", "lower"), ("percentB", "percentB"), ("zScore", "z"), ("width", "width")) { Convention = "population deviation; `sample` 1 takes the sample's" },
        new("standard-deviation:14", "stdev", null, ("stdDev", "deviation"), ("mean", "mean"), ("zScore", "z")) { Convention = "population deviation; `sample` 1 takes the sample's" },
        new("standard-deviation:10", null, "StdDev|lookbackPeriods=10", ("stdDev", "deviation"), ("mean", "mean"), ("zScore", "z")),
        new("z-score:20", "bb", "BollingerBands|lookbackPeriods=20;standardDeviations=2", ("zScore", "z")) { Convention = "population deviation; `sample` 1 takes the sample's" },
        new("keltner:20,2,10", "keltner", "Keltner|emaPeriods=20;multiplier=2;atrPeriods=10", ("centerline", "middle"), ("upperBand", "upper"), ("lowerBand", "lower"), ("width", "width")) { Convention = "EMA ± multiplier·ATR" },
        new("donchian:20,1", "donchian", "Donchian|lookbackPeriods=20", ("centerline", "middle"), ("upperBand", "upper"), ("lowerBand", "lower"), ("width", "width")) { Convention = "without this candle; `offset` 0 counts it" },
        new("choppiness:14", "chop", "Chop|lookbackPeriods=14", ("chop", "choppiness")) { Convention = "highs and lows widened to the close before" },
        new("adx:14", "adx", "Adx|lookbackPeriods=14", ("pdi", "plusDi"), ("mdi", "minusDi"), ("dx", "dx"), ("adx", "adx"), ("adxr", "adxr")) { Convention = "Wilder" },
        new("aroon:25", "aroon", "Aroon|lookbackPeriods=25", ("aroonUp", "up"), ("aroonDown", "down"), ("oscillator", "oscillator")) { Convention = "the earliest of equal extremes; `ties` 1 takes the latest" },
        new("psar:0.02,0.2", "psar", "ParabolicSar|accelerationStep=0.02;maxAccelerationFactor=0.2", ("sar", "value"), ("isReversal", "reversal")) { Convention = "first trend and its reversal absent; `firstTrend` 1 shows both, 2 the reversal" },
        new("psar:0.02,0.2,0.01", null, "ParabolicSar|accelerationStep=0.02;maxAccelerationFactor=0.2;initialFactor=0.01", ("sar", "value"), ("isReversal", "reversal")),
        new("supertrend:10,3", "supertrend", "SuperTrend|lookbackPeriods=10;multiplier=3", ("superTrend", "value"), ("upperBand", "upper"), ("lowerBand", "lower")) { Convention = "Wilder's ATR" },
        new("supertrend:14,3", null, "SuperTrend|lookbackPeriods=14;multiplier=3", ("superTrend", "value"), ("upperBand", "upper"), ("lowerBand", "lower")),
        new("ichimoku:9,26,52", "ichimoku", "Ichimoku|tenkanPeriods=9;kijunPeriods=26;senkouBPeriods=52", ("tenkanSen", "tenkan"), ("kijunSen", "kijun"), ("senkouSpanA", "spanA"), ("senkouSpanB", "spanB")) { Convention = "spans calculated 26 candles earlier" },
        new("ichimoku:9,26,52", "ichimoku", "Ichimoku|tenkanPeriods=9;kijunPeriods=26;senkouBPeriods=52", ("chikouSpan", "lagging")) { Ahead = 26 },
        new("vortex:14", "vortex", "Vortex|lookbackPeriods=14", ("pvi", "plus"), ("nvi", "minus")),
        new("obv", "obv", "Obv|", ("obv", "obv")) { Convention = "starts at 0" },
        new("obv-average:20", "obv", "Obv|", ("obv", "obv")) { Convention = "starts at 0" },
        new("mfi:14", "mfi", "Mfi|lookbackPeriods=14", ("mfi", "mfi")),
        new("mfi:4", null, "Mfi|lookbackPeriods=4", ("mfi", "mfi")),
        new("cmf:20", "cmf", "Cmf|lookbackPeriods=20", ("cmf", "cmf")),
        new("adl", "adl", "Adl|", AdlColumns),
        new("adl", null, "Cmf|lookbackPeriods=20", AdlColumns),
        new("chaikin-oscillator:3,10", "chaikin-osc", "ChaikinOsc|fastPeriods=3;slowPeriods=10", ("oscillator", "oscillator")),
        new("adl", null, "ChaikinOsc|fastPeriods=3;slowPeriods=10", AdlColumns),
        new("force:2", "force", null, ("forceIndex", "force")),
        new("force:13", null, "ForceIndex|lookbackPeriods=13", ("forceIndex", "force")),
        new("vwap:1", "vwap", "Vwap|", ("vwap", "vwap")) { Convention = "published since the first candle, which is `anchor` 1; by default it starts with each session" },
        new("vwap:1", null, "Vwap|startDate=startDate", ("vwap", "vwap")) { From = 30 },
        new("vwap-rolling:14", "vwma", null, ("vwma", "vwap"))
        {
            Feed = CloseOnly, Convention = "published as VWMA of the close: compared with the close as the only price",
        },
        new("volume-average:20", null, "Sma|lookbackPeriods=20", ("sma", "average")) { Chain = "Use(CandlePart.Volume)", Convention = "with this candle; `offset` 1 leaves it out" },
        new("pivot-points:2,0", "pivot-points", "PivotPoints|windowSize=BarInterval.Month;pointType=PivotPointType.Standard", PivotColumns) { Convention = "published by month, which is `window` 2; by default the session before" },
        new("pivot-points:2,2", null, "PivotPoints|windowSize=BarInterval.Month;pointType=PivotPointType.Demark", PivotColumns),
        new("pivot-points:1,1", null, "PivotPoints|windowSize=BarInterval.Week;pointType=PivotPointType.Camarilla", PivotColumns),
        new("pivot-points:3,3", null, "PivotPoints|windowSize=BarInterval.OneHour;pointType=PivotPointType.Fibonacci", PivotColumns),
        new("pivot-points:0,4", null, "PivotPoints|windowSize=BarInterval.Day;pointType=PivotPointType.Woodie", PivotColumns),
        new("heikin-ashi", "heikinashi", "HeikinAshi|", ("open", "open"), ("high", "high"), ("low", "low"), ("close", "close")),
        new("swing-high:2,2", "fractal", "Fractal|windowSpan=2;endType=EndType.HighLow", ("fractalBear", "point")) { Ahead = 2, Convention = "strictly beyond; told when known, `right` candles late" },
        new("swing-low:2,2", "fractal", "Fractal|windowSpan=2;endType=EndType.HighLow", ("fractalBull", "point")) { Ahead = 2, Convention = "strictly beyond; told when known, `right` candles late" },
        new("swing-high:4,4", null, "Fractal|windowSpan=4;endType=4", ("fractalBear", "point")) { Ahead = 4 },
        new("swing-low:4,4", null, "Fractal|windowSpan=4;endType=4", ("fractalBull", "point")) { Ahead = 4 },
        new("swing-high:4,4", null, "Pivots|leftSpan=4;rightSpan=4;maxTrendPeriods=20;endType=EndType.HighLow", ("highPoint", "point")) { Ahead = 4 },
        new("swing-low:4,4", null, "Pivots|leftSpan=4;rightSpan=4;maxTrendPeriods=20;endType=EndType.HighLow", ("lowPoint", "point")) { Ahead = 4 },
        new("rolling-high:20,1", "donchian", "Donchian|lookbackPeriods=20", ("upperBand", "high")) { Convention = "with this candle; `offset` 1 leaves it out" },
        new("rolling-low:20,1", "donchian", "Donchian|lookbackPeriods=20", ("lowerBand", "low")) { Convention = "with this candle; `offset` 1 leaves it out" },
    ];

    private static Candle OpenAsClose(Candle c) => c with { Close = c.Open };

    private static Candle CloseOnly(Candle c) => c with { Open = c.Close, High = c.Close, Low = c.Close };

    private static Candle VolumeAsClose(Candle c) => new(c.Time, c.Volume, c.Volume, c.Volume, c.Volume, c.Volume);
}
