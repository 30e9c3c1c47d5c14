using Finstage.Testing;

namespace Finstage.Adapters.Tests;

/// <summary>Answers as servers have sent them.</summary>
internal static class Recorded
{
    /// <summary>The answers of one kind of feed, by name; a test that uses them is skipped where they are missing.</summary>
    public static IReadOnlyDictionary<string, byte[]> All(string kind, params string[] endings)
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        return Directory.GetFiles(Path.Combine(Repository.Data, "feeds", kind))
            .Where(path => endings.Any(e => path.EndsWith(e, StringComparison.Ordinal)) && !Path.GetFileName(path).StartsWith("LICENSE", StringComparison.Ordinal))
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
    }

    /// <summary>A body as bad lines make it: cut off, with bytes turned, or both.</summary>
    public static byte[] Damaged(byte[] body, Random random)
    {
        var copy = body[..(random.Next(3) == 0 ? body.Length : random.Next(body.Length + 1))];
        for (var flips = random.Next(6); flips > 0 && copy.Length > 0; flips--)
        {
            copy[random.Next(copy.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"{}[]<>&\"',:0-9eE.n\0"[random.Next(19)];
        }

        return copy;
    }
}
