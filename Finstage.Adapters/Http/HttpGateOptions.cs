namespace Finstage.Adapters.Http;

/// <summary>How fast, how long and how often other people's servers are asked. Every limit holds for each host by itself.</summary>
public sealed class HttpGateOptions
{
    /// <summary>The most requests under way at once, 1 to 32. Default 5.</summary>
    public int MaxConcurrent { get; set; } = 5;

    /// <summary>The least time between the starts of two requests, 0 to 60 seconds. Default 0.5 seconds.</summary>
    public TimeSpan Spacing { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The most questions that wait for their turn, 1 to 100,000; those beyond fail at once. Default 1,000.</summary>
    public int MaxWaiting { get; set; } = 1_000;

    /// <summary>How long one request may take, its answer read to the end, 1 second to 5 minutes. Default 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request that failed by chance is repeated, 0 to 10 times. Default 3.</summary>
    public int Retries { get; set; } = 3;

    /// <summary>The wait before the first repetition, 0.1 to 60 seconds; it doubles each time and is jittered. Default 1 second.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause after a 429 that names none, 0 to 10 minutes. Default 5 seconds.</summary>
    public TimeSpan DefaultPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The longest pause asked for by a host that is waited for, 0 to 1 hour. While a longer one lasts, questions fail at once. Default
    /// 2 minutes.
    /// </summary>
    public TimeSpan MaxPause { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The share of failures from which a host is left alone for a while, 0.1 to 1. Default 0.6.</summary>
    public double BreakRatio { get; set; } = 0.6;

    /// <summary>The fewest requests that the share is judged by, 2 to 1,000. Default 8.</summary>
    public int BreakRequests { get; set; } = 8;

    /// <summary>The time over which the share is taken, 1 second to 1 hour. Default 2 minutes.</summary>
    public TimeSpan BreakWindow { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a failing host is left alone before one request tries it again, 1 second to 1 hour. Default 1 minute.</summary>
    public TimeSpan BreakPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What scatters the waits between repetitions. Default the process's own.</summary>
    internal Random Random { get; init; } = Random.Shared;

    /// <summary>Every fault of these options; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        void Check(bool isGood, string fault)
        {
            if (!isGood)
            {
                faults.Add($"Feeds:Http:{fault}");
            }
        }

        static bool Within(TimeSpan value, double from, double to) => value.TotalSeconds >= from && value.TotalSeconds <= to;
        Check(MaxConcurrent is >= 1 and <= 32, "MaxConcurrent is not between 1 and 32.");
        Check(Within(Spacing, 0, 60), "Spacing is not between 0 and 60 seconds.");
        Check(MaxWaiting is >= 1 and <= 100_000, "MaxWaiting is not between 1 and 100000.");
        Check(Within(Timeout, 1, 300), "Timeout is not between 1 second and 5 minutes.");
        Check(Retries is >= 0 and <= 10, "Retries is not between 0 and 10.");
        Check(Within(RetryDelay, 0.1, 60), "RetryDelay is not between 0.1 and 60 seconds.");
        Check(Within(DefaultPause, 0, 600), "DefaultPause is not between 0 and 10 minutes.");
        Check(Within(MaxPause, 0, 3_600), "MaxPause is not between 0 and 1 hour.");
        Check(BreakRatio is >= 0.1 and <= 1, "BreakRatio is not between 0.1 and 1.");
        Check(BreakRequests is >= 2 and <= 1_000, "BreakRequests is not between 2 and 1000.");
        Check(Within(BreakWindow, 1, 3_600), "BreakWindow is not between 1 second and 1 hour.");
        Check(Within(BreakPause, 1, 3_600), "BreakPause is not between 1 second and 1 hour.");
        return faults;
    }
}
