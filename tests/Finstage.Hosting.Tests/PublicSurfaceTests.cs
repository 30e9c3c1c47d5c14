namespace Finstage.Hosting.Tests;

public sealed class PublicSurfaceTests
{
    private const int Limit = 10;

    [Fact]
    public void Assembly_PublicTypes_AreTheSeamAndWireAttributes()
    {
        var exported = typeof(GrainHost).Assembly.GetExportedTypes();

        Assert.Contains(typeof(KeyedGrain), exported);
        Assert.Empty(Strangers(exported));
        Assert.InRange(Seam(exported).Length, 1, Limit);
    }

    [Fact]
    public void Assembly_PlantedTypes_AreFound()
    {
        var exported = typeof(GrainHost).Assembly.GetExportedTypes();

        Assert.Equal([typeof(FactAttribute)], Strangers([.. exported, typeof(FactAttribute)]));
        Assert.True(Seam([.. exported, .. Enumerable.Repeat(typeof(CallTable), Limit)]).Length > Limit);
    }

    private static Type[] Seam(Type[] types) => [.. types.Where(t => t.Namespace == "Finstage.Hosting")];

    private static Type[] Strangers(Type[] types) =>
        [.. types.Where(t => t.Namespace is not ("Finstage.Hosting" or "Finstage.Hosting.Wire"))
            .Where(t => t.Namespace?.StartsWith("OrleansCodeGen", StringComparison.Ordinal) != true)];
}
