using System.Globalization;
using Finstage.Analysis.Candles;

namespace Finstage.Benchmarks;

/// <summary>The work every indicator benchmark does: 55 windows of 2,545 daily candles of ^GSPC, starts 46 rows apart, 139,975 candles.</summary>
internal static class SampleWindows
{
    public const int Count = 55;
    public const int Length = 2_545;
    public const int Step = 46;

    /// <summary>Reads the sample series that the project ships, and cuts it.</summary>
    public static Candle[][] Load()
    {
        var candles = File.ReadLines(Path.Combine(Root(), "samples", "GSPC.1d.csv")).Skip(1).Select(Parse).ToArray();
        return [.. Enumerable.Range(0, Count).Select(i => candles.AsSpan(i * Step, Length).ToArray())];
    }

    private static Candle Parse(string line)
    {
        var fields = line.Split(',');
        double Number(int i) => double.Parse(fields[i], CultureInfo.InvariantCulture);
        var date = DateTimeOffset.Parse(fields[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

        // date, open, high, low, close, adjusted close, volume
        return new Candle(date.ToUnixTimeSeconds(), Number(1), Number(2), Number(3), Number(4), Number(6));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Finstage.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Run the benchmarks from a build inside the repository.");
    }
}
