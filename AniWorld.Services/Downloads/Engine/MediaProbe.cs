using System.Globalization;
using System.Text.Json;
using AniWorld.Services.Downloads.Engine.Containers;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Asks <c>ffprobe</c> whether a file plays.</summary>
internal static class MediaProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <returns>What it finds.</returns>
    /// <exception cref="FaultException"><c>not_media</c>: no video stream or no duration.</exception>
    public static async Task<StructureFacts> CheckAsync(string ffprobe, string path, CancellationToken cancellationToken)
    {
        var result = await AskAsync(ffprobe, path, "format=duration:stream=codec_type:stream_disposition=attached_pic", cancellationToken);
        if (result.ExitCode != 0)
        {
            throw NotMedia(path, Sentence.Plain(result.LastLine));
        }

        using var json = JsonDocument.Parse(result.Output);
        if (!json.RootElement.TryGetProperty("streams", out var streams) || !streams.EnumerateArray().Any(IsVideo))
        {
            throw NotMedia(path, new Sentence("fault_play_no_video"));
        }

        return json.RootElement.TryGetProperty("format", out var format)
            && format.TryGetProperty("duration", out var text)
            && double.TryParse(text.GetString(), CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and < 1e6
                ? new(TimeSpan.FromSeconds(seconds), streams.EnumerateArray().Any(stream => IsOf(stream, "audio")))
                : throw NotMedia(path, new Sentence("fault_play_no_duration"));
    }

    /// <summary>The tracks as <c>ffprobe</c> says that they are, in JSON.</summary>
    /// <param name="entries">What is to be told, as for its <c>-show_entries</c>.</param>
    public static Task<ExternalTool.Result> AskAsync(string ffprobe, string path, string entries, CancellationToken cancellationToken) => ExternalTool.RunAsync(
        ffprobe,
        ["-hide_banner", "-v", "error", "-protocol_whitelist", "file,pipe", "-show_entries", entries, "-of", "json", "file:" + path],
        Limit,
        cancellationToken);

    /// <param name="kind">Such as <c>audio</c>.</param>
    public static bool IsOf(JsonElement stream, string kind) => stream.TryGetProperty("codec_type", out var type) && type.GetString() == kind;

    private static bool IsVideo(JsonElement stream) =>
        IsOf(stream, "video")
        && !(stream.TryGetProperty("disposition", out var disposition)
            && disposition.TryGetProperty("attached_pic", out var picture) && picture.GetInt32() == 1);

    private static FaultException NotMedia(string path, Sentence what) =>
        new(FaultCode.NotMedia, new Sentence("fault_does_not_play", path, what));
}
