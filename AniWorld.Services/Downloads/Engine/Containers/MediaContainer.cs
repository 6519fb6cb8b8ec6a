namespace AniWorld.Services.Downloads.Engine.Containers;

/// <summary>The kinds of file that are kept.</summary>
internal enum MediaContainer
{
    Mp4,
    M4v,
    Matroska,
    WebM,
    MpegTs,
    Avi,
}

internal static class MediaContainers
{
    public static string Extension(this MediaContainer container) => container switch
    {
        MediaContainer.M4v => "m4v",
        MediaContainer.Matroska => "mkv",
        MediaContainer.WebM => "webm",
        MediaContainer.MpegTs => "ts",
        MediaContainer.Avi => "avi",
        _ => "mp4",
    };
}
