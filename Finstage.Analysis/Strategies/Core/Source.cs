using System.Runtime.CompilerServices;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Indicators;

namespace Finstage.Analysis.Strategies;

/// <summary>An indicator and the columns of those of its outputs that some rule looks at. Not thread-safe.</summary>
internal sealed class Source(Indicator indicator)
{
    private (int Output, Series Rows)[] columns = [];

    public Indicator Indicator { get; } = indicator;

    /// <summary>How many outputs it has.</summary>
    public int Width { get; } = indicator.Info.Outputs.Count;

    /// <summary>Which output has a name; negative when none has.</summary>
    public int PlaceOf(string output)
    {
        var outputs = Indicator.Info.Outputs;
        var place = outputs.Count - 1;
        while (place >= 0 && outputs[place] != output)
        {
            place--;
        }

        return place;
    }

    /// <summary>The column of an output, made when nobody looked at it before.</summary>
    public Series ColumnOf(int output, Func<Series> make)
    {
        foreach (var column in columns)
        {
            if (column.Output == output)
            {
                return column.Rows;
            }
        }

        var made = make();
        columns = [.. columns, (output, made)];
        return made;
    }

    /// <summary>Calculates one candle's outputs into a row.</summary>
    public void FillOne(in Candle candle, int row, double[] scratch)
    {
        var wanted = columns;
        if (Width == 1)
        {
            Indicator.FillOne(candle, wanted[0].Rows.From(row, 1));
            return;
        }

        Indicator.FillOne(candle, scratch);
        foreach (ref readonly var column in wanted.AsSpan())
        {
            column.Rows.Set(row, scratch[column.Output]);
        }
    }

    /// <summary>Calculates the outputs of many candles into the rows from one on.</summary>
    public void Fill(ReadOnlySpan<Candle> candles, int firstRow, double[] scratch)
    {
        if (Width == 1)
        {
            Indicator.Fill(candles, columns[0].Rows.From(firstRow, candles.Length));
            return;
        }

        Indicator.Fill(candles, scratch);
        foreach (ref readonly var column in columns.AsSpan())
        {
            var target = column.Rows.From(firstRow, candles.Length);
            ref var first = ref scratch.AsSpan(column.Output, ((candles.Length - 1) * Width) + 1)[0];
            for (var i = 0; i < target.Length; i++)
            {
                // Within the span above: the last is its last.
                target[i] = Unsafe.Add(ref first, i * Width);
            }
        }
    }
}
