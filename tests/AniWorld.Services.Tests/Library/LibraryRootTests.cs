using System.Runtime.Versioning;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;

namespace AniWorld.Services.Tests.Library;

public sealed class LibraryRootTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly TemporaryLibrary _library = new();

    public void Dispose() => _library.Dispose();

    [Fact]
    public void A_new_library_gets_its_own_folder()
    {
        _library.Open();

        Assert.True(File.Exists(_library.Absolute(".aniworld/.ignore")));
        Assert.True(File.Exists(_library.Absolute(".aniworld/marker")));
        Assert.True(Directory.Exists(_library.Absolute(".aniworld/trash")) && Directory.Exists(_library.Absolute(".aniworld/quarantine")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/tmp/..")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\0b")]
    public void Some_places_cannot_be_a_library(string place) => Assert.NotNull(LibraryRoot.Problem(place, _library.Data));

    [Fact]
    public void The_data_folder_and_what_is_in_it_cannot_be_a_library()
    {
        Directory.CreateSymbolicLink(Path.Join(_library.Outside, "link"), _library.Data.Root);
        string[] places =
        [
            _library.Data.Root, _library.Data.Root + "/", Path.Join(_library.Data.Root, "library"), Path.Join(_library.Data.Root, "x", "..", "y"),
            Path.Join(_library.Outside, "link"), Path.Join(_library.Outside, "link", "new"),
        ];

        Assert.All(places, place => Assert.NotNull(LibraryRoot.Problem(place, _library.Data)));
        Assert.All(places, place => Assert.Throws<FaultException>(() => LibraryRoot.Open(place, _library.Data, false, false)));
        Assert.Null(LibraryRoot.Problem(_library.Data.Root + "-library", _library.Data));
    }

    [Fact]
    public void A_folder_that_can_be_created_is_fine_and_checking_creates_nothing()
    {
        Assert.Null(LibraryRoot.Problem(Path.Join(_library.Path, "deep", "down"), _library.Data));
        Assert.False(Directory.Exists(_library.Path));
    }

    [Fact]
    public void A_file_cannot_be_a_library()
    {
        var file = Path.Join(_library.Outside, "file");
        File.WriteAllText(file, "");

        Assert.NotNull(LibraryRoot.Problem(file, _library.Data));
        Assert.NotNull(LibraryRoot.Problem(Path.Join(file, "below"), _library.Data));
        Assert.Throws<FaultException>(() => LibraryRoot.Open(Path.Join(file, "below"), _library.Data, false, false));
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void A_read_only_folder_is_refused_with_a_reason()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may write everywhere");
        Directory.CreateDirectory(_library.Path);
        File.SetUnixFileMode(_library.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Contains("no right to write", LibraryRoot.Problem(_library.Path, _library.Data)?.ToString(), StringComparison.Ordinal);
        Assert.Equal(FaultCode.PermissionDenied, Assert.Throws<FaultException>(() => _library.Open()).Code);
    }

    [Fact]
    public void A_disk_mounted_read_only_is_refused_with_a_reason()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "needs a file system that is read-only for everybody");

        Assert.NotNull(LibraryRoot.Problem("/proc/self/library", _library.Data));
    }

    [Fact]
    public void A_lost_library_is_noticed_and_nothing_written_in_its_place()
    {
        var gone = Assert.Throws<FaultException>(() => _library.Open(databaseKnowsFiles: true));
        Assert.False(Directory.Exists(_library.Path));

        Directory.CreateDirectory(_library.Path);
        var empty = Assert.Throws<FaultException>(() => _library.Open(databaseKnowsFiles: true));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_library.Path));

        _library.Add("Naruto/Season 01/Naruto - S01E01.mkv");
        var unmarked = Assert.Throws<FaultException>(() => _library.Open(databaseKnowsFiles: true));

        Assert.All([gone, empty, unmarked], fault => Assert.Equal(FaultCode.TargetMissing, fault.Code));
    }

    [Fact]
    public void A_library_with_its_own_folder_is_opened_again()
    {
        _library.Open();

        Assert.Equal(_library.Path, _library.Open(databaseKnowsFiles: true).Path);
    }

    [Fact]
    public void A_library_that_goes_away_is_noticed()
    {
        var root = _library.Open();
        Directory.Delete(_library.Path, recursive: true);

        Assert.Equal(FaultCode.TargetMissing, Assert.Throws<FaultException>(root.EnsureMounted).Code);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../outside")]
    [InlineData("/etc")]
    [InlineData("a/b")]
    [InlineData("a/../../b")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a\0b")]
    [InlineData(".aniworld")]
    [InlineData(".AniWorld")]
    public void A_series_folder_is_one_name_in_the_library(string folder) =>
        Assert.Equal(FaultCode.NameConflict, Assert.Throws<FaultException>(() => _library.Open().SeriesFolder(folder)).Code);

    [Fact]
    public void A_series_folder_that_leads_out_of_the_library_is_used_only_when_allowed()
    {
        _library.Open();
        Directory.CreateSymbolicLink(_library.Absolute("Out"), _library.Outside);
        Directory.CreateDirectory(_library.Absolute("Naruto"));
        Directory.CreateSymbolicLink(_library.Absolute("In"), _library.Absolute("Naruto"));

        Assert.Throws<FaultException>(() => _library.Open().SeriesFolder("Out"));
        Assert.Throws<FaultException>(() => _library.Open().Resolve("Out/Season 01/x.mp4"));
        Assert.Equal(_library.Absolute("In"), _library.Open().SeriesFolder("In"));
        Assert.Equal(_library.Absolute("Out"), _library.Open(followLinks: true).SeriesFolder("Out"));
    }

    [Fact]
    public void Nothing_is_written_through_a_link()
    {
        var root = _library.Open(followLinks: true);
        Directory.CreateDirectory(_library.Absolute("Naruto"));
        File.CreateSymbolicLink(_library.Absolute("Naruto/1.mp4.part"), Path.Join(_library.Outside, "victim"));

        Assert.Equal(FaultCode.NameConflict, Assert.Throws<FaultException>(() => root.WriteTarget("Naruto/1.mp4.part")).Code);
        Assert.Equal(_library.Absolute("Naruto/2.mp4"), root.WriteTarget("Naruto/2.mp4"));
    }

    [Fact]
    public void The_trash_keeps_what_was_moved_there_under_its_path_and_time()
    {
        var root = _library.Open();
        _library.Add("Naruto/Season 01/1.mp4", "first");
        var first = root.ToTrash("Naruto/Season 01/1.mp4", Now);
        _library.Add("Naruto/Season 01/1.mp4", "second");
        var second = root.ToTrash("Naruto/Season 01/1.mp4", Now);

        Assert.Equal(".aniworld/trash/20260102T030405Z/Naruto/Season 01/1.mp4", first);
        Assert.Equal(".aniworld/trash/20260102T030405Z-2/Naruto/Season 01/1.mp4", second);
        Assert.Equal("first", File.ReadAllText(_library.Absolute(first!)));
        Assert.Equal("second", File.ReadAllText(_library.Absolute(second!)));
        Assert.Null(root.ToTrash("Naruto/Season 01/1.mp4", Now));
    }

    [Fact]
    public void A_whole_series_folder_can_go_to_the_trash_and_a_link_goes_as_a_link()
    {
        var root = _library.Open();
        _library.Add("Naruto/Season 01/1.mp4");
        File.WriteAllText(Path.Join(_library.Outside, "1.mp4"), "kept");
        Directory.CreateSymbolicLink(_library.Absolute("Out"), _library.Outside);

        Assert.True(File.Exists(_library.Absolute(root.ToTrash("Naruto", Now)! + "/Season 01/1.mp4")));
        Assert.NotNull(root.ToTrash("Out", Now));
        Assert.False(Path.Exists(_library.Absolute("Out")));
        Assert.Equal("kept", File.ReadAllText(Path.Join(_library.Outside, "1.mp4")));
        Assert.Throws<FaultException>(() => root.ToTrash("../outside", Now));
    }

    [Fact]
    public void The_trash_is_emptied_of_what_is_old_and_of_nothing_else()
    {
        var root = _library.Open();
        _library.Add("Old/1.mp4");
        root.ToTrash("Old", Now.AddDays(-31));
        _library.Add("New/1.mp4");
        var kept = root.ToTrash("New", Now);
        _library.Add(".aniworld/trash/put here by hand/1.mp4");

        Assert.Equal(1, root.EmptyTrash(Now.AddDays(-30)));
        Assert.True(Directory.Exists(_library.Absolute(kept!)));
        Assert.True(Directory.Exists(_library.Absolute(".aniworld/trash/put here by hand")));
        Assert.Single(Directory.EnumerateDirectories(_library.Absolute(".aniworld/trash")), path => path.EndsWith('Z'));
    }

    [Fact]
    public void What_failed_its_checks_is_kept_in_quarantine()
    {
        var root = _library.Open();
        _library.Add("Naruto/1.mp4.part", "html");

        Assert.Equal("html", File.ReadAllText(_library.Absolute(root.ToQuarantine("Naruto/1.mp4.part", Now)!)));
    }
}
