using System.Text.Json;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>The language tags of a video's tracks as they stand in the file; <see langword="null"/> for a track without one.</summary>
internal sealed record MediaTracks(IReadOnlyList<string?> Sound, IReadOnlyList<string?> Subtitles);

/// <summary>Asks <c>ffprobe</c> which languages a file's tracks say they are in.</summary>
internal static class TrackProbe
{
    /// <summary>What Matroska means by a track that names no language (RFC 9559, its default), and ffprobe says of it: nobody may ever have said so.</summary>
    private const string Unsaid = "eng";

    /// <returns><see langword="null"/> when <c>ffprobe</c> cannot read the file.</returns>
    /// <exception cref="FaultException"><c>tool_missing</c>, <c>tool_failed</c>.</exception>
    public static async Task<MediaTracks?> ReadAsync(string ffprobe, string path, CancellationToken cancellationToken)
    {
        var result = await MediaProbe.AskAsync(ffprobe, path, "format=format_name:stream=codec_type:stream_tags=language", cancellationToken);
        if (result.ExitCode != 0)
        {
            return null;
        }

        using var json = JsonDocument.Parse(result.Output);
        if (!json.RootElement.TryGetProperty("streams", out var streams))
        {
            return null;
        }

        var isMatroska = json.RootElement.TryGetProperty("format", out var format) && format.TryGetProperty("format_name", out var name)
            && name.GetString()?.Contains("matroska", StringComparison.Ordinal) is true;
        return new MediaTracks([.. Tags(streams, "audio").Select(tag => isMatroska && tag == Unsaid ? null : tag)], Tags(streams, "subtitle"));
    }

    private static List<string?> Tags(JsonElement streams, string kind) =>
    [
        .. streams.EnumerateArray()
            .Where(stream => MediaProbe.IsOf(stream, kind))
            .Select(stream => stream.TryGetProperty("tags", out var tags) && tags.TryGetProperty("language", out var language)
                ? language.GetString()
                : null),
    ];
}
