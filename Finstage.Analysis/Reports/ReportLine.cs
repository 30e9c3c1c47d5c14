using Finstage.Analysis.Patterns;

namespace Finstage.Analysis.Reports;

/// <summary>The parts of the report, in their order.</summary>
public enum ReportSection
{
    /// <summary>The headline.</summary>
    Title = 1,

    /// <summary>What strategies were worth: a block per index, then stocks by what changed, then yesterday's alerts.</summary>
    Backtests = 2,

    /// <summary>What patterns stand out.</summary>
    Patterns = 3,

    /// <summary>What clusters there are, and where symbols stand.</summary>
    Clusters = 4,

    /// <summary>What follows from all that.</summary>
    Insights = 5,

    /// <summary>The figures that matter most.</summary>
    Summary = 6,

    /// <summary>What the words mean.</summary>
    Glossary = 7,

    /// <summary>When the next one comes.</summary>
    Next = 8,
}

/// <summary>
/// One line of the report: a sentence's key, the figures that fill it, and what they rest on. The sentence is made in a language by
/// <see cref="ReportWriter"/>; nothing in it comes from anywhere but the values. Immutable and thread-safe.
/// </summary>
/// <param name="Section">The part it belongs to.</param>
/// <param name="Key">The key of its sentence.</param>
/// <param name="Values">What fills it, in the order of its places; see <see cref="ReportWords"/> for what a value may be.</param>
public sealed record ReportLine(ReportSection Section, string Key, params IReadOnlyList<object?> Values)
{
    /// <summary>Whether a blank line stands before it.</summary>
    public bool OpensBlock { get; init; }

    /// <summary>The observations that its figures rest on; null where it has none.</summary>
    public int? Samples { get; init; }

    /// <summary>The stored rows that its figures come from, as <c>table|key|…</c>; none where it has no figures.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>A symbol, told by its name in the reader's language and its code.</summary>
public sealed record SymbolName(string Code, string Korean, string English);

/// <summary>A strategy, told by its name in the reader's language.</summary>
public sealed record StrategyName(string Id);

/// <summary>A pattern, told by its steps.</summary>
public sealed record PatternName(PatternKind Kind, IReadOnlyList<PatternStep> Steps);

/// <summary>A share, told as a percentage.</summary>
/// <param name="Value">The share; NaN is told as a dash.</param>
/// <param name="Digits">Digits after the point.</param>
/// <param name="IsSigned">Whether a plus stands before what is above zero.</param>
public sealed record Share(double Value, int Digits = 1, bool IsSigned = false)
{
    /// <summary>A change or a return: two digits and a sign.</summary>
    public static Share Return(double value) => new(value, 2, IsSigned: true);
}

/// <summary>A number with a fixed number of digits.</summary>
public sealed record Decimals(double Value, int Digits);

/// <summary>A sentence within a sentence.</summary>
public sealed record Phrase(string Key, params IReadOnlyList<object?> Values);

/// <summary>Several values, one after another.</summary>
/// <param name="Items">The values.</param>
/// <param name="Separator">What stands between two.</param>
public sealed record Several(IReadOnlyList<object> Items, string Separator = ", ");
