using Finstage.Analysis.PriceAlerts;
using Finstage.Analysis.Symbols;

namespace Finstage.Analysis.Tests.PriceAlerts;

public sealed class PriceThresholdsTests
{
    [Fact]
    public void With_Override_TakesThePlaceOfWhatItNames()
    {
        var stock = PriceThresholds.For(SymbolCategory.Stock);

        Assert.Equal(stock with { Rise = 5, FromHigh = -12 }, stock.With(new PriceThresholdOverride(Rise: 5, FromHigh: -12)));
        Assert.Same(stock, stock.With(null));
    }

    [Theory]
    [InlineData(-1.0, null, null, "Rise is -1, but it must be from 0.01 to 10000.")]
    [InlineData(0.0, null, null, "Rise is 0, but it must be from 0.01 to 10000.")]
    [InlineData(null, 3.0, null, "Drop is 3, but it must be from -10000 to -0.01.")]
    [InlineData(null, null, double.NaN, "FromHigh is NaN, but it must be from -10000 to -0.01.")]
    [InlineData(null, null, double.NegativeInfinity, "FromHigh is -∞, but it must be from -10000 to -0.01.")]
    public void Fault_WrongValue_NamesItAndTheRange(double? rise, double? drop, double? fromHigh, string expected)
    {
        var own = new PriceThresholdOverride(rise, drop, fromHigh);

        Assert.Equal(expected.Replace("-∞", "-Infinity", StringComparison.Ordinal), own.Fault());
        Assert.Throws<ArgumentException>(() => PriceThresholds.For(SymbolCategory.Index).With(own));
    }

    [Fact]
    public void For_EveryCategory_HasSaneValuesAndOnlyYieldsCountBasisPoints() => Assert.All(Enum.GetValues<SymbolCategory>(), category =>
    {
        var (rise, drop, fromHigh, unit) = PriceThresholds.For(category);
        Assert.True(rise > 0 && drop == -rise && fromHigh < drop);
        Assert.Equal(category == SymbolCategory.Yield, unit == ChangeUnit.BasisPoints);
    });

    [Fact]
    public void Code_EveryKind_IsReadBack() => Assert.All(PriceAlertKinds.All, kind =>
    {
        Assert.True(PriceAlertKinds.TryParse(kind.Code(), out var read));
        Assert.Equal(kind, read);
        Assert.False(PriceAlertKinds.TryParse("moon", out _));
    });
}
