namespace Finstage.Analysis.Indicators.Core;

/// <summary>What pivot points are taken from.</summary>
internal enum PivotWindow
{
    Session,
    Week,
    Month,
    Hour,
}

/// <summary>Which formula pivot points follow.</summary>
internal enum PivotType
{
    Floor,
    Camarilla,
    DeMark,
    Fibonacci,
    Woodie,
}

/// <summary>The levels of one window of pivot points; NaN where a formula has none.</summary>
internal readonly record struct PivotLevels(
    double Pivot, double R1, double S1, double R2, double S2, double R3, double S3, double R4, double S4)
{
    /// <summary>No levels at all.</summary>
    public static PivotLevels None { get; } = Of(PivotType.Floor, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>The levels that follow from a window.</summary>
    /// <param name="type">The formula.</param>
    /// <param name="open">The window's open.</param>
    /// <param name="high">The window's high.</param>
    /// <param name="low">The window's low.</param>
    /// <param name="close">The window's close.</param>
    /// <param name="nextOpen">The open of the window for which the levels hold.</param>
    public static PivotLevels Of(PivotType type, double open, double high, double low, double close, double nextOpen)
    {
        var range = high - low;
        var floor = (high + low + close) / 3;
        switch (type)
        {
            case PivotType.Camarilla:
                // Its levels lie around the close, which published values show as its pivot.
                var step = 1.1 * range / 12;
                return new(
                    close, close + step, close - step, close + (2 * step), close - (2 * step), close + (3 * step), close - (3 * step),
                    close + (6 * step), close - (6 * step));
            case PivotType.DeMark:
                var x = close < open ? high + (2 * low) + close : close > open ? (2 * high) + low + close : high + low + (2 * close);
                return new(x / 4, (x / 2) - low, (x / 2) - high, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
            case PivotType.Fibonacci:
                return new(
                    floor, floor + (0.382 * range), floor - (0.382 * range), floor + (0.618 * range), floor - (0.618 * range),
                    floor + range, floor - range, double.NaN, double.NaN);
            case PivotType.Woodie:
                return Usual((high + low + (2 * nextOpen)) / 4, high, low);
            default:
                return Usual(floor, high, low);
        }
    }

    /// <summary>Writes them in the order of the record.</summary>
    public void Write(Span<double> outputs)
    {
        outputs[8] = S4;
        outputs[7] = R4;
        outputs[6] = S3;
        outputs[5] = R3;
        outputs[4] = S2;
        outputs[3] = R2;
        outputs[2] = S1;
        outputs[1] = R1;
        outputs[0] = Pivot;
    }

    private static PivotLevels Usual(double pivot, double high, double low) => new(
        pivot, (2 * pivot) - low, (2 * pivot) - high, pivot + (high - low), pivot - (high - low),
        high + (2 * (pivot - low)), low - (2 * (high - pivot)), double.NaN, double.NaN);
}
