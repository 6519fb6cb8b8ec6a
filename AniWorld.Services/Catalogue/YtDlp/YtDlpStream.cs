using System.Globalization;
using System.Text.Json;
using AniWorld.Services.Faults;
using AniWorld.Services.Streaming;

namespace AniWorld.Services.Catalogue.YtDlp;

/// <summary>From what <c>yt-dlp</c> chose to a stream that the engine fetches.</summary>
internal static class YtDlpStream
{
    /// <summary>Files before playlists, for they come in ranges; nothing that the engine cannot fetch.</summary>
    private static readonly string[] Ways = ["[protocol^=http][protocol!*=dash]", "[protocol^=m3u8]"];

    /// <param name="maxHeight">In pixels; <see langword="null"/> for the best.</param>
    /// <param name="canJoin">Whether picture and sound may come apart.</param>
    public static string Formats(int? maxHeight, bool canJoin)
    {
        var height = maxHeight is { } most ? string.Create(CultureInfo.InvariantCulture, $"[height<=?{most}]") : "";
        return string.Join('/', Ways.SelectMany(way => canJoin
            ? new[] { $"bestvideo{way}{height}+bestaudio{way}", $"best{way}{height}" }
            : [$"best{way}{height}"]).Concat(Ways.Select(way => $"best{way}")));
    }

    /// <exception cref="FaultException"><c>live_stream</c>; <c>no_stream</c>: nothing that the engine can fetch.</exception>
    public static MediaStream Of(JsonElement answer, Uri page)
    {
        var video = answer.TryGetProperty("entries", out var entries) && entries.ValueKind == JsonValueKind.Array && entries.GetArrayLength() > 0 ? entries[0] : answer;
        if (video.TryGetProperty("is_live", out var live) && live.ValueKind == JsonValueKind.True)
        {
            throw new FaultException(FaultCode.LiveStream, new Sentence("fault_broadcast", page.Authority));
        }

        var tracks = video.TryGetProperty("requested_formats", out var formats) && formats.ValueKind == JsonValueKind.Array
            ? formats.EnumerateArray().Select(format => TrackOf(format, page)).ToList()
            : [TrackOf(video, page)];
        return new MediaStream([.. tracks.OrderBy(track => track.Kind)]);
    }

    private static MediaTrack TrackOf(JsonElement format, Uri page)
    {
        var protocol = Text(format, "protocol") ?? "";
        TransferKind? transfer = protocol.StartsWith("m3u8", StringComparison.Ordinal) ? TransferKind.Hls
            : protocol is "http" or "https" ? TransferKind.File
            : null;
        if (transfer is not { } way || WebAddress.Resolve(page, Text(format, "url")) is not { } address)
        {
            throw new FaultException(FaultCode.NoStream, new Sentence("fault_video_form", page.Authority, protocol));
        }

        var referer = format.TryGetProperty("http_headers", out var headers) && headers.ValueKind == JsonValueKind.Object
            && WebAddress.Resolve(page, Text(headers, "Referer")) is { } named && WebAddress.SameOrigin(named, address) ? named : null;
        return new MediaTrack(Text(format, "vcodec") == "none" ? TrackKind.Audio : TrackKind.Video, way, address, referer);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
