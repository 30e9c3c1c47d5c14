using Finstage.Client.Output;

namespace Finstage.Client.Tests.Output;

public sealed class TableFitTests
{
    private const string Sentence = "The close of 285.59 is -2.15 % from its average of 291.85, below the corridor.";

    [Fact]
    public void WriteTable_WithRoom_IsAsWideAsItsTexts()
    {
        var lines = Written(80, ["Symbol", "Close"], [["AAPL", "1.00"]], [1], []);

        Assert.Equal(["╭────────┬───────╮", "│ Symbol │ Close │", "├────────┼───────┤", "│ AAPL   │  1.00 │", "╰────────┴───────╯"], lines);
    }

    [Fact]
    public void WriteTable_LongText_IsBrokenBetweenWordsAndNothingElseIs()
    {
        var lines = Written(60, ["Time", "Way", "Reason"], [["2026-03-02 14:30", "BUY", Sentence]], [], []);

        Assert.All(lines, l => Assert.Equal(60, TableFit.Cells(l)));
        Assert.Contains("│ 2026-03-02 14:30 │ BUY │", lines[3], StringComparison.Ordinal);
        Assert.Equal(Sentence, string.Join(' ', lines[3..^1].Select(l => l.Split('│')[3].Trim())));
    }

    [Fact]
    public void WriteTable_NoRoomForTheText_PutsItBeneathItsRow()
    {
        var lines = Written(40, ["Strategy", "Close", "Reason"], [["BOLLINGER_LOWER_BOUNCE", "285.59", Sentence], ["MA", "1.00", ""]], [1], []);

        Assert.Equal(
            ["Strategy                 Close", "BOLLINGER_LOWER_BOUNCE  285.59", "    The close of 285.59 is -2.15 % from", "    its average of 291.85, below the", "    corridor.", "MA                        1.00"],
            lines);
    }

    [Fact]
    public void WriteTable_WhatMayBeLeftOut_IsLeftOutInItsOrderAndNoFurther()
    {
        string[][] rows = [["AAPL", "1,234.56", "2,345.67", "3,456.78"]];

        Assert.Contains("│ AAPL   │ 1,234.56 │ 3,456.78 │", Written(40, ["Symbol", "A", "B", "C"], rows, [1, 2, 3], [2, 1]));
        Assert.Contains("│ AAPL   │ 3,456.78 │", Written(30, ["Symbol", "A", "B", "C"], rows, [1, 2, 3], [2, 1]));
    }

    [Fact]
    public void WriteTable_Korean_IsMeasuredInCells()
    {
        var lines = Written(24, ["이름", "Price"], [["마이크로소프트", "1.00"]], [1], []);

        Assert.All(lines, l => Assert.Equal(lines.Max(TableFit.Cells), TableFit.Cells(l)));
        Assert.Equal(24, TableFit.Cells(lines[0]));
    }

    [Fact]
    public void WriteTable_WithoutRows_HasItsHeaders() => Assert.Contains("│ Symbol │", Written(80, ["Symbol"], [], [], []));

    private static string[] Written(int width, string[] headers, string[][] rows, int[] numbers, int[] leaveOut)
    {
        var output = new StringWriter();
        new Screen(output, TextWriter.Null, width).WriteTable(headers, rows, numbers, leaveOut);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
