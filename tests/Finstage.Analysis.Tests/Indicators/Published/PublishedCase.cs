using Finstage.Analysis.Candles;

namespace Finstage.Analysis.Tests.Indicators.Published;

/// <summary>Which published values one of our indicators must meet.</summary>
/// <param name="Id">Our indicator, with its parameters.</param>
/// <param name="File">The file of whole series, without its ending; null when there is none for these parameters.</param>
/// <param name="Expected">Indicator and parameters in the file of single values, separated by a bar; null when there are none.</param>
/// <param name="Columns">Published column → our output, any case.</param>
internal sealed record PublishedCase(string Id, string? File, string? Expected, params (string Theirs, string Ours)[] Columns)
{
    /// <summary>The chain in the file of single values, such as <c>Use(CandlePart.Open)</c>.</summary>
    public string Chain { get; init; } = "";

    /// <summary>What is done to the candles first, for values of something other than the close.</summary>
    public Func<Candle, Candle> Feed { get; init; } = c => c;

    /// <summary>The first candle that is streamed.</summary>
    public int From { get; init; }

    /// <summary>By how many candles their row lies before ours, for the one column that looks ahead.</summary>
    public int Ahead { get; init; }

    /// <summary>The convention chosen, where there are several.</summary>
    public string Convention { get; init; } = "";
}
