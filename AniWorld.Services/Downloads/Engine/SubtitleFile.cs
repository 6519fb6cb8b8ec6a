namespace AniWorld.Services.Downloads.Engine;

/// <summary>Subtitles that go beside the video, as WebVTT.</summary>
/// <param name="Suffix">What stands between the video's name and the extension: the language.</param>
internal sealed record SubtitleFile(string Suffix, byte[] Content);
