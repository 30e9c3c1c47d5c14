namespace Finstage.Silo.Startup;

/// <summary>Tells the person at the terminal what happens, line by line. Thread-safe.</summary>
internal sealed class Narrator(TextWriter output)
{
    private readonly Lock gate = new();

    public void Say(string line)
    {
        lock (gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
