namespace Finstage.Analysis.Patterns;

/// <summary>A type of event that stood before a last step, within the limit.</summary>
/// <param name="Type">The type.</param>
/// <param name="Latest">How many candles before the last step it was last seen; 0 when it was not.</param>
/// <param name="Farthest">How many candles before the last step it was first seen.</param>
internal readonly record struct Seen(short Type, byte Latest, byte Farthest);

/// <summary>What stood before each place of a type of event: each other type once. Immutable and thread-safe.</summary>
internal sealed class PatternPrefixes
{
    private readonly PatternEvents events;
    private readonly (int Series, int Index)[] places;
    private readonly int[] starts;
    private readonly Seen[] seen;

    /// <summary>Looks back from every place of a type.</summary>
    /// <param name="events">The events.</param>
    /// <param name="last">The type that a sequence ends with.</param>
    /// <param name="limit">How many candles to look back, at most 250.</param>
    public PatternPrefixes(PatternEvents events, short last, int limit)
    {
        this.events = events;
        places = events.Places[last];
        starts = new int[places.Length + 1];
        var all = new List<Seen>(places.Length * 8);
        var at = new int[events.Types.Length];
        for (var i = 0; i < places.Length; i++)
        {
            var (columns, index) = (events.Columns[places[i].Series], places[i].Index);
            var start = all.Count;
            for (var e = index - 1; e >= 0 && columns.Rows[index] - columns.Rows[e] <= limit; e--)
            {
                var back = (byte)(columns.Rows[index] - columns.Rows[e]);
                foreach (var type in columns.At(e))
                {
                    if (at[type] >= start && at[type] < all.Count && all[at[type]].Type == type)
                    {
                        all[at[type]] = all[at[type]] with { Farthest = back };
                    }
                    else
                    {
                        at[type] = all.Count;
                        all.Add(new Seen(type, back, back));
                    }
                }
            }

            starts[i + 1] = all.Count;
        }

        seen = [.. all];
    }

    /// <summary>What stood before a place.</summary>
    public ReadOnlySpan<Seen> Of(int place) => seen.AsSpan(starts[place], starts[place + 1] - starts[place]);

    /// <summary>A type among what stood before a place; nothing with distances of 0 when it did not.</summary>
    public Seen Find(int place, short type)
    {
        foreach (ref readonly var one in Of(place))
        {
            if (one.Type == type)
            {
                return one;
            }
        }

        return default;
    }

    /// <summary>Where a pattern that ends with the type occurs, in order of date, then of series: the series and the last step's row.</summary>
    public IEnumerable<(int Series, int Row)> Occurrences(PatternId id)
    {
        for (var i = 0; i < places.Length; i++)
        {
            var isOne = id.First < 0
                || (id.Middle < 0 ? Find(i, id.First).Latest > 0
                : Find(i, id.Middle).Latest is var latest and > 0 && Find(i, id.First).Farthest > latest);
            if (isOne)
            {
                yield return (places[i].Series, events.Columns[places[i].Series].Rows[places[i].Index]);
            }
        }
    }
}
