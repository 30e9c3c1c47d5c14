using System.Globalization;

namespace Finstage.Analysis.Charts;

/// <summary>Where values stand in a part of a chart, the higher the further up.</summary>
internal readonly struct ValueScale
{
    private static readonly double[] Steps = [1, 2, 2.5, 5, 10];
    private readonly Frame area;
    private readonly double low;
    private readonly double high;

    /// <summary>A scale from the lowest to the highest value, with some air.</summary>
    public ValueScale(Frame area, double low, double high)
    {
        this.area = area;
        var air = high > low ? (high - low) * 0.06 : Math.Max(Math.Abs(high) * 0.01, 1e-6);
        (this.low, this.high) = (low - air, high + air);
    }

    /// <summary>How far down a value stands.</summary>
    public double Down(double value) => area.Bottom - ((value - low) / (high - low) * area.Height);

    /// <summary>Round values about so many to the height, and how they are written.</summary>
    public IEnumerable<(double Value, string Text)> Ticks(int about)
    {
        var raw = (high - low) / about;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * Steps.First(s => s * power >= raw * 0.999);
        var (from, to) = ((long)Math.Ceiling(low / step), (long)Math.Floor(high / step));
        for (var i = from; i <= to; i++)
        {
            yield return (i * step, Write(i * step, step));
        }
    }

    /// <summary>A value as it stands on an axis: as many decimals as its step needs, large ones in thousands and more.</summary>
    public static string Write(double value, double step)
    {
        var (unit, letter) = Math.Abs(value) switch
        {
            >= 1e12 => (1e12, "T"),
            >= 1e9 => (1e9, "B"),
            >= 1e7 => (1e6, "M"),
            _ => (1.0, string.Empty),
        };
        var decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step / unit) - 1e-9) + (IsHalf(step) ? 1 : 0), 0, 6);
        return (value / unit).ToString($"N{decimals}", CultureInfo.InvariantCulture) + letter;
    }

    // 2.5 needs a place more than 2 and 5.
    private static bool IsHalf(double step)
    {
        var lead = step / Math.Pow(10, Math.Floor(Math.Log10(step)));
        return Math.Abs(lead - 2.5) < 0.01;
    }
}
