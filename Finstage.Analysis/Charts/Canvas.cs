namespace Finstage.Analysis.Charts;

/// <summary>A colour, 0 to 255 each.</summary>
/// <param name="R">Red.</param>
/// <param name="G">Green.</param>
/// <param name="B">Blue.</param>
internal readonly record struct Colour(byte R, byte G, byte B);

/// <summary>A part of a canvas, in pixels; the far edges are outside.</summary>
internal readonly record struct Frame(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;
}

/// <summary>
/// Pixels to draw on. Coordinates are pixels from the top left corner, and need not be whole: a pixel that is covered in part takes on a
/// part of the colour. Nothing is drawn outside the clip. Not thread-safe.
/// </summary>
internal sealed class Canvas
{
    private readonly byte[] pixels;

    public Canvas(int width, int height, Colour background)
    {
        (Width, Height) = (width, height);
        pixels = new byte[width * height * 3];
        Clip = new Frame(0, 0, width, height);
        for (var at = 0; at < pixels.Length; at += 3)
        {
            (pixels[at], pixels[at + 1], pixels[at + 2]) = (background.R, background.G, background.B);
        }
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>What may be drawn on; the whole canvas at first.</summary>
    public Frame Clip { get; set; }

    /// <summary>Three bytes a pixel, row by row.</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>Fills a rectangle.</summary>
    public void Fill(Frame area, Colour colour, double opacity = 1)
    {
        var (left, right) = (Math.Max(area.Left, Clip.Left), Math.Min(area.Right, Clip.Right));
        var (top, bottom) = (Math.Max(area.Top, Clip.Top), Math.Min(area.Bottom, Clip.Bottom));
        for (var y = (int)Math.Floor(top); y < bottom; y++)
        {
            var high = Math.Min(bottom, y + 1) - Math.Max(top, y);
            for (var x = (int)Math.Floor(left); x < right; x++)
            {
                Blend(x, y, colour, opacity * high * (Math.Min(right, x + 1) - Math.Max(left, x)));
            }
        }
    }

    /// <summary>Draws a line with round ends; one without length is a dot.</summary>
    public void Line(double x0, double y0, double x1, double y1, double width, Colour colour, double opacity = 1)
    {
        if (!double.IsFinite(x0 + y0 + x1 + y1))
        {
            return;
        }

        var reach = (width / 2) + 0.5;
        var (dx, dy) = (x1 - x0, y1 - y0);
        var square = (dx * dx) + (dy * dy);
        var (fromX, toX) = Span(Math.Min(x0, x1) - reach, Math.Max(x0, x1) + reach, Clip.Left, Clip.Right);
        var (fromY, toY) = Span(Math.Min(y0, y1) - reach, Math.Max(y0, y1) + reach, Clip.Top, Clip.Bottom);
        for (var y = fromY; y < toY; y++)
        {
            for (var x = fromX; x < toX; x++)
            {
                var (px, py) = (x + 0.5 - x0, y + 0.5 - y0);
                var along = square == 0 ? 0 : Math.Clamp(((px * dx) + (py * dy)) / square, 0, 1);
                var (ox, oy) = (px - (along * dx), py - (along * dy));
                Blend(x, y, colour, opacity * Math.Clamp(reach - Math.Sqrt((ox * ox) + (oy * oy)), 0, 1));
            }
        }
    }

    /// <summary>Fills a triangle whose base is level.</summary>
    /// <param name="x">The tip's place.</param>
    /// <param name="y">The tip's place.</param>
    /// <param name="halfBase">Half the base's length.</param>
    /// <param name="height">Down from the tip to the base; negative for a tip that points down.</param>
    /// <param name="colour">The colour.</param>
    public void Triangle(double x, double y, double halfBase, double height, Colour colour)
    {
        var (top, bottom) = (Math.Min(y, y + height), Math.Max(y, y + height));
        for (var row = Math.Floor(top); row < bottom; row++)
        {
            var (from, to) = (Math.Max(row, top), Math.Min(row + 1, bottom));
            var half = halfBase * Math.Abs(((from + to) / 2) - y) / Math.Abs(height);
            Fill(new Frame(x - half, from, x + half, to), colour);
        }
    }

    // The whole pixels of a span within the clip.
    private static (int From, int To) Span(double from, double to, double least, double most) =>
        ((int)Math.Floor(Math.Max(from, least)), (int)Math.Ceiling(Math.Min(to, most)));

    private void Blend(int x, int y, Colour colour, double share)
    {
        if (share <= 0)
        {
            return;
        }

        var at = ((y * Width) + x) * 3;
        if (share >= 1)
        {
            (pixels[at], pixels[at + 1], pixels[at + 2]) = (colour.R, colour.G, colour.B);
            return;
        }

        pixels[at] = Mix(pixels[at], colour.R, share);
        pixels[at + 1] = Mix(pixels[at + 1], colour.G, share);
        pixels[at + 2] = Mix(pixels[at + 2], colour.B, share);
    }

    private static byte Mix(byte from, byte to, double share) => (byte)(from + ((to - from) * share) + 0.5);
}
