using System.Buffers.Binary;
using System.IO.Compression;

namespace Finstage.Analysis.Charts;

/// <summary>
/// Writes a canvas as a PNG file: eight bits for each of red, green and blue, each row as it is: of a drawing's
/// flat colours that packs best (Portable Network Graphics, third edition, https://www.w3.org/TR/png-3/).
/// </summary>
internal static class PngFile
{
    private const byte TrueColour = 2;
    private const byte NoFilter = 0;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n => Remainder((uint)n))];

    public static byte[] Of(Canvas canvas)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, canvas.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), canvas.Height);
        header[8] = 8;
        header[9] = TrueColour;
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Compressed(canvas));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compressed(Canvas canvas)
    {
        using var data = new MemoryStream();
        using (var packed = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            var length = canvas.Width * 3;
            for (var y = 0; y < canvas.Height; y++)
            {
                packed.WriteByte(NoFilter);
                packed.Write(canvas.Pixels.Slice(y * length, length));
            }
        }

        return data.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(kind);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, kind), data));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            crc = Table[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint Remainder(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        }

        return value;
    }
}
