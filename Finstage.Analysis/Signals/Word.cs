using System.Runtime.CompilerServices;

namespace Finstage.Analysis.Signals;

/// <summary>
/// One of the few texts that signals repeat, such as a strategy's identifier, as a number: a signal that holds no reference is copied
/// without the collector's help. The numbers hold for this process alone and are never stored. Immutable and thread-safe.
/// </summary>
internal readonly record struct Word
{
    /// <summary>Far more than there are strategies and reasons; words are never forgotten.</summary>
    public const int Limit = ushort.MaxValue;

    private const int Places = 2_048;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, Entry> Known = new(StringComparer.Ordinal) { [string.Empty] = new Entry(string.Empty, default) };

    // By a text's looks, the last that had them: nearly always the one that is asked for.
    private static readonly Entry?[] Recent = new Entry?[Places];
    private static string[] texts = [string.Empty];

    private readonly ushort number;

    private Word(ushort number) => this.number = number;

    /// <summary>The text; empty for the default word.</summary>
    public string Text => Volatile.Read(ref texts)[number];

    /// <summary>The word of a text.</summary>
    /// <exception cref="InvalidOperationException">There are more than <see cref="Limit"/> texts.</exception>
    public static Word Of(string text)
    {
        ref var recent = ref Recent[PlaceOf(text)];
        var entry = recent;
        if (entry is null || entry.Text != text)
        {
            entry = Find(text);
            recent = entry;
        }

        return entry.Word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlaceOf(string text)
    {
        var length = text.Length;
        return length < 2 ? length : ((length * 37) + (text[0] * 71) + (text[length / 2] * 131) + (text[length / 3] * 257) + (text[length - 2] * 29)) & (Places - 1);
    }

    private static Entry Find(string text)
    {
        lock (Gate)
        {
            if (!Known.TryGetValue(text, out var entry))
            {
                var count = texts.Length;
                if (count > Limit)
                {
                    throw new InvalidOperationException($"Signals know at most {Limit} strategies and reasons; '{text}' is one too many.");
                }

                entry = new Entry(text, new Word((ushort)count));
                Volatile.Write(ref texts, [.. texts, text]);
                Known.Add(text, entry);
            }

            return entry;
        }
    }

    private sealed record Entry(string Text, Word Word);
}
