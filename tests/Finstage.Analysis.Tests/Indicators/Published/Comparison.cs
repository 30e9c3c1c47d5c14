using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;

namespace Finstage.Analysis.Tests.Indicators.Published;

/// <summary>What came of comparing one case: how many rows, and how far apart.</summary>
/// <param name="Case">The case.</param>
/// <param name="SeriesRows">Values of whole series compared, absent ones included.</param>
/// <param name="SeriesDifference">The largest difference among them, as a share of the column's largest value.</param>
/// <param name="SingleRows">Single published values compared.</param>
/// <param name="Faults">What did not agree.</param>
internal sealed record Comparison(PublishedCase Case, int SeriesRows, double SeriesDifference, int SingleRows, IReadOnlyList<string> Faults)
{
    private const double Tolerance = 1e-9;

    /// <summary>Compares a case with everything published for it.</summary>
    public static Comparison Of(PublishedCase one)
    {
        var faults = new List<string>();
        var (rows, difference) = Series(one, faults);
        return new Comparison(one, rows, difference, Single(one, faults), faults);
    }

    private static (int Rows, double Difference) Series(PublishedCase one, List<string> faults)
    {
        if (one.File is null)
        {
            return (0, 0);
        }

        var published = PublishedQuotes.Read(Path.Combine(PublishedQuotes.Folder, "full", one.File + ".csv"));
        var ours = Ours(one, "default");
        var (rows, largest) = (0, 0d);
        foreach (var (theirs, output) in one.Columns.Where(c => published[0].ContainsKey(c.Theirs)))
        {
            var values = published.Select(row => PublishedQuotes.Number(row[theirs])).ToArray();
            var scale = values.Where(v => !double.IsNaN(v)).Select(Math.Abs).DefaultIfEmpty().Max();
            for (var i = 0; i + one.Ahead < values.Length; i++)
            {
                var got = ours(output, i + one.Ahead);
                rows++;
                if (double.IsNaN(got) != double.IsNaN(values[i]))
                {
                    faults.Add($"{one.Id} {output} row {i}: {got} against {values[i]}");
                }
                else if (!double.IsNaN(got))
                {
                    var share = scale == 0 ? Math.Abs(got) : Math.Abs(got - values[i]) / scale;
                    largest = Math.Max(largest, share);
                    if (share > Tolerance)
                    {
                        faults.Add($"{one.Id} {output} row {i}: {got:R} against {values[i]:R}");
                    }
                }
            }
        }

        return (rows, largest);
    }

    private static int Single(PublishedCase one, List<string> faults)
    {
        if (one.Expected is null)
        {
            return 0;
        }

        var rows = 0;
        var streamed = new Dictionary<string, Func<string, int, double>>();
        foreach (var row in PublishedQuotes.Expected)
        {
            var column = one.Columns.FirstOrDefault(c => c.Theirs.Equals(row["output"], StringComparison.OrdinalIgnoreCase));
            if ($"{row["indicator"]}|{row["parameters"]}" != one.Expected || row["chain"] != one.Chain || column.Ours is null)
            {
                continue;
            }

            var at = int.Parse(row["index"], System.Globalization.CultureInfo.InvariantCulture) + one.Ahead;
            if (!streamed.TryGetValue(row["dataset"], out var ours))
            {
                streamed.Add(row["dataset"], ours = Ours(one, row["dataset"]));
            }

            // Published rounded, so half a unit of the last digit is theirs.
            var expected = PublishedQuotes.Number(row["value"]);
            var rounding = Math.Max(PublishedQuotes.Number(row["tolerance"]) is var t && double.IsNaN(t) ? 0 : t, Tolerance * Math.Abs(expected));
            var got = ours(column.Ours, at);
            rows++;
            if (double.IsNaN(got) ? !double.IsNaN(expected) : !(Math.Abs(got - expected) <= rounding))
            {
                faults.Add($"{one.Id} {column.Ours} at {at}: {got:R} against {expected:R} in {row["test"]}");
            }
        }

        if (rows == 0)
        {
            faults.Add($"{one.Id}: nothing is published as {one.Expected}");
        }

        return rows;
    }

    private static Func<string, int, double> Ours(PublishedCase one, string dataset)
    {
        var indicator = IndicatorCatalog.Create(one.Id, SeriesContext.Daily);
        var outputs = indicator.Info.Outputs.ToList();
        var rows = Judge.Stream(indicator, [.. PublishedQuotes.Of(dataset).Skip(one.From).Select(one.Feed)]);
        return (output, i) => i >= one.From && i - one.From < rows.Length ? rows[i - one.From][outputs.IndexOf(output)] : double.NaN;
    }
}
