using AniWorld.Services.Disk;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Puts subtitles beside their video. Those that are there stay: they may be the user's.</summary>
internal static class SubtitlePlacing
{
    public static void Place(IEnumerable<SubtitleFile> subtitles, TargetPaths paths)
    {
        foreach (var file in subtitles.Where(file => !Path.Exists(paths.Subtitles(file.Suffix))))
        {
            PartFile.RefuseLink(paths.UnfinishedSubtitles);
            File.WriteAllBytes(paths.UnfinishedSubtitles, file.Content);
            Durable.FlushFile(paths.UnfinishedSubtitles);
            NewName.Give(paths.UnfinishedSubtitles, paths.Subtitles(file.Suffix));
        }
    }
}
