using System.Globalization;

namespace Finstage.Silo;

/// <summary>How the program was asked to run. The token stands in <c>TelegramOptions</c>, never here.</summary>
internal sealed class SiloOptions
{
    /// <summary>The data folder, relative to the folder where the program was started. Default <c>data</c>.</summary>
    public string Data { get; set; } = "data";

    /// <summary>Where the program listens: one http address of this machine. Default <c>http://127.0.0.1:5080</c>.</summary>
    public string Urls { get; set; } = "http://127.0.0.1:5080";

    /// <summary>The language of chats that have none of their own: <c>ko</c> or <c>en</c>. Default <c>ko</c>.</summary>
    public string Language { get; set; } = "ko";

    /// <summary>The list of the symbols to watch from the start, a CSV file; null for the list beside the program. Default null.</summary>
    public string? Symbols { get; set; }

    /// <summary>Whether backtests, patterns and clusters, where there are none yet, are found after the first start instead of the next morning. Default true.</summary>
    public bool FirstInsights { get; set; } = true;

    /// <summary>A price file to play as if live; null for none.</summary>
    public string? Replay { get; set; }

    /// <summary>How many times faster than the market a file is played, from 0.01, or <c>max</c>. Default <c>max</c>.</summary>
    public string Speed { get; set; } = "max";

    /// <summary>The symbol of the replayed file; null for the file's own.</summary>
    public string? Symbol { get; set; }

    /// <summary>The interval of the replayed file; null for the file's own.</summary>
    public string? Interval { get; set; }

    /// <summary>Whether the replayed file may replace a series from another source.</summary>
    public bool Replace { get; set; }

    /// <summary>The speed as a number; infinity for <c>max</c>, NaN when it is neither.</summary>
    public double SpeedFactor =>
        string.Equals(Speed, "max", StringComparison.OrdinalIgnoreCase) ? double.PositiveInfinity
        : double.TryParse(Speed, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) ? factor
        : double.NaN;
}
