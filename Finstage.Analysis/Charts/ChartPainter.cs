using System.Globalization;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;

namespace Finstage.Analysis.Charts;

/// <summary>Puts one chart on a canvas. Not thread-safe.</summary>
internal sealed class ChartPainter
{
    private const double Margin = 24;
    private const double Axis = 128;
    private const double Head = 104;
    private const double Foot = 44;
    private const double Letters = 17;

    // Between the last candle and the axis, for its mark.
    private const double Air = 12;

    // So far beyond the candles, in shares of their height, a line may stretch the scale.
    private const double Stretch = 0.35;

    private static readonly Colour Ground = new(0x0E, 0x11, 0x16);
    private static readonly Colour Grid = new(0x22, 0x28, 0x31);
    private static readonly Colour Text = new(0xE6, 0xEA, 0xEF);
    private static readonly Colour Dim = new(0x98, 0xA3, 0xB0);
    private static readonly Colour Light = new(0xFF, 0xFF, 0xFF);
    private static readonly Colour[] Lines = [new(0xF5, 0xB5, 0x4A), new(0x6C, 0xB0, 0xFF), new(0xB7, 0x9B, 0xFF), new(0x4F, 0xD1, 0xC5), new(0xF5, 0x8B, 0xB8)];

    private readonly ChartSubject subject;
    private readonly Candle[] candles;
    private readonly ChartColumns columns;
    private readonly Canvas canvas = new(ChartImage.Width, ChartImage.Height, Ground);
    private readonly Colour rise;
    private readonly Colour fall;
    private readonly Frame price;
    private readonly Frame volume;
    private readonly Frame below;

    public ChartPainter(ChartSubject subject, Candle[] candles, ChartColumns columns)
    {
        (this.subject, this.candles, this.columns) = (subject, candles, columns);
        (rise, fall) = subject.Language == "ko" ? (new Colour(0xFF, 0x6B, 0x6B), new Colour(0x5B, 0xA0, 0xFF)) : (new Colour(0x4C, 0xC3, 0x8A), new Colour(0xFF, 0x70, 0x70));
        var (left, right, bottom) = (Margin, ChartImage.Width - Axis, ChartImage.Height - Foot);
        var hasVolume = candles.Any(c => c.Volume > 0);
        var pane = columns.Below.Count > 0 ? 150 : 0;
        below = new Frame(left, bottom - pane, right, bottom);
        volume = new Frame(left, below.Top - (hasVolume ? 90 : 0), right, below.Top - (pane > 0 ? 14 : 0));
        price = new Frame(left, Head + 30, right, volume.Top - 10);
    }

    public Canvas Paint(double closeBefore)
    {
        PaintHead(closeBefore);
        PaintTimes();
        PaintPrices();
        PaintVolume();
        PaintBelow();
        return canvas;
    }

    private double Slot => (price.Width - Air) / Math.Max(candles.Length, 20);

    private double Across(int index) => price.Right - Air - ((candles.Length - index - 0.5) * Slot);

    private void PaintHead(double closeBefore)
    {
        var last = candles[^1];
        var before = candles.Length > 1 ? candles[^2].Close : closeBefore;
        var change = before > 0 ? (last.Close / before) - 1 : double.NaN;
        var colour = change > 0 ? rise : change < 0 ? fall : Dim;
        StrokeFont.Write(canvas, subject.Symbol, Margin, 44, 26, Text, isBold: true);
        StrokeFont.Write(canvas, Fit(subject.Name, 520 - StrokeFont.WidthOf(subject.Symbol, 26)), Margin + StrokeFont.WidthOf(subject.Symbol, 26) + 20, 44, 19, Dim);
        var close = Price(last.Close);
        var changeText = double.IsFinite(change) ? string.Create(CultureInfo.InvariantCulture, $"{(change < 0 ? "−" : "+")}{Math.Abs(change) * 100:0.00}%") : string.Empty;
        var right = ChartImage.Width - Margin;
        StrokeFont.Write(canvas, changeText, right - StrokeFont.WidthOf(changeText, 20), 44, 20, colour, isBold: true);
        StrokeFont.Write(canvas, close, right - StrokeFont.WidthOf(changeText, 20) - 22 - StrokeFont.WidthOf(close, 26), 44, 26, Text, isBold: true);
        var when = $"{subject.Series.Interval.Code()} · {last.OpenTime.ToString(subject.Series.Interval.IsIntraday() ? "yyyy-MM-dd HH:mm 'UTC'" : "yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        StrokeFont.Write(canvas, when, right - StrokeFont.WidthOf(when, Letters), 84, Letters, Dim);
        if (subject.Mark is { } mark)
        {
            var side = mark.Direction == Direction.Buy ? "BUY" : "SELL";
            StrokeFont.Write(canvas, side, Margin, 84, 19, mark.Direction == Direction.Buy ? rise : fall, isBold: true);
            StrokeFont.Write(canvas, mark.Strategy, Margin + StrokeFont.WidthOf(side, 19) + 16, 84, 19, Text);
        }
    }

    private void PaintTimes()
    {
        foreach (var (index, text) in TimeMarks.Of(candles, subject.Series.Interval))
        {
            var (x, width) = (Across(index), StrokeFont.WidthOf(text, Letters));
            canvas.Fill(new Frame(x - 0.5, price.Top, x + 0.5, below.Bottom), Grid);
            if (x - (width / 2) >= 4)
            {
                StrokeFont.Write(canvas, text, x - (width / 2), ChartImage.Height - 14, Letters, Dim);
            }
        }
    }

    private void PaintPrices()
    {
        var (low, high) = (candles.Min(c => c.Low), candles.Max(c => c.High));
        var reach = Math.Max((high - low) * Stretch, 0);
        var near = columns.OnPrice.SelectMany(c => c.Values).Where(v => v >= low - reach && v <= high + reach).DefaultIfEmpty(low).ToList();
        var scale = new ValueScale(price, Math.Min(low, near.Min()), Math.Max(high, near.Max()));
        PaintTicks(scale, price, about: 6, taken: scale.Down(candles[^1].Close));
        PaintMarkBand();
        canvas.Clip = price;
        for (var i = 0; i < candles.Length; i++)
        {
            PaintCandle(scale, i);
        }

        PaintColumns(columns.OnPrice, scale);
        PaintMark(scale);
        canvas.Clip = new Frame(0, 0, canvas.Width, canvas.Height);
        PaintLegend(columns.OnPrice, new Frame(price.Left, Head, price.Right, price.Top));
        PaintLast(scale);
    }

    private void PaintCandle(ValueScale scale, int index)
    {
        var (candle, x) = (candles[index], Across(index));
        var colour = candle.Close >= candle.Open ? rise : fall;
        var half = Math.Max(1, Slot * 0.36);
        canvas.Fill(new Frame(x - 0.8, scale.Down(candle.High), x + 0.8, scale.Down(candle.Low)), colour);
        var (top, bottom) = (scale.Down(Math.Max(candle.Open, candle.Close)), scale.Down(Math.Min(candle.Open, candle.Close)));
        canvas.Fill(new Frame(x - half, Math.Min(top, bottom - 1.4), x + half, bottom), colour);
    }

    private int MarkIndex => subject.Mark is { } mark ? Array.FindIndex(candles, c => c.Time == mark.Time) : -1;

    private void PaintMarkBand()
    {
        if (MarkIndex is >= 0 and var index)
        {
            canvas.Fill(new Frame(Across(index) - (Slot / 2) - 2, price.Top, Across(index) + (Slot / 2) + 2, below.Bottom), Light, 0.09);
        }
    }

    // Below the low for a buy, above the high for a sell, and always within the frame.
    private void PaintMark(ValueScale scale)
    {
        if (MarkIndex is not (>= 0 and var index))
        {
            return;
        }

        const double Size = 20;
        var isBuy = subject.Mark!.Direction == Direction.Buy;
        var tip = isBuy
            ? Math.Min(scale.Down(candles[index].Low) + 8, price.Bottom - Size - 1)
            : Math.Max(scale.Down(candles[index].High) - 8, price.Top + Size + 1);
        canvas.Triangle(Across(index), tip + (isBuy ? -2 : 2), 15, isBuy ? Size + 3 : -Size - 3, Ground);
        canvas.Triangle(Across(index), tip, 12, isBuy ? Size : -Size, isBuy ? rise : fall);
    }

    private void PaintLast(ValueScale scale)
    {
        var (y, text) = (scale.Down(candles[^1].Close), Price(candles[^1].Close));
        var colour = candles[^1].Close >= candles[^1].Open ? rise : fall;
        for (var x = price.Left; x < price.Right; x += 12)
        {
            canvas.Fill(new Frame(x, y - 0.6, x + 5, y + 0.6), colour, 0.6);
        }

        var size = Math.Min(Letters, Letters * (Axis - 20) / StrokeFont.WidthOf(text, Letters));
        canvas.Fill(new Frame(price.Right + 2, y - 15, ChartImage.Width - 4, y + 15), colour);
        StrokeFont.Write(canvas, text, price.Right + 10, y + (size / 2), size, Ground, isBold: true);
    }

    private void PaintVolume()
    {
        var most = candles.Max(c => c.Volume);
        if (most <= 0)
        {
            return;
        }

        for (var i = 0; i < candles.Length; i++)
        {
            var half = Math.Max(1, Slot * 0.36);
            canvas.Fill(
                new Frame(Across(i) - half, volume.Bottom - (volume.Height * candles[i].Volume / most), Across(i) + half, volume.Bottom),
                candles[i].Close >= candles[i].Open ? rise : fall, 0.45);
        }

        StrokeFont.Write(canvas, ValueScale.Write(most, most / 10), volume.Right + 10, volume.Top + Letters, Letters * 0.9, Dim);
    }

    private void PaintBelow()
    {
        if (columns.Below.Count == 0)
        {
            return;
        }

        var head = new Frame(below.Left, below.Top, below.Right, below.Top + 30);
        var area = below with { Top = head.Bottom };
        var values = columns.Below.SelectMany(c => c.Values).Where(double.IsFinite).ToList();
        var guides = subject.Look.Guides;
        var floor = columns.Below.Any(c => c.Line.Style == ChartStyle.Bars) ? 0 : values[0];
        var scale = new ValueScale(area, Math.Min(floor, Math.Min(values.Min(), guides.DefaultIfEmpty(values[0]).Min())), Math.Max(floor, Math.Max(values.Max(), guides.DefaultIfEmpty(values[0]).Max())));
        canvas.Fill(new Frame(below.Left, below.Top - 1, below.Right, below.Top), Grid);
        foreach (var guide in guides)
        {
            canvas.Fill(new Frame(area.Left, scale.Down(guide) - 0.6, area.Right, scale.Down(guide) + 0.6), Dim, 0.5);
            StrokeFont.Write(canvas, ValueScale.Write(guide, guide == 0 ? 1 : Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(guide))))), area.Right + 10, scale.Down(guide) + (Letters * 0.4), Letters * 0.8, Dim);
        }

        if (guides.Count == 0)
        {
            PaintTicks(scale, area, about: 2, taken: double.NaN);
        }

        canvas.Clip = area;
        PaintColumns(columns.Below, scale);
        canvas.Clip = new Frame(0, 0, canvas.Width, canvas.Height);
        PaintLegend(columns.Below, head);
    }

    // Nothing is written where the last price stands.
    private void PaintTicks(ValueScale scale, Frame area, int about, double taken)
    {
        foreach (var (value, text) in scale.Ticks(about))
        {
            var y = scale.Down(value);
            canvas.Fill(new Frame(area.Left, y - 0.5, area.Right, y + 0.5), Grid);
            if (!(Math.Abs(y - taken) < 15 + Letters))
            {
                StrokeFont.Write(canvas, text, area.Right + 10, y + (Letters / 2), Letters, Dim);
            }
        }
    }

    private void PaintColumns(IReadOnlyList<ChartColumn> shown, ValueScale scale)
    {
        for (var line = 0; line < shown.Count; line++)
        {
            var (values, colour, style) = (shown[line].Values, ColourOf(shown, line), shown[line].Line.Style);
            for (var i = 0; i < values.Length; i++)
            {
                var (x, y) = (Across(i), scale.Down(values[i]));
                switch (style)
                {
                    case ChartStyle.Bars when double.IsFinite(y):
                        var zero = scale.Down(0);
                        canvas.Fill(new Frame(x - (Slot * 0.36), Math.Min(y, zero), x + (Slot * 0.36), Math.Max(y, zero)), values[i] >= 0 ? rise : fall, 0.6);
                        break;
                    case ChartStyle.Dots:
                        canvas.Line(x, y, x, y, 4.5, colour);
                        break;
                    case ChartStyle.Line when i > 0:
                        canvas.Line(Across(i - 1), scale.Down(values[i - 1]), x, y, 2.2, colour);
                        break;
                }
            }
        }
    }

    private void PaintLegend(IReadOnlyList<ChartColumn> shown, Frame area)
    {
        var x = area.Left;
        for (var line = 0; line < shown.Count; line++)
        {
            var label = shown[line].Line.Label;
            if (label.Length > 0)
            {
                StrokeFont.Write(canvas, label, x, area.Top + 20, Letters * 0.85, shown[line].Line.Style == ChartStyle.Bars ? Dim : ColourOf(shown, line));
                x += StrokeFont.WidthOf(label, Letters * 0.85) + 24;
            }
        }
    }

    // Lines under one label share its colour.
    private static Colour ColourOf(IReadOnlyList<ChartColumn> shown, int line) =>
        Lines[Math.Max(0, shown.Take(line + 1).Count(c => c.Line.Label.Length > 0 && c.Line.Style != ChartStyle.Bars) - 1) % Lines.Length];

    private static string Price(double value) => value.ToString(Math.Abs(value) < 1 ? "0.0000" : "N2", CultureInfo.InvariantCulture);

    private static string Fit(string text, double room)
    {
        for (var length = text.Length; length > 0; length--)
        {
            var cut = length == text.Length ? text : text[..length].TrimEnd() + "…";
            if (StrokeFont.WidthOf(cut, 19) <= room)
            {
                return cut;
            }
        }

        return string.Empty;
    }
}
