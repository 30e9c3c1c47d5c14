using Finstage.Testing;

namespace Finstage.Analysis.Tests.Indicators;

/// <summary>A page whose content is calculated: checked by a test, and written anew when asked for.</summary>
internal static class GeneratedPage
{
    private const string Switch = "FINSTAGE_WRITE_DOCS";

    /// <summary>The sentence that tells readers of a page how it is made.</summary>
    public const string Note =
        "_Generated and checked by the tests. To write it anew: `FINSTAGE_WRITE_DOCS=1 dotnet test tests/Finstage.Analysis.Tests`._";

    /// <summary>Fails unless the page says exactly this; with <c>FINSTAGE_WRITE_DOCS=1</c> writes it first.</summary>
    public static void Check(string page, string expected)
    {
        var file = Path.Combine(Repository.Root, page);
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, expected);
        }

        Assert.True(File.Exists(file), $"{page} is missing; {Switch}=1 writes it.");
        Assert.Equal(expected, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }
}
