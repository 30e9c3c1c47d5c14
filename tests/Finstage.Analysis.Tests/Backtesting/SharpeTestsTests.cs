using Finstage.Analysis.Backtesting;
using Finstage.Analysis.Statistics;

namespace Finstage.Analysis.Tests.Backtesting;

/// <summary>The probabilistic and the deflated Sharpe ratio against their papers, and the normal distribution under them.</summary>
public sealed class SharpeTestsTests
{
    // Tables of the standard normal distribution, to 15 digits.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746068543)]
    [InlineData(-1, 0.158655253931457)]
    [InlineData(1.959963984540054, 0.975)]
    [InlineData(2.5, 0.993790334674224)]
    [InlineData(3, 0.998650101968370)]
    [InlineData(-4, 3.16712418331200e-05)]
    [InlineData(-8, 6.22096057427178e-16)]
    public void Cumulative_PublishedValues_AreMet(double x, double expected) =>
        Assert.Equal(expected, Normal.Cumulative(x), Math.Max(1e-14, 1e-12 * expected));

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.95, 1.644853626951473)]
    [InlineData(0.99, 2.326347874040841)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(0.999999, 4.753424308822899)]
    public void Inverse_PublishedValues_AreMet(double p, double expected) => Assert.Equal(expected, Normal.Inverse(p), 1e-11);

    [Fact]
    public void Inverse_OfCumulative_IsTheValue()
    {
        for (var x = -6.0; x <= 6; x += 0.01)
        {
            var p = Normal.Cumulative(x);
            Assert.Equal(x, Normal.Inverse(p), Math.Max(1e-12, 1e-15 / Math.Exp(-x * x / 2)));
        }
    }

    [Fact]
    public void Probabilistic_NormalReturns_ByHand() =>

        // SR 0.1, n 101: Φ(0.1·10 / √1.005) = Φ(0.99750…).
        Assert.Equal(Normal.Cumulative(1 / Math.Sqrt(1.005)), SharpeTests.Probabilistic(0.1, 0, 101, 0, 3), 1e-12);

    [Fact]
    public void Probabilistic_SkewAndFatTails_CostConfidence()
    {
        var normal = SharpeTests.Probabilistic(0.2, 0, 120, 0, 3);
        Assert.True(SharpeTests.Probabilistic(0.2, 0, 120, -1, 3) < normal);
        Assert.True(SharpeTests.Probabilistic(0.2, 0, 120, 0, 10) < normal);
        Assert.True(SharpeTests.Probabilistic(0.2, 0, 480, 0, 3) > normal);
    }

    [Fact]
    public void Deflated_ExampleOfThePaper_IsMet()
    {
        // Bailey and López de Prado 2014, "A numerical example": annual Sharpe 2.5 of 1,250 daily returns, skewness −3, kurtosis 10, the
        // best of 100 trials whose annual ratios have a variance of ½: SR* = 0.1132 a day, DSR = 0.9004; of 46 trials it would be 0.9505.
        var daily = 2.5 / Math.Sqrt(250);
        var deviation = Math.Sqrt(0.5 / 250);
        var benchmark = SharpeTests.ExpectedHighest(deviation, 100);
        Assert.Equal(0.1132, benchmark, 5e-5);
        Assert.Equal(0.9004, SharpeTests.Probabilistic(daily, benchmark, 1_250, -3, 10), 5e-5);
        Assert.Equal(0.9505, SharpeTests.Probabilistic(daily, SharpeTests.ExpectedHighest(deviation, 46), 1_250, -3, 10), 5e-5);
    }

    [Theory]
    [InlineData(0.0, 100)]
    [InlineData(1.0, 1)]
    [InlineData(0.5, 50.5)]
    [InlineData(-0.3, 100)]
    [InlineData(double.NaN, 100)]
    public void EffectiveTrials_MeanCorrelation_ShrinksThem(double correlation, double expected) =>
        Assert.Equal(expected, SharpeTests.EffectiveTrials(100, correlation), 1e-12);

    [Fact]
    public void Probabilistic_WhatCannotBeTold_IsNaN()
    {
        Assert.True(double.IsNaN(SharpeTests.Probabilistic(double.NaN, 0, 10, 0, 3)));
        Assert.True(double.IsNaN(SharpeTests.Probabilistic(0.1, 0, 1, 0, 3)));
        Assert.Equal(0, SharpeTests.ExpectedHighest(0.1, 1));
    }
}
