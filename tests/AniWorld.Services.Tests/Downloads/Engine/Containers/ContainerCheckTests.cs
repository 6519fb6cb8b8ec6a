using AniWorld.Services.Downloads.Engine.Containers;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Tests.Downloads.Engine.Containers;

public sealed class ContainerCheckTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    public static TheoryData<string, byte[]> Whole => new()
    {
        { "mp4", Clips.Mp4(5000) },
        { "mkv", Clips.Matroska("matroska", 5000) },
        { "webm", Clips.Matroska("webm", 5000) },
        { "ts", Clips.Ts(50) },
        { "avi", Clips.Avi(5000) },
        { "m4v", [.. Clips.Box("ftyp", "M4V \0\0\0\0"u8.ToArray()), .. Clips.Mp4(5000)[20..]] },
    };

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_whole_file_passes_and_its_kind_is_told_by_its_content(string extension, byte[] content) =>
        Assert.Equal(extension, Check(content).Container.Extension());

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_file_without_its_last_bytes_is_truncated(string extension, byte[] content)
    {
        Assert.NotEmpty(extension);
        Assert.Equal(FaultCode.Truncated, CodeOf(content[..^100]));
    }

    [Fact]
    public void The_duration_is_read_from_the_container()
    {
        Assert.Equal(TimeSpan.FromSeconds(10), Check(Clips.Mp4(5000)).Duration);
        Assert.Equal(TimeSpan.FromSeconds(10), Check(Clips.Matroska("webm", 5000)).Duration);
    }

    [Fact]
    public void Sound_alone_is_no_video()
    {
        var sound = Clips.Mp4(5000);
        "soun"u8.CopyTo(sound.AsSpan(sound.AsSpan().IndexOf("vide"u8)));

        Assert.Equal(FaultCode.NotMedia, CodeOf(sound));
    }

    [Fact]
    public void An_index_without_samples_is_no_video() => Assert.Equal(FaultCode.NotMedia, CodeOf(Clips.Mp4(5000, samples: 0)));

    [Fact]
    public void An_index_that_names_data_past_the_end_is_truncated() => Assert.Equal(FaultCode.Truncated, CodeOf(Clips.Mp4(5000, chunkAt: 5000)));

    [Fact]
    public void An_index_without_data_is_truncated() =>
        Assert.Equal(FaultCode.Truncated, CodeOf([.. Clips.Mp4(5000)[..^4752], .. Clips.Box("free", new byte[2000])]));

    [Fact]
    public void Damaged_boxes_are_no_video() =>
        Assert.Equal(FaultCode.NotMedia, CodeOf([.. Clips.Box("ftyp", "isom"u8.ToArray()), .. Clips.Box("mo\u0001v", new byte[5000])]));

    [Fact]
    public void A_page_between_transport_stream_packets_is_found()
    {
        byte[] page = [.. "<html>"u8, .. new byte[(10 * Clips.TsPacket) - 6]];

        Assert.Equal(FaultCode.NotMedia, CodeOf([.. Clips.Ts(50), .. page, .. Clips.Ts(50)]));
    }

    [Theory]
    [InlineData("<!DOCTYPE html>")]
    [InlineData("  {\"error\": 1}")]
    [InlineData("\u0089PNG\r\n\u001a\n")]
    [InlineData("")]
    public void What_is_no_video_is_not_taken_for_one(string start) =>
        Assert.Equal(FaultCode.NotMedia, CodeOf([.. System.Text.Encoding.Latin1.GetBytes(start), .. new byte[3000]]));

    [Fact]
    public void A_video_of_a_few_bytes_is_too_small() => Assert.Equal(FaultCode.TooSmall, CodeOf(Clips.Mp4(500)));

    [Fact]
    public void Noise_after_any_start_ends_in_a_fault_or_facts_and_never_in_a_loop()
    {
        var starts = Whole.Select(row => row.Data.Item2).ToList();
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            var content = (byte[])starts[round % starts.Count].Clone();
            for (var i = 0; i < 20; i++)
            {
                content[random.Next(Math.Min(400, content.Length))] = (byte)random.Next(256);
            }

            var exception = Record.Exception(() => Check(content));
            Assert.True(exception is null or FaultException, exception?.ToString());
        }
    }

    private ContainerFacts Check(byte[] content)
    {
        File.WriteAllBytes(_path, content);
        return ContainerCheck.Check(_path);
    }

    private string CodeOf(byte[] content) => Assert.Throws<FaultException>(() => Check(content)).Code;
}
