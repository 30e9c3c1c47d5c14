namespace Finstage.Analysis.Strategies;

/// <summary>64 words of 64 bits. Pure.</summary>
internal static class BitMatrix
{
    /// <summary>The number of words, and of bits in each.</summary>
    public const int Size = 64;

    /// <summary>
    /// Turns rows into columns in place: bit i of word k becomes bit k of word i. By halves (Warren, Hacker's Delight, 2nd ed., 7-3).
    /// </summary>
    /// <param name="words">64 words.</param>
    public static void Transpose(Span<ulong> words)
    {
        var mask = 0x0000_0000_FFFF_FFFFUL;
        for (var half = Size / 2; half != 0; half >>= 1, mask ^= mask << half)
        {
            for (var k = 0; k < Size; k = ((k | half) + 1) & ~half)
            {
                var swapped = ((words[k] >> half) ^ words[k | half]) & mask;
                words[k] ^= swapped << half;
                words[k | half] ^= swapped;
            }
        }
    }
}
