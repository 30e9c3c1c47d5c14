using System.Reflection;
using System.Reflection.Emit;
using Finstage.Hosting.Embedded;
using Microsoft.Extensions.Hosting;

namespace Finstage.Hosting.Tests.Embedded;

public sealed class GrainContractTests
{
    public interface INowGrain : IKeyedGrain
    {
        int Now();
    }

    public interface IValueGrain : IKeyedGrain
    {
        ValueTask GetAsync();
    }

    public interface IPropertyGrain : IKeyedGrain
    {
        string Name { get; }
    }

    public interface IGenericGrain : IKeyedGrain
    {
        Task PutAsync<T>(T value);
    }

    public interface IByRefGrain : IKeyedGrain
    {
        Task PutAsync(in int value);
    }

    [Theory]
    [InlineData(typeof(NowGrain), "INowGrain.Now returns System.Int32")]
    [InlineData(typeof(ValueGrain), "returns System.Threading.Tasks.ValueTask")]
    [InlineData(typeof(PropertyGrain), "get_Name")]
    [InlineData(typeof(GenericGrain), "neither generic nor")]
    [InlineData(typeof(ByRefGrain), "by reference")]
    [InlineData(typeof(NoContract), "exactly one grain contract, it implements 0")]
    [InlineData(typeof(TwoContracts), "exactly one grain contract, it implements 2")]
    [InlineData(typeof(Open<>), "must not be generic")]
    public void Of_ClassThatBreaksARule_ThrowsSayingWhich(Type grainClass, string says)
    {
        var error = Assert.Throws<InvalidOperationException>(() => GrainContract.Of(grainClass));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_Assembly_FindsEveryGrainOnce()
    {
        var assembly = typeof(AlphaGrain).Assembly;

        var kinds = GrainContract.Scan([assembly, assembly]).Select(c => c.Kind);

        Assert.Equal(["Alpha", "Beta", "Gamma"], kinds.Order());
    }

    [Fact]
    public void AddGrainHost_AssemblyWithABadGrain_IsRefusedAtRegistration()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);

        var error = Assert.Throws<InvalidOperationException>(
            () => builder.AddGrainHost(new CallTable(), null, AssemblyWith(typeof(NowGrain))));

        Assert.Contains("a grain's method returns Task", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddGrainHost_TwoClassesOfAKind_IsRefused()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);

        var error = Assert.Throws<InvalidOperationException>(() => builder.AddGrainHost(
            new CallTable(), null, AssemblyWith(typeof(EmptyGrain)), AssemblyWith(typeof(EmptyGrain))));

        Assert.Contains("2 grain classes of kind Empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddGrainHost_Twice_IsRefused()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddGrainHost(new CallTable(), null);

        Assert.Throws<InvalidOperationException>(() => builder.AddGrainHost(new CallTable(), null));
    }

    [Fact]
    public void AddGrainHost_OptionOutOfRange_IsRefused()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);

        Assert.Throws<ArgumentException>(() => builder.AddGrainHost(new CallTable(), o => o.MailboxLimit = 0));
    }

    [Fact]
    public void AddGrainHost_Table_IsFixedFromThenOn()
    {
        var table = new CallTable();

        Host.CreateEmptyApplicationBuilder(null).AddGrainHost(table, null);

        Assert.Throws<InvalidOperationException>(() => table.Allow("Job", "Symbol"));
    }

    [Fact]
    public void Name_OfThisBuild_IsEmbedded() => Assert.Equal("Embedded", GrainHost.Name);

    // The bad classes are abstract, so that a scan of this assembly passes them by; a made one inherits from them.
    private static AssemblyBuilder AssemblyWith(Type parent)
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Planted"), AssemblyBuilderAccess.Run);
        assembly.DefineDynamicModule("Planted").DefineType("Planted", TypeAttributes.Public, parent).CreateType();
        return assembly;
    }

    public abstract class NowGrain : KeyedGrain, INowGrain
    {
        public int Now() => 0;
    }

    public abstract class ValueGrain : KeyedGrain, IValueGrain
    {
        public ValueTask GetAsync() => ValueTask.CompletedTask;
    }

    public abstract class PropertyGrain : KeyedGrain, IPropertyGrain
    {
        public string Name => Key;
    }

    public abstract class GenericGrain : KeyedGrain, IGenericGrain
    {
        public Task PutAsync<T>(T value) => Task.CompletedTask;
    }

    public abstract class ByRefGrain : KeyedGrain, IByRefGrain
    {
        public Task PutAsync(in int value) => Task.CompletedTask;
    }

    public abstract class NoContract : KeyedGrain;

    public abstract class TwoContracts : KeyedGrain, IEmptyGrain, IOtherGrain;

    public abstract class Open<T> : KeyedGrain, IEmptyGrain;

    public abstract class EmptyGrain : KeyedGrain, IEmptyGrain;

    public interface IEmptyGrain : IKeyedGrain;

    public interface IOtherGrain : IKeyedGrain;
}
