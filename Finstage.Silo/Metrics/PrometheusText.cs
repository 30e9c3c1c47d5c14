using System.Globalization;
using System.Text;

namespace Finstage.Silo.Metrics;

/// <summary>Writes metrics in Prometheus' text format, version 0.0.4: units and <c>_total</c> in the names, base units alone.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes families; those that share a name are written as one.</summary>
    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder(16 * 1024);
        foreach (var same in families.GroupBy(NameOf).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var first = same.First();
            if (first.Help is { } help)
            {
                text.Append("# HELP ").Append(same.Key).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
            }

            text.Append("# TYPE ").Append(same.Key).Append(' ').Append(first.Kind switch
            {
                MetricKind.Counter => "counter",
                MetricKind.Gauge => "gauge",
                _ => "histogram",
            }).Append('\n');
            foreach (var series in same.Where(f => f.Kind == first.Kind).SelectMany(f => f.Series))
            {
                Append(text, same.Key, first.Kind, series);
            }
        }

        return text.ToString();
    }

    /// <summary>The name that Prometheus knows an instrument by.</summary>
    public static string NameOf(MetricFamily family)
    {
        var name = Legal(family.Name);
        var unit = family.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "1" when family.Kind == MetricKind.Gauge => "_ratio",
            _ => string.Empty,
        };
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return family.Kind == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>Labels as they stand behind a name; empty where there are none.</summary>
    public static string Labels(IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        if (labels.Count == 0)
        {
            return string.Empty;
        }

        var text = new StringBuilder("{");
        foreach (var (name, value) in labels)
        {
            text.Append(text.Length == 1 ? string.Empty : ",").Append(Legal(name)).Append("=\"");
            foreach (var c in value)
            {
                text.Append(c switch { '\\' => "\\\\", '"' => "\\\"", '\n' => "\\n", _ => c.ToString() });
            }

            text.Append('"');
        }

        return text.Append('}').ToString();
    }

    private static void Append(StringBuilder text, string name, MetricKind kind, MetricSeries series)
    {
        if (kind != MetricKind.Histogram)
        {
            text.Append(name).Append(Labels(series.Labels)).Append(' ').Append(Number(series.Value)).Append('\n');
            return;
        }

        long below = 0;
        for (var i = 0; i < series.Buckets.Count; i++)
        {
            below += series.Buckets[i];
            var bound = i < series.Bounds.Count ? Number(series.Bounds[i]) : "+Inf";
            text.Append(name).Append("_bucket").Append(Labels([.. series.Labels, new("le", bound)])).Append(' ').Append(below).Append('\n');
        }

        text.Append(name).Append("_sum").Append(Labels(series.Labels)).Append(' ').Append(Number(series.Value)).Append('\n');
        text.Append(name).Append("_count").Append(Labels(series.Labels)).Append(' ').Append(series.Count).Append('\n');
    }

    private static string Number(double value) => double.IsNaN(value) ? "NaN"
        : double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Legal(string name)
    {
        var legal = new StringBuilder(name.Length + 1);
        foreach (var c in name)
        {
            legal.Append(char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_');
        }

        return legal.Length == 0 || char.IsAsciiDigit(legal[0]) ? "_" + legal : legal.ToString();
    }
}
