namespace Finstage.Silo;

/// <summary>Settings that cannot be used; the message lists every fault at once, each with its name and what to write.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults)
    : Exception("The settings have faults:" + string.Concat(faults.Select(fault => $"{Environment.NewLine}  {fault}")))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
