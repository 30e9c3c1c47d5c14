using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Tests.Indicators.References;

/// <summary>How large an output's numbers are by nature: what a difference is measured against.</summary>
internal enum Scale
{
    /// <summary>Equal or wrong: directions, counts.</summary>
    Exact,

    /// <summary>The largest price in the window.</summary>
    Price,

    /// <summary>The largest volume in the window.</summary>
    Volume,

    /// <summary>The largest price × volume in the window.</summary>
    Money,

    /// <summary>The largest volume of all candles so far: running balances.</summary>
    Balance,

    /// <summary>A range of 1.</summary>
    One,

    /// <summary>A range of 100.</summary>
    Hundred,

    /// <summary>No range: the number itself, at least 1.</summary>
    Ratio,
}

/// <summary>One output over a whole series, as a plain calculation gives it.</summary>
internal sealed record Column(string Output, double[] Values, Scale Scale);

/// <summary>What a plain reference knows.</summary>
/// <param name="Candles">The series.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Series">The series' context.</param>
internal sealed record Input(Candle[] Candles, double[] Parameters, SeriesContext Series)
{
    public int Count => Candles.Length;

    public double[] Open { get; } = [.. Candles.Select(c => c.Open)];

    public double[] High { get; } = [.. Candles.Select(c => c.High)];

    public double[] Low { get; } = [.. Candles.Select(c => c.Low)];

    public double[] Close { get; } = [.. Candles.Select(c => c.Close)];

    public double[] Volume { get; } = [.. Candles.Select(c => c.Volume)];

    public double[] Typical { get; } = [.. Candles.Select(c => (c.High + c.Low + c.Close) / 3)];

    public double[] Middle { get; } = [.. Candles.Select(c => (c.High + c.Low) / 2)];

    public int Int(int parameter) => (int)Parameters[parameter];

    /// <summary>True ranges; NaN for the first candle.</summary>
    public double[] TrueRange => Plain.Each(Count, i => i == 0
        ? double.NaN
        : Math.Max(Candles[i].High, Candles[i - 1].Close) - Math.Min(Candles[i].Low, Candles[i - 1].Close));

    /// <summary>Money flow multipliers.</summary>
    public double[] Multiplier => Plain.Each(Count, i => Candles[i] is var c && c.High == c.Low
        ? 0
        : ((c.Close - c.Low) - (c.High - c.Close)) / (c.High - c.Low));
}
