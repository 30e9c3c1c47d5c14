using Finstage.Hosting;

namespace Finstage.Grains.Interfaces;

/// <summary>Which kind of grain may call which: a call against this table throws at once, so a deadlock cannot arise.</summary>
public static class Calls
{
    /// <summary>The table of <c>docs/architecture.md</c>.</summary>
    public static CallTable Table { get; } = new CallTable()
        .Allow("Job", "Market", "Symbol", "News", "Report", "Notifier")
        .Allow("Bot", "Market", "Symbol", "News", "Report", "Notifier")
        .Allow("Market", "Symbol")
        .Allow("Report", "Symbol", "Notifier")
        .Allow("Symbol", "Notifier");
}
