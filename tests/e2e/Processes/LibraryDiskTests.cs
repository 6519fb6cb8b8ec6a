using System.Text.Json;
using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;

namespace AniWorld.E2E.Processes;

/// <summary>The library's disk fills up or turns unwritable: the item waits, nothing is lost, and it goes on from where it was.</summary>
public sealed class LibraryDiskTests
{
    private const long Size = 16L << 20;
    private const UnixFileMode ReadOnly = (UnixFileMode)0b101_101_101;
    private const UnixFileMode Writable = (UnixFileMode)0b111_101_101;

    [Fact]
    public async Task A_library_that_fills_up_midway_makes_the_item_wait_and_go_on_from_the_same_byte()
    {
        using var disk = MemoryDisk.Mount("library", 24);
        await using var server = await ReadyServer.StartAsync(
            new SampleSiteOptions { PadTo = Size }, new ServerStart { Folder = disk.Folder, Arguments = ["--downloads.connections", "2"] });
        var own = Path.Join(disk.Path, "My own series.mkv");
        await File.WriteAllTextAsync(own, "mine", TestContext.Current.CancellationToken);
        var (id, slow) = await StartSlowDownloadAsync(server);
        disk.Fill();

        var waiting = await WaitForFaultAsync(server, id, "disk_full");

        Assert.Equal(0, waiting.GetProperty("retry_count").GetInt32());
        Assert.True(disk.IsFilled);
        Assert.Equal("mine", await File.ReadAllTextAsync(own, TestContext.Current.CancellationToken));
        disk.Free();
        await AssertGoesOnAsync(server, id, slow);
        Assert.Equal("mine", await File.ReadAllTextAsync(own, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_does_not_fit_beside_the_reserve_is_not_begun()
    {
        using var disk = MemoryDisk.Mount("library", 24);
        await using var server = await ReadyServer.StartAsync(
            new SampleSiteOptions { PadTo = Size }, new ServerStart { Folder = disk.Folder });
        await server.PutConfigAsync(new { downloads = new { min_free_mb = 12 } });
        await server.AddAsync("kurz-und-knapp");

        var id = (await server.EnqueueAsync("kurz-und-knapp", "normal", 1, 1)).Single();
        await WaitForFaultAsync(server, id, "disk_full");

        Assert.All(
            LibraryFiles.Partials(server.Process.Library).Where(path => path.EndsWith(".part", StringComparison.Ordinal)),
            path => Assert.Equal(0, new FileInfo(path).Length));
        await server.PutConfigAsync(new { downloads = new { min_free_mb = 1 } });
        await RetryAsync(server, id);
        await server.WaitForStatusAsync(id, "completed");
    }

    [Fact]
    public async Task A_folder_that_turns_unwritable_midway_makes_the_item_wait_and_keeps_its_bytes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can start the server as somebody else.");
        await using var server = await ReadyServer.StartAsync(
            new SampleSiteOptions { PadTo = Size }, new ServerStart { Unprivileged = true, Arguments = ["--downloads.connections", "2"] });
        var (id, slow) = await StartSlowDownloadAsync(server);
        var folder = Path.GetDirectoryName(LibraryFiles.Partials(server.Process.Library)[0])!;
        SetMode(folder, ReadOnly);

        await WaitForFaultAsync(server, id, "permission_denied");

        SetMode(folder, Writable);
        await AssertGoesOnAsync(server, id, slow);
    }

    [Fact]
    public async Task A_library_that_may_not_be_written_makes_the_item_wait_from_the_start()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can start the server as somebody else.");
        await using var server = await ReadyServer.StartAsync(null, new ServerStart { Unprivileged = true });
        await server.AddAsync("kurz-und-knapp");
        SetMode(server.Process.Library, ReadOnly);

        var id = (await server.EnqueueAsync("kurz-und-knapp", "normal", 1, 1)).Single();
        await WaitForFaultAsync(server, id, "permission_denied");

        SetMode(server.Process.Library, Writable);
        await RetryAsync(server, id);
        await server.WaitForStatusAsync(id, "completed");
    }

    [Fact]
    public async Task A_disk_that_is_mounted_read_only_makes_the_item_wait_until_it_is_writable()
    {
        using var disk = MemoryDisk.Mount("library", 24);
        await using var server = await ReadyServer.StartAsync(null, new ServerStart { Folder = disk.Folder });
        await server.AddAsync("kurz-und-knapp");
        disk.Remount(readOnly: true);

        var id = (await server.EnqueueAsync("kurz-und-knapp", "normal", 1, 1)).Single();
        await WaitForFaultAsync(server, id, "read_only");

        disk.Remount(readOnly: false);
        await RetryAsync(server, id);
        await server.WaitForStatusAsync(id, "completed");
    }

    /// <summary>Returns once a journal vouches for some of it and some more has come.</summary>
    private static async Task<(string Id, int Throttle)> StartSlowDownloadAsync(ReadyServer server)
    {
        var slow = server.Site.Faults.Add(new Fault(FaultKind.Throttle) { Hoster = "Rangeo", BytesPerSecond = 1 << 20 });
        await server.AddAsync("kurz-und-knapp");
        var id = (await server.EnqueueAsync("kurz-und-knapp", "normal", 1, 1)).Single();
        await ReadyServer.WaitAsync(
            () => Task.FromResult(LibraryFiles.Journals(server.Process.Library).Count == 1), () => server.Process.Output);
        return (id, slow);
    }

    private static async Task<JsonElement> WaitForFaultAsync(ReadyServer server, string id, string code)
    {
        var waiting = await server.WaitAsync(id, item => item.GetProperty("error").ValueKind == JsonValueKind.String);
        Assert.StartsWith(code + ": ", waiting.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("pending", waiting.GetProperty("status").GetString());
        Assert.InRange(waiting.GetProperty("next_retry_at").GetDateTimeOffset(), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddSeconds(60));
        Assert.Empty(LibraryFiles.Videos(server.Process.Library));
        return waiting;
    }

    private static async Task AssertGoesOnAsync(ReadyServer server, string id, int slow)
    {
        var there = LibraryFiles.Done(LibraryFiles.Journals(server.Process.Library).Values.Single());
        Assert.NotEmpty(there);
        server.Site.Faults.Remove(slow);
        var seen = server.LastRequest;
        await RetryAsync(server, id);
        await server.WaitForStatusAsync(id, "completed");

        Resumption.AssertGoesOn(there, server.MediaRequests(seen));
        var file = Assert.Single(LibraryFiles.Videos(server.Process.Library));
        Assert.Equal(server.Site.ClipOf("kurz-und-knapp", 1, 1, "Rangeo").Sha256, await LibraryFiles.Sha256Async(file));
        Assert.Empty(LibraryFiles.Partials(server.Process.Library));
    }

    /// <summary>Now, and not only when the item looks again by itself.</summary>
    private static async Task RetryAsync(ReadyServer server, string id) =>
        Assert.Equal(1, (await server.PostAsync("/api/queue/retry", new { item_ids = new[] { id } })).GetProperty("retried").GetInt32());

    private static void SetMode(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, mode);
        }
    }
}
