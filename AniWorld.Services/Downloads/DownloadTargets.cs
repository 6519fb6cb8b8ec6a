using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Downloads;

/// <summary>Where an episode's file goes, without its extension.</summary>
/// <param name="RelativePath">Below the library root, with <c>/</c> between its parts.</param>
internal sealed record TargetPath(string AbsolutePath, string RelativePath);

/// <summary>Chooses where an episode goes and makes the way there.</summary>
internal sealed class DownloadTargets(LibraryAccess library, MediaTools tools, IOptionsMonitor<AniWorldOptions> options)
{
    /// <param name="episode">With its series and files.</param>
    /// <exception cref="FaultException">The library is not there or cannot be written to.</exception>
    public async Task<TargetPath> MakeAsync(
        AniWorldDbContext database, Episode episode, Language language, CancellationToken cancellationToken)
    {
        var root = library.Open(await database.EpisodeFiles.AnyAsync(cancellationToken));
        var series = episode.Series;
        var label = new EpisodeLabel(
            series.Name,
            series.Key,
            series.Year,
            episode.Season,
            episode.Number,
            EpisodeTitle.Of(episode, options.CurrentValue.Naming.TitleLanguage),
            language);
        var relative = $"{series.Folder}/{library.Naming.EpisodePath(label)}";
        if (episode.Files.Exists(file => file.Language != language && IsNamed(file.Path, relative)))
        {
            // A template that names no language gives all languages one name, and what is there must stay until the new one is whole.
            relative += $" [{language}]";
        }

        var absolute = root.WriteTarget(relative);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(absolute)!);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw DiskFault.From(e, absolute);
        }

        SeriesSidecar.Of(series).Claim(root.SeriesFolder(series.Folder));
        return new TargetPath(absolute, relative);
    }

    private static bool IsNamed(string path, string withoutExtension) =>
        path.Length - Path.GetExtension(path).Length == withoutExtension.Length
        && path.StartsWith(withoutExtension, StringComparison.OrdinalIgnoreCase);

    /// <param name="isPaused">Asked between reads.</param>
    /// <param name="retrying">Told when something is tried again.</param>
    public MediaDownloadOptions Options(Func<bool> isPaused, Action<FaultException> retrying)
    {
        var settings = options.CurrentValue;
        return MediaDownloadOptions.From(settings) with
        {
            IsPaused = isPaused,
            Retrying = retrying,
            QuarantineFolder = Path.Join(Path.GetFullPath(settings.AnimeDirectory), LibraryRoot.OwnFolder, OwnFolders.Quarantine),
            Ffmpeg = tools.Ffmpeg,
            Ffprobe = tools.Ffprobe,
        };
    }
}
