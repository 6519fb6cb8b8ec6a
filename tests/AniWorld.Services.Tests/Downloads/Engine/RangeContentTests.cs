using AniWorld.Services.Faults;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>What is no video does not get into the library.</summary>
public sealed class RangeContentTests : RangeTests
{
    [Theory]
    [InlineData("text/html")]
    [InlineData("video/mp4")]
    public async Task A_page_is_no_video_whatever_it_is_called(string type)
    {
        World.Origin.On("/clip", exchange => exchange.SendAsync(200, "\n <!doctype html><html>" + new string('x', 5000), $"Content-Type: {type}"));

        Assert.Equal(FaultCode.NotMedia, (await World.FaultAsync("/clip")).Code);
        Assert.DoesNotContain(World.Files, name => name.EndsWith(".mp4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_file_is_too_small()
    {
        World.Origin.Serve("/clip", []);

        Assert.Equal(FaultCode.TooSmall, (await World.FaultAsync("/clip")).Code);
    }

    [Fact]
    public async Task Two_files_of_one_name_in_quarantine_are_both_kept()
    {
        World.Origin.Serve("/clip", [.. Clips.Box("ftyp", "isom"u8.ToArray()), .. Clips.Box("mdat", new byte[5000])]);

        await World.FaultAsync("/clip");
        await World.FaultAsync("/clip");

        Assert.Equal(4, Directory.GetFiles(World.QuarantineFolder).Length);
    }
}
