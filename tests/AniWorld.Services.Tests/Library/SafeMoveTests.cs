using AniWorld.Services.Library;

namespace AniWorld.Services.Tests.Library;

public sealed class SafeMoveTests : IDisposable
{
    private const string OtherFileSystem = "/dev/shm";
    private readonly TemporaryLibrary _library = new();
    private readonly string _elsewhere = Directory.CreateDirectory(
        Path.Join(Directory.Exists(OtherFileSystem) ? OtherFileSystem : Path.GetTempPath(), $"aniworld-{Guid.NewGuid():N}")).FullName;

    public void Dispose()
    {
        _library.Dispose();
        Directory.Delete(_elsewhere, recursive: true);
    }

    [Fact]
    public void A_file_moves_to_another_file_system_with_its_time()
    {
        var source = _library.Add("a/1.mp4", "content");
        File.SetLastWriteTimeUtc(source, new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));

        SafeMove.Move(source, Path.Join(_elsewhere, "1.mp4"));

        Assert.False(File.Exists(source));
        Assert.Equal("content", File.ReadAllText(Path.Join(_elsewhere, "1.mp4")));
        Assert.Equal(2020, File.GetLastWriteTimeUtc(Path.Join(_elsewhere, "1.mp4")).Year);
    }

    [Fact]
    public void A_folder_is_copied_whole_and_its_links_stay_links()
    {
        _library.Add("a/b/1.mp4", "one");
        _library.Add("a/2.mp4", "two");
        Directory.CreateSymbolicLink(_library.Absolute("a/link"), _library.Outside);
        File.WriteAllText(Path.Join(_library.Outside, "kept"), "");

        SafeMove.CopyThenRemove(_library.Absolute("a"), Path.Join(_elsewhere, "a"));

        Assert.False(Directory.Exists(_library.Absolute("a")));
        Assert.Equal("one", File.ReadAllText(Path.Join(_elsewhere, "a/b/1.mp4")));
        Assert.Equal(_library.Outside, new DirectoryInfo(Path.Join(_elsewhere, "a/link")).LinkTarget);
        Assert.True(File.Exists(Path.Join(_library.Outside, "kept")));
    }

    [Fact]
    public void Nothing_is_overwritten_and_nothing_lost_when_the_target_exists()
    {
        var source = _library.Add("1.mp4", "mine");
        var target = Path.Join(_elsewhere, "1.mp4");
        File.WriteAllText(target, "theirs");

        Assert.Throws<IOException>(() => SafeMove.Move(source, target));
        Assert.Throws<IOException>(() => SafeMove.CopyThenRemove(source, target));
        Assert.Equal("mine", File.ReadAllText(source));
        Assert.Equal("theirs", File.ReadAllText(target));
    }
}
