using System.Globalization;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;
using Finstage.Analysis.Tests.Indicators.References;

namespace Finstage.Analysis.Tests.Indicators;

/// <summary>
/// Compares what an indicator says with its plain reference: within 1e-9 of the output's own scale, which is the largest input in
/// the window for prices and volumes, and the range for what is bounded.
/// </summary>
internal static class Judge
{
    private const double Tolerance = 1e-9;

    /// <summary>Streams the candles through the indicator and returns its outputs, one row per candle.</summary>
    public static double[][] Stream(Indicator indicator, Candle[] candles)
    {
        var rows = new double[candles.Length][];
        for (var i = 0; i < candles.Length; i++)
        {
            indicator.Update(candles[i]);
            rows[i] = indicator.Values.ToArray();
        }

        return rows;
    }

    /// <summary>The first difference between streamed rows and the reference, in words; null when there is none.</summary>
    /// <param name="rows">The streamed rows of the last candles.</param>
    /// <param name="info">The indicator.</param>
    /// <param name="warmUp">Its warm-up.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="input">The candles from which the reference calculates; it ends where the rows end.</param>
    public static string? Difference(double[][] rows, IndicatorInfo info, int warmUp, Reference reference, Input input)
    {
        var columns = reference.Columns(input);
        var names = columns.Select(c => c.Output);
        if (!names.SequenceEqual(info.Outputs))
        {
            return $"the reference has the outputs {string.Join(", ", names)}";
        }

        var first = input.Count - rows.Length;
        for (var k = 0; k < columns.Length; k++)
        {
            var scales = Scales(columns[k], reference.Memory, warmUp, input);
            for (var i = 0; i < rows.Length; i++)
            {
                var (got, expected, scale) = (rows[i][k], columns[k].Values[first + i], scales[first + i]);
                var same = double.IsNaN(got) || double.IsNaN(expected)
                    ? double.IsNaN(got) && double.IsNaN(expected)
                    : Math.Abs(got - expected) <= Tolerance * scale;
                if (!same)
                {
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"{columns[k].Output} at candle {first + i} is {got:R}, the reference {expected:R}, the scale {scale:R}");
                }
            }
        }

        return null;
    }

    private static double[] Scales(Column column, Memory memory, int warmUp, Input input)
    {
        Func<Candle, double> size = column.Scale switch
        {
            Scale.Volume or Scale.Balance => c => c.Volume,
            Scale.Money => c => c.High * c.Volume,
            Scale.Price => c => Math.Max(Math.Abs(c.High), Math.Abs(c.Low)),
            _ => _ => 0,
        };
        var sizes = input.Candles.Select(size).ToArray();
        return column.Scale switch
        {
            Scale.Exact => sizes,
            Scale.One => Plain.Each(input.Count, _ => 1),
            Scale.Hundred => Plain.Each(input.Count, _ => 100),
            Scale.Ratio => Plain.Each(column.Values, v => Math.Max(1, Math.Abs(v))),
            Scale.Balance => Largest(sizes, fade: 1),
            _ => memory switch
            {
                Memory.Window => Plain.Each(input.Count, i => sizes[Math.Max(0, i - warmUp)..(i + 1)].Max()),
                Memory.Fading or Memory.Path => Largest(sizes, 1 - (0.5 / warmUp)),
                _ => Largest(sizes, fade: 1),
            },
        };
    }

    private static double[] Largest(double[] sizes, double fade)
    {
        var result = new double[sizes.Length];
        var largest = 0d;
        for (var i = 0; i < sizes.Length; i++)
        {
            result[i] = largest = Math.Max(largest * fade, sizes[i]);
        }

        return result;
    }
}
