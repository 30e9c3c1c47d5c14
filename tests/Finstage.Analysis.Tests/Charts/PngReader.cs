using System.Buffers.Binary;
using System.IO.Compression;

namespace Finstage.Analysis.Tests.Charts;

/// <summary>Reads a PNG file by the standard's words, and throws where it is not whole.</summary>
internal sealed class PngReader
{
    private readonly byte[] pixels;

    private PngReader(int width, int height, byte[] pixels) => (Width, Height, this.pixels) = (width, height, pixels);

    public int Width { get; }

    public int Height { get; }

    public (byte R, byte G, byte B) this[int x, int y]
    {
        get
        {
            var at = ((y * Width) + x) * 3;
            return (pixels[at], pixels[at + 1], pixels[at + 2]);
        }
    }

    public static PngReader Read(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var (at, kinds, data) = (8, new List<string>(), new MemoryStream());
        byte[] header = [];
        while (at < file.Length)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var kind = System.Text.Encoding.ASCII.GetString(file, at + 4, 4);
            Assert.Equal(Crc(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            kinds.Add(kind);
            var body = file.AsSpan(at + 8, length);
            header = kind == "IHDR" ? body.ToArray() : header;
            if (kind == "IDAT")
            {
                data.Write(body);
            }

            at += 12 + length;
        }

        Assert.Equal(["IHDR", "IDAT", "IEND"], kinds);
        Assert.Equal([8, 2, 0, 0, 0], header[8..]);
        return new PngReader(
            BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)),
            Unfiltered(data.ToArray(), BinaryPrimitives.ReadInt32BigEndian(header) * 3, BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4))));
    }

    private static byte[] Unfiltered(byte[] packed, int length, int height)
    {
        using var stream = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        var raw = new MemoryStream();
        stream.CopyTo(raw);
        Assert.Equal((length + 1) * height, raw.Length);
        var rows = raw.ToArray();
        var pixels = new byte[length * height];
        for (var y = 0; y < height; y++)
        {
            Assert.Equal(0, rows[y * (length + 1)]);
            rows.AsSpan((y * (length + 1)) + 1, length).CopyTo(pixels.AsSpan(y * length));
        }

        return pixels;
    }

    // Bit by bit, as the standard's annex has it.
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }
        }

        return ~crc;
    }
}
