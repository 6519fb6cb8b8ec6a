using System.Text.Json;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>The language tags of a video's tracks as they stand in the file; <see langword="null"/> for a track without one.</summary>
internal sealed record MediaTracks(IReadOnlyList<string?> Sound, IReadOnlyList<string?> Subtitles);

/// <summary>Asks <c>ffprobe</c> which languages a file's tracks say they are in.</summary>
internal static class TrackProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <returns><see langword="null"/> when <c>ffprobe</c> cannot read the file.</returns>
    /// <exception cref="FaultException"><c>tool_missing</c>, <c>tool_failed</c>.</exception>
    public static async Task<MediaTracks?> ReadAsync(string ffprobe, string path, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-hide_banner", "-v", "error", "-protocol_whitelist", "file,pipe",
            "-show_entries", "stream=codec_type:stream_tags=language", "-of", "json", "file:" + path,
        ];
        var result = await ExternalTool.RunAsync(ffprobe, arguments, Limit, cancellationToken);
        if (result.ExitCode != 0)
        {
            return null;
        }

        using var json = JsonDocument.Parse(result.Output);
        return json.RootElement.TryGetProperty("streams", out var streams)
            ? new MediaTracks(Tags(streams, "audio"), Tags(streams, "subtitle"))
            : null;
    }

    private static List<string?> Tags(JsonElement streams, string kind) =>
    [
        .. streams.EnumerateArray()
            .Where(stream => stream.TryGetProperty("codec_type", out var type) && type.GetString() == kind)
            .Select(stream => stream.TryGetProperty("tags", out var tags) && tags.TryGetProperty("language", out var language)
                ? language.GetString()
                : null),
    ];
}
