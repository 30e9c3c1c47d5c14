using System.Globalization;
using Finstage.Adapters.Storage;
using Finstage.Testing;

namespace Finstage.Adapters.Tests.Storage;

public sealed class DataFolderTests : IDisposable
{
    private readonly TempFolder temp = new();

    [Fact]
    public void Open_MissingFolder_IsCreated()
    {
        using var folder = DataFolder.Open(temp.File("a/b"));

        Assert.True(Directory.Exists(temp.File("a/b")));
        Assert.Equal(temp.File("a/b/finstage.db"), folder.DatabasePath);
    }

    [Fact]
    public void Open_HeldFolder_IsRefusedWithItsName()
    {
        using var first = DataFolder.Open(temp.Path);

        var e = Assert.Throws<DataFolderException>(() => DataFolder.Open(temp.Path));

        Assert.True(e.IsHeld);
        Assert.Equal(temp.Path, e.Folder);
        Assert.Contains(temp.Path, e.Message, StringComparison.Ordinal);
        Assert.Contains("Stop that process", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterDispose_Succeeds()
    {
        DataFolder.Open(temp.Path).Dispose();

        using var second = DataFolder.Open(temp.Path);

        Assert.Equal(temp.Path, second.Path);
    }

    [Fact]
    public void Open_StaleLockFile_Succeeds()
    {
        // What a killed process leaves: the file, without the lock.
        temp.Write("finstage.lock", "12345678901234567890\n");

        DataFolder.Open(temp.Path).Dispose();

        Assert.Equal($"{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}\n", File.ReadAllText(temp.File("finstage.lock")));
    }

    [Fact]
    public void Open_FileInItsPlace_IsRefused()
    {
        var path = temp.Write("file", "x");

        var e = Assert.Throws<DataFolderException>(() => DataFolder.Open(path));

        Assert.False(e.IsHeld);
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
        Assert.Equal("x", File.ReadAllText(path));
    }

    public void Dispose() => temp.Dispose();
}
