using Finstage.Analysis.Statistics;

namespace Finstage.Analysis.Tests.Statistics;

public sealed class StudentTTests
{
    // Critical values of the printed tables.
    [Theory]
    [InlineData(0.05, 1, 12.7062)]
    [InlineData(0.05, 10, 2.2281)]
    [InlineData(0.01, 5, 4.0321)]
    [InlineData(0.001, 30, 3.6460)]
    [InlineData(0.05, 120, 1.9799)]
    public void Critical_OfTheTables_IsTheirs(double tail, int degrees, double expected) =>
        Assert.Equal(expected, StudentT.Critical(tail, degrees), 4);

    [Theory]
    [InlineData(0.1)]
    [InlineData(1e-3)]
    [InlineData(1e-9)]
    [InlineData(1e-14)]
    public void TwoSided_OfACriticalValue_IsItsTail(double tail)
    {
        foreach (var degrees in (int[])[1, 2, 7, 30, 400])
        {
            Assert.Equal(1, StudentT.TwoSided(StudentT.Critical(tail, degrees), degrees) / tail, 9);
        }
    }

    // With one degree it is Cauchy's distribution, with two there is a closed form: both down to the far tails.
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(-2)]
    [InlineData(50)]
    [InlineData(1e6)]
    public void TwoSided_WhereThereIsAClosedForm_IsThat(double t)
    {
        // π/2 − atan(t) = atan(1/t), without taking away what is nearly equal.
        Assert.Equal(1, StudentT.TwoSided(t, 1) / (t == 0 ? 1 : 2 / Math.PI * Math.Atan(1 / Math.Abs(t))), 10);
        var root = Math.Sqrt(2 + (t * t));
        Assert.Equal(1, StudentT.TwoSided(t, 2) / (2 / (root * (root + Math.Abs(t)))), 10);
    }

    [Fact]
    public void TwoSided_OfNothingAndOfEverything_IsNaNAndZero()
    {
        Assert.Equal(double.NaN, StudentT.TwoSided(double.NaN, 5));
        Assert.Equal(0, StudentT.TwoSided(double.PositiveInfinity, 5));
    }
}
