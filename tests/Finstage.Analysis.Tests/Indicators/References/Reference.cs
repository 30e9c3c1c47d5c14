namespace Finstage.Analysis.Tests.Indicators.References;

/// <summary>How far back an indicator looks.</summary>
internal enum Memory
{
    /// <summary>Over its window alone.</summary>
    Window,

    /// <summary>Ever further, ever more faintly.</summary>
    Fading,

    /// <summary>To the first candle by its state, though its numbers fade.</summary>
    Path,

    /// <summary>To the first candle.</summary>
    All,
}

/// <summary>The plain batch form of an indicator: naive, separate from the kernels, and the judge over them.</summary>
/// <param name="Columns">Calculates every output.</param>
/// <param name="Memory">How far back it looks.</param>
internal sealed record Reference(Func<Input, Column[]> Columns, Memory Memory = Memory.Window)
{
    private static readonly Dictionary<string, Reference> References = new[]
    {
        AverageReferences.All, MomentumReferences.All, TrendReferences.All, VolatilityReferences.All, VolumeReferences.All, LevelReferences.All,
    }.SelectMany(family => family).ToDictionary();

    /// <summary>Every id that has a reference.</summary>
    public static IReadOnlyCollection<string> Ids => References.Keys;

    /// <summary>The reference of an indicator.</summary>
    public static Reference Of(string id) => References.TryGetValue(id, out var reference)
        ? reference
        : throw new InvalidOperationException($"Indicator '{id}' has no plain reference; write one beside the others.");
}
