using AniWorld.Services.Faults;
using AniWorld.Services.Streaming;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>The disk and what is on it already.</summary>
public sealed class RangeTargetTests : RangeTests
{
    [Fact]
    public async Task A_file_that_was_complete_before_the_rename_is_not_asked_for_again()
    {
        await File.WriteAllBytesAsync(World.Part, Clip);
        await File.WriteAllTextAsync(World.Journal, $$"""{"version":1,"kind":"file","length":{{Size}},"done":[[0,{{Size}}]]}""");

        var media = await World.DownloadAsync("/clip");

        Assert.Equal(Clip, await File.ReadAllBytesAsync(media.Path));
        Assert.Empty(World.Origin.Requests);
        Assert.Single(World.Files);
    }

    [Fact]
    public async Task A_file_that_has_its_final_name_is_taken_as_it_is_and_leftovers_go()
    {
        await File.WriteAllBytesAsync(World.Target + ".mp4", Clip);
        await File.WriteAllTextAsync(World.Journal, "{}");

        var media = await World.DownloadAsync("/clip");

        Assert.Equal(Size, media.Size);
        Assert.Empty(World.Origin.Requests);
        Assert.Single(World.Files);
    }

    [Fact]
    public async Task Something_else_under_the_final_name_is_never_overwritten()
    {
        await File.WriteAllTextAsync(World.Target + ".mkv", "mine");

        Assert.Equal(FaultCode.NameConflict, (await World.FaultAsync("/clip")).Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(World.Target + ".mkv"));
    }

    [Fact]
    public async Task Something_that_comes_under_the_final_name_meanwhile_is_not_overwritten()
    {
        World.Origin.Serve("/clip", Clip);
        World.Progress.OnReport = _ => File.WriteAllText(World.Target + ".mp4", "mine");

        Assert.Equal(FaultCode.NameConflict, (await World.FaultAsync("/clip")).Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(World.Target + ".mp4"));
        Assert.True(File.Exists(World.Part));
    }

    [Theory]
    [InlineData(".part")]
    [InlineData(".part.json")]
    [InlineData(".mp4")]
    public async Task A_link_is_not_followed(string extension)
    {
        var elsewhere = Path.Combine(World.Folder, "precious");
        await File.WriteAllTextAsync(elsewhere, "mine");
        File.CreateSymbolicLink(World.Target + extension, elsewhere);
        World.Origin.Serve("/clip", Clip);

        Assert.Equal(FaultCode.NameConflict, (await World.FaultAsync("/clip")).Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(elsewhere));
    }

    [Fact]
    public async Task A_full_disk_is_noticed_before_the_first_byte()
    {
        World.Origin.Serve("/clip", Clip);
        World.Options = World.Options with { FreeSpaceReserve = long.MaxValue / 2 };

        Assert.Equal(FaultCode.DiskFull, (await World.FaultAsync("/clip")).Code);
        Assert.True(!File.Exists(World.Part) || new FileInfo(World.Part).Length == 0);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_may_be_a_lost_mount_and_is_not_made()
    {
        var target = Path.Combine(World.Folder, "gone", "x");

        var fault = await Assert.ThrowsAsync<FaultException>(() => World.Downloader.DownloadAsync(
            new([new(TrackKind.Video, TransferKind.File, World.Origin.Url("/clip"))]), target, World.Options));

        Assert.Equal(FaultCode.TargetMissing, fault.Code);
        Assert.False(Directory.Exists(Path.GetDirectoryName(target)));
    }
}
