namespace Finstage.Grains.News;

/// <summary>How long a source that fails is left alone. Pure and thread-safe.</summary>
public static class NewsBackoff
{
    /// <summary>The longest it is left alone, whatever it asks for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private static readonly TimeSpan First = TimeSpan.FromMinutes(30);

    /// <summary>
    /// The wait after so many failures in a row: 30 minutes, doubled with each further one, at least what the source asks for, at most a
    /// day. With a crawl every 90 minutes the first two cost none.
    /// </summary>
    /// <param name="failures">Failures in a row, 1 or more.</param>
    /// <param name="asked">What the source asks for, zero or more.</param>
    public static TimeSpan After(int failures, TimeSpan asked)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var wait = First * Math.Pow(2, Math.Min(failures - 1, 10));
        wait = asked > wait ? asked : wait;
        return wait < Longest ? wait : Longest;
    }
}
