namespace Finstage.Testing;

/// <summary>Measures what code allocates.</summary>
public static class Allocation
{
    private const int Rounds = 5;

    /// <summary>
    /// The bytes that work allocates on this thread: the least of several rounds, since a collection that another thread sets off in the
    /// middle of one counts the thread's open allocation buffer as allocated. What the work itself allocates shows in every round.
    /// </summary>
    public static long Of(Action work)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
