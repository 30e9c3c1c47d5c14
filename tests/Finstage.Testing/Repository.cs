namespace Finstage.Testing;

/// <summary>Where the repository lies and, beside it, the real data that some tests use.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Finstage.sln</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>Why a test that needs the real data is skipped.</summary>
    public const string NoData = "The recorded market data is not beside this checkout.";

    /// <summary>The folder of recorded market data beside the checkout; it may be missing.</summary>
    public static string Data => Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));

    /// <summary>Whether the recorded market data is there.</summary>
    public static bool HasData => Directory.Exists(Data);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Finstage.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("The tests must run from a build inside the repository.");
    }
}
