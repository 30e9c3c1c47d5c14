using Finstage.Analysis.Strategies;

namespace Finstage.Analysis.Tests.Strategies.Core;

public sealed class BitMatrixTests
{
    [Fact]
    public void Transpose_RandomBits_TurnsRowsIntoColumns()
    {
        var random = new Random(5);
        var before = new ulong[BitMatrix.Size];
        for (var i = 0; i < before.Length; i++)
        {
            before[i] = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
        }

        var after = before.ToArray();
        BitMatrix.Transpose(after);

        for (var row = 0; row < BitMatrix.Size; row++)
        {
            for (var column = 0; column < BitMatrix.Size; column++)
            {
                Assert.Equal(before[row] >> column & 1, after[column] >> row & 1);
            }
        }
    }
}
