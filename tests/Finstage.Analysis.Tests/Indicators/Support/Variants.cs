using System.Globalization;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;

namespace Finstage.Analysis.Tests.Indicators;

/// <summary>The parameters under which each indicator is tested: its defaults, and each parameter at its edge and elsewhere.</summary>
internal static class Variants
{
    /// <summary>Texts such as <c>rsi:14</c>, all of which the catalog takes.</summary>
    public static IEnumerable<string> Of(IndicatorInfo info)
    {
        yield return info.Id;
        for (var i = 0; i < info.Parameters.Count; i++)
        {
            foreach (var value in Values(info.Parameters[i]))
            {
                var words = info.Parameters.Select((p, k) => (k == i ? value : p.Default).ToString(CultureInfo.InvariantCulture));
                var text = $"{info.Id}:{string.Join(',', words)}";
                if (IsTaken(text))
                {
                    yield return text;
                }
            }
        }
    }

    private static IEnumerable<double> Values(IndicatorParameter parameter) => parameter switch
    {
        { IsInteger: true, Max: <= 10 } => Enumerable.Range(0, (int)parameter.Max + 1).Select(v => (double)v).Except([parameter.Default]),
        { IsInteger: true } => [parameter.Min, parameter.Min + 1, 7, 61],
        _ => [Math.Max(parameter.Min, parameter.Default / 2), Math.Min(parameter.Max, (parameter.Default * 1.7) + 0.01)],
    };

    private static bool IsTaken(string text)
    {
        try
        {
            IndicatorCatalog.Create(text, SeriesContext.Daily);
            return true;
        }
        catch (IndicatorException)
        {
            return false;
        }
    }
}
