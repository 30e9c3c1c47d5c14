namespace Finstage.Hosting.Tests;

public sealed class GrainIdTests
{
    [Fact]
    public void KindOf_Contract_IsItsNameWithoutTheEnds() => Assert.Equal("Weather", GrainId.KindOf(typeof(IWeatherGrain)));

    [Theory]
    [InlineData(typeof(IWeather))]
    [InlineData(typeof(IGrain))]
    public void KindOf_OtherName_Throws(Type contract) =>
        Assert.Throws<InvalidOperationException>(() => GrainId.KindOf(contract));

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public void Check_LengthInRange_IsAccepted(int length) => GrainId.Check(new string('a', length), "key");

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public void Check_LengthOutOfRange_Throws(int length) =>
        Assert.Throws<ArgumentException>("key", () => GrainId.Check(new string('a', length), "key"));

    [Fact]
    public void ToString_Id_IsKindAndKey() => Assert.Equal("Symbol/AAPL", new GrainId("Symbol", "AAPL").ToString());
}

// Not private: a host's generated code refers to every contract.
public interface IWeatherGrain : IKeyedGrain;

public interface IWeather : IKeyedGrain;

public interface IGrain : IKeyedGrain;
