using System.Runtime.Versioning;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;

namespace AniWorld.Services.Tests.Library;

public sealed class LibraryScannerTests : IDisposable
{
    private readonly TemporaryLibrary _library = new();
    private readonly LibraryScanner _scanner = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _library.Dispose();

    [Fact]
    public async Task Every_folder_comes_with_its_videos_in_order()
    {
        _library.Add("Naruto (2002)/Season 01/Naruto - S01E02 [de-dub].mp4", "12345");
        _library.Add("Naruto (2002)/Season 01/Naruto - S01E01 [de-dub].mp4");
        _library.Add("Naruto (2002)/Season 01/Naruto - S01E01 [de-dub].srt");
        _library.Add("Naruto (2002)/Season 01/Naruto - S01E03.mp4.part");
        _library.Add("Naruto (2002)/Season 01/unnamed.mp4");
        Directory.CreateDirectory(_library.Absolute("Empty"));

        var folders = await WalkAsync();

        Assert.Equal(["Empty", "Naruto (2002)"], folders.Select(folder => folder.Path));
        var naruto = folders[1];
        Assert.Equal(("Naruto", 2002, true), (naruto.GuessedName, naruto.GuessedYear!.Value, naruto.Complete));
        Assert.Equal(
            [
                "Naruto (2002)/Season 01/Naruto - S01E01 [de-dub].mp4", "Naruto (2002)/Season 01/Naruto - S01E02 [de-dub].mp4",
                "Naruto (2002)/Season 01/unnamed.mp4",
            ],
            naruto.Files.Select(file => file.RelativePath));
        Assert.Equal(5, naruto.Files[1].Size);
        Assert.Equal(File.GetLastWriteTimeUtc(_library.Absolute(naruto.Files[1].RelativePath)), naruto.Files[1].ModifiedAt.UtcDateTime);
        Assert.Equal([2], naruto.Files[1].Name!.Numbers);
        Assert.Null(naruto.Files[2].Name);
    }

    [Fact]
    public async Task Own_and_hidden_folders_and_recycle_bins_are_skipped()
    {
        _library.Open();
        _library.Add(".aniworld/trash/20260101T000000Z/Naruto/S01E01.mkv");
        _library.Add(".hidden/S01E01.mkv");
        _library.Add("#recycle/S01E01.mkv");
        _library.Add("Naruto/@eaDir/S01E01.mkv");
        _library.Add("Naruto/.trickplay/S01E01.mkv");
        _library.Add("Naruto/._S01E01.mkv");

        var folder = Assert.Single(await WalkAsync());

        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Folders_within_folders_belong_to_the_topmost_and_loose_videos_come_last()
    {
        _library.Add("Group/Naruto/Season 1/Naruto E01.mkv");
        _library.Add("Loose - 01.mkv");

        var folders = await WalkAsync();

        Assert.Equal("Group/Naruto/Season 1/Naruto E01.mkv", Assert.Single(folders[0].Files).RelativePath);
        Assert.Equal(("", "Loose - 01.mkv"), (folders[1].Path, Assert.Single(folders[1].Files).RelativePath));
    }

    [Fact]
    public async Task A_number_in_the_series_name_is_no_episode()
    {
        _library.Add("Mob Psycho 100/Mob Psycho 100 05.mkv");

        Assert.Equal([5], Assert.Single(Assert.Single(await WalkAsync()).Files).Name!.Numbers);
    }

    [Fact]
    public async Task Links_are_left_alone_and_said_so()
    {
        _library.Add("Naruto/S01E01.mkv");
        File.WriteAllText(Path.Join(_library.Outside, "S01E02.mkv"), "");
        Directory.CreateSymbolicLink(_library.Absolute("Out"), _library.Outside);
        File.CreateSymbolicLink(_library.Absolute("Naruto/S01E02.mkv"), Path.Join(_library.Outside, "S01E02.mkv"));

        var folders = await WalkAsync();

        Assert.Equal(["Naruto/S01E01.mkv"], folders.SelectMany(folder => folder.Files).Select(file => file.RelativePath));
        Assert.All(folders, folder => Assert.False(folder.Complete));
        Assert.All(folders, folder => Assert.Contains("is a link", Assert.Single(folder.Warnings).ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Links_are_followed_when_allowed_and_circles_end()
    {
        _library.Add("Naruto/S01E01.mkv");
        File.WriteAllText(Path.Join(_library.Outside, "S01E02.mkv"), "12345");
        Directory.CreateSymbolicLink(_library.Absolute("Out"), _library.Outside);
        Directory.CreateSymbolicLink(Path.Join(_library.Outside, "round"), _library.Outside);
        Directory.CreateSymbolicLink(_library.Absolute("Naruto/up"), _library.Path);
        Directory.CreateSymbolicLink(_library.Absolute("Naruto/self"), "self");
        File.CreateSymbolicLink(_library.Absolute("Naruto/S01E02.mkv"), Path.Join(_library.Outside, "S01E02.mkv"));
        File.CreateSymbolicLink(_library.Absolute("Naruto/S01E03.mkv"), Path.Join(_library.Outside, "nothing.mkv"));

        var folders = await WalkAsync(followLinks: true);

        Assert.Equal(
            ["Naruto/S01E01.mkv", "Naruto/S01E02.mkv", "Out/S01E02.mkv"], folders.SelectMany(folder => folder.Files).Select(file => file.RelativePath));
        Assert.Equal(5, folders[0].Files[1].Size);
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task A_folder_without_permission_is_one_warning_and_the_rest_goes_on()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root reads everything");
        _library.Add("A/S01E01.mkv");
        _library.Add("B/S01E01.mkv");
        _library.Add("C/S01E01.mkv");
        File.SetUnixFileMode(_library.Absolute("B"), UnixFileMode.None);
        try
        {
            var folders = await WalkAsync();

            Assert.Equal([true, false, true], folders.Select(folder => folder.Complete));
            Assert.Equal([1, 0, 1], folders.Select(folder => folder.Files.Count));
            Assert.Single(folders[1].Warnings);
        }
        finally
        {
            File.SetUnixFileMode(_library.Absolute("B"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task A_disk_that_goes_away_during_the_walk_is_an_error_and_not_an_end()
    {
        _library.Add("A/S01E01.mkv");
        _library.Add("B/S01E01.mkv");
        await using var walk = _scanner.WalkAsync(_library.Open(), cancellationToken: Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await walk.MoveNextAsync());

        Directory.Delete(_library.Path, recursive: true);

        // What was read before may still come.
        var fault = await Assert.ThrowsAsync<FaultException>(async () =>
        {
            while (await walk.MoveNextAsync())
            {
            }
        });
        Assert.Equal(FaultCode.TargetMissing, fault.Code);
    }

    [Fact]
    public async Task A_walk_can_be_cancelled()
    {
        _library.Add("A/S01E01.mkv");
        _library.Add("B/S01E01.mkv");
        using var stop = new CancellationTokenSource();
        await using var walk = _scanner.WalkAsync(_library.Open(), cancellationToken: stop.Token).GetAsyncEnumerator(Cancellation);
        Assert.True(await walk.MoveNextAsync());

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await walk.MoveNextAsync());
    }

    [Fact]
    public async Task The_sidecar_says_whose_folder_it_is()
    {
        _library.Add("Renamed by hand/S01E01.mkv");
        var sidecar = new SeriesSidecar { Key = "naruto", Name = "Naruto", Link = "https://site.example/anime/stream/naruto", Provider = "aniworld" };
        sidecar.Write(_library.Absolute("Renamed by hand"));

        Assert.Equivalent(sidecar, Assert.Single(await WalkAsync()).Sidecar, strict: true);
    }

    [Fact]
    public async Task One_folder_can_be_read_alone()
    {
        _library.Add("Naruto/S01E01.mkv");
        var root = _library.Open();

        Assert.Single((await _scanner.WalkFolderAsync(root, "Naruto", Cancellation))!.Files);
        Assert.Null(await _scanner.WalkFolderAsync(root, "Bleach", Cancellation));
        await Assert.ThrowsAsync<FaultException>(() => _scanner.WalkFolderAsync(root, "..", Cancellation));
    }

    [Fact]
    public async Task A_large_library_is_read_whole_with_progress()
    {
        foreach (var folder in Enumerable.Range(1, 100))
        {
            Directory.CreateDirectory(_library.Absolute($"Series {folder:000}/Season 01"));
            foreach (var episode in Enumerable.Range(1, 10))
            {
                File.Create(_library.Absolute($"Series {folder:000}/Season 01/Series - S01E{episode:00} [de-dub].mp4")).Dispose();
            }
        }

        var seen = new List<WalkProgress>();
        var folders = await WalkAsync(progress: new Listener(seen));

        Assert.Equal(1_000, folders.Sum(folder => folder.Files.Count(file => file.Name is not null)));
        Assert.Equal(100, seen.Count);
        Assert.Equal(new WalkProgress(100, 100, "Series 100"), seen[^1]);
    }

    private async Task<List<ScannedFolder>> WalkAsync(bool followLinks = false, IProgress<WalkProgress>? progress = null)
    {
        var folders = new List<ScannedFolder>();
        await foreach (var folder in _scanner.WalkAsync(_library.Open(followLinks), progress: progress, cancellationToken: Cancellation))
        {
            folders.Add(folder);
        }

        return folders;
    }

    private sealed class Listener(List<WalkProgress> seen) : IProgress<WalkProgress>
    {
        public void Report(WalkProgress value) => seen.Add(value);
    }
}
