using AniWorld.Data.Library;
using AniWorld.Services.Downloads;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Library;

public abstract record RefetchResult
{
    public sealed record Queued : RefetchResult;

    /// <summary>The file stays where it is.</summary>
    /// <param name="Why"><see langword="null"/> when the series is no longer in the library.</param>
    public sealed record Refused(SkippedEpisode? Why) : RefetchResult;

    /// <summary>There is no such series, or the episode has no file in that language.</summary>
    public sealed record NoFile : RefetchResult;
}

/// <summary>Fetches an episode again whose file is damaged: the file goes to the trash, the episode into the queue.</summary>
public sealed class FileRefetch(AnimeService anime, DownloadService downloads)
{
    /// <summary>In the file's language; of a file whose language is not known, in the one that the series' profile prefers.</summary>
    /// <exception cref="FaultException">The file could not be moved; nothing was queued.</exception>
    public async Task<RefetchResult> RunAsync(
        string key, EpisodeNumber episode, Language language, CancellationToken cancellationToken = default)
    {
        if (await anime.RemoveFilesAsync(key, episode, language, cancellationToken) is not FileRemovalResult.Removed(var files))
        {
            return new RefetchResult.NoFile();
        }

        var request = new EnqueueRequest(key, [episode], Language: language == Language.Unknown ? null : language);
        var result = await downloads.EnqueueAsync(request, CancellationToken.None);
        if (result.Added.Count > 0)
        {
            return new RefetchResult.Queued();
        }

        // A damaged file is better than none.
        await anime.PutBackAsync(files, CancellationToken.None);
        return new RefetchResult.Refused(result.Skipped is [var skipped, ..] ? skipped : null);
    }
}
