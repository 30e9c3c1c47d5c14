using Finstage.Analysis;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Strategies;

namespace Finstage.Adapters.Http;

/// <summary>The catalog of strategies as the API and the console show it. Pure and thread-safe.</summary>
public static class StrategyList
{
    /// <summary>Every strategy, with its texts in one language.</summary>
    /// <param name="language"><c>ko</c> or <c>en</c>.</param>
    public static IReadOnlyList<StrategyDto> Of(string language)
    {
        var engine = new SymbolEngine(SeriesContext.Daily, StrategyCatalog.All);
        return
        [
            .. engine.Strategies.Select(s => new StrategyDto(
                s.Info.Id, s.Info.Family, StrategyTexts.Name(s.Info.Id, language), StrategyTexts.Describe(s.Info.Id, language),
                [.. s.Info.Parameters.Select(p => new ParameterDto(p.Name, p.Default, p.Min, p.Max))], s.WarmUp)),
        ];
    }
}
