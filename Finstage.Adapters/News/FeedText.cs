using System.Text;

namespace Finstage.Adapters.News;

/// <summary>
/// Makes text of a feed's bytes: by their byte order mark, else as the XML declares, else as UTF-8, else as the server declares, else
/// as Windows-1252. Servers often declare what they do for all files, and bytes that are UTF-8 by chance are rare. A declaration under
/// which the bytes are no text is not believed, but UTF-8 with a few bad bytes is, and an answer may break off within a character. Text that was wrongly decoded before it came here stays as it is. Pure and thread-safe.
/// </summary>
internal static class FeedText
{
    private const int MaxDeclaration = 256;
    private const int Western = 1252;

    public static string Decode(ReadOnlySpan<byte> body, string? charset)
    {
        if (FromMark(body) is { } marked)
        {
            return marked;
        }

        foreach (var name in new[] { Declared(body), "utf-8", charset })
        {
            if (Named(name) is { } encoding && TryDecode(encoding, body) is { } text)
            {
                return text;
            }
        }

        return MostlyUtf8(body) ?? (CodePagesEncodingProvider.Instance.GetEncoding(Western) ?? Encoding.Latin1).GetString(body);
    }

    private static string? FromMark(ReadOnlySpan<byte> body) => body switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.UTF8.GetString(rest),
        [0xFF, 0xFE, 0, 0, .. var rest] => Encoding.UTF32.GetString(rest),
        [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
        [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),

        // Without a mark the first character of XML gives them away.
        [(byte)'<', 0, not 0, 0, ..] => Encoding.Unicode.GetString(body),
        [0, (byte)'<', 0, not 0, ..] => Encoding.BigEndianUnicode.GetString(body),
        _ => null,
    };

    /// <summary>The encoding that the XML declaration names.</summary>
    private static string? Declared(ReadOnlySpan<byte> body)
    {
        var start = Encoding.Latin1.GetString(body[..Math.Min(MaxDeclaration, body.Length)]).TrimStart();
        var end = start.StartsWith("<?xml", StringComparison.Ordinal) ? start.IndexOf("?>", StringComparison.Ordinal) : -1;
        var at = end < 0 ? -1 : start.IndexOf("encoding", 0, end, StringComparison.Ordinal);
        var opened = at < 0 ? -1 : start.IndexOfAny(['"', '\''], at, end - at);
        var closed = opened < 0 ? -1 : start.IndexOf(start[opened], opened + 1);
        return closed < 0 || closed > end ? null : start[(opened + 1)..closed];
    }

    /// <summary>An encoding that refuses what it cannot decode; null for one that is unknown, or that cannot have declared itself so.</summary>
    private static Encoding? Named(string? name)
    {
        // What calls itself Latin-1 is Windows-1252 with its quotes and dashes, as browsers have it.
        var known = name?.Trim().ToLowerInvariant() switch
        {
            null or "" => null,
            "iso-8859-1" or "latin1" or "us-ascii" or "ascii" => "windows-1252",
            "euc-kr" or "ks_c_5601-1987" or "cp949" or "ms949" => "ks_c_5601-1987",
            var other => other,
        };
        try
        {
            var encoding = known is null ? null : CodePagesEncodingProvider.Instance.GetEncoding(known) ?? Encoding.GetEncoding(known);

            // The name was read byte by byte, so the text is not in units of two or four.
            return encoding is null or UnicodeEncoding or UTF32Encoding
                ? null
                : Strict(encoding);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    /// <summary>The text as UTF-8 with a mark for each bad byte, where good characters beyond ASCII outnumber them; else null.</summary>
    private static string? MostlyUtf8(ReadOnlySpan<byte> body)
    {
        const char bad = '\uFFFD';
        var text = Encoding.UTF8.GetString(body);
        return text.Count(c => c > '\u007F' && c != bad) > text.Count(c => c == bad) ? text : null;
    }

    // Not flushed: the beginning of a character at the very end is where the answer breaks off, and no reason to doubt the encoding.
    private static string? TryDecode(Encoding encoding, ReadOnlySpan<byte> body)
    {
        var text = new char[encoding.GetMaxCharCount(body.Length)];
        try
        {
            return new string(text, 0, encoding.GetDecoder().GetChars(body, text, flush: false));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
