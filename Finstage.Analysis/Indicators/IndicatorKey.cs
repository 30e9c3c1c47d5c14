using System.Globalization;

namespace Finstage.Analysis.Indicators;

/// <summary>
/// An indicator with its parameters, written <c>macd:12,26,9</c>, or <c>obv</c> where all parameters have their defaults. Two keys
/// are equal when they mean the same calculation. Immutable and thread-safe.
/// </summary>
/// <param name="Text">The canonical text: the id, and every parameter unless there is none.</param>
public readonly record struct IndicatorKey(string Text)
{
    /// <summary>The key for an id and a full list of parameters.</summary>
    public static IndicatorKey Of(string id, ReadOnlySpan<double> parameters)
    {
        if (parameters.IsEmpty)
        {
            return new IndicatorKey(id);
        }

        var words = new string[parameters.Length];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = parameters[i].ToString(CultureInfo.InvariantCulture);
        }

        return new IndicatorKey(id + ":" + string.Join(',', words));
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
