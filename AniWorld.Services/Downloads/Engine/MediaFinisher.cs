using AniWorld.Services.Disk;
using AniWorld.Services.Downloads.Engine.Containers;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Makes of fetched tracks a verified file under its final name, or puts what failed aside.</summary>
internal sealed class MediaFinisher(ILogger<MediaFinisher> logger)
{
    /// <summary>What is under the final name already, as after a kill between the rename and what should have followed.</summary>
    /// <returns><see langword="null"/> when nothing is.</returns>
    /// <exception cref="FaultException"><c>name_conflict</c>: something is, but no whole video.</exception>
    public static async Task<DownloadedMedia?> FindPresentAsync(
        TargetPaths paths, MediaDownloadOptions options, CancellationToken cancellationToken)
    {
        foreach (var path in TargetPaths.Extensions.Select(paths.Final))
        {
            PartFile.RefuseLink(path);
            if (File.Exists(path))
            {
                return await TryVerifyAsync(path, options, cancellationToken) ?? throw Conflict(path);
            }
        }

        return null;
    }

    public async Task<DownloadedMedia> FinishAsync(
        FetchedStream stream, TargetPaths paths, MediaDownloadOptions options, CancellationToken cancellationToken)
    {
        options.RequireMayWrite();
        var media = await QuarantiningAsync(stream, paths, options, JoinAndVerifyAsync, cancellationToken);
        await options.RequireMayFinishAsync(cancellationToken);
        SubtitlePlacing.Place(stream.Subtitles, paths);
        var placed = await PlaceAsync(media.File, paths.Final(media.Facts.Container.Extension()), media.Facts, options, cancellationToken);
        paths.DeletePartials();
        return placed;

        async Task<(string File, ContainerFacts Facts)> JoinAndVerifyAsync()
        {
            var promise = MediaPromise.Of(stream);
            var file = await JoinAsync(stream, paths, options, cancellationToken);
            return (file, await MediaVerification.VerifyAsync(file, promise, options.Ffprobe, cancellationToken));
        }
    }

    /// <returns>The file that has all tracks.</returns>
    private static async Task<string> JoinAsync(
        FetchedStream stream, TargetPaths paths, MediaDownloadOptions options, CancellationToken cancellationToken)
    {
        if (!stream.IsJoined)
        {
            if (!NeedsJoining(stream.Tracks, options))
            {
                return paths.Video.Part;
            }

            var size = stream.Tracks.Sum(track => new FileInfo(track.Paths.Part).Length);
            DiskFault.RequireSpace(paths.Remux, size, options.FreeSpaceReserve);
            await MediaJoiner.JoinAsync(options.Ffmpeg ?? throw MediaJoiner.Missing(), stream.Tracks, paths.Remux, cancellationToken);
        }

        Durable.FlushFile(paths.Remux);
        return paths.Remux;
    }

    /// <summary>Streams become MP4 where ffmpeg is there; single files stay as they came.</summary>
    private static bool NeedsJoining(IReadOnlyList<FetchedTrack> tracks, MediaDownloadOptions options) =>
        tracks.Count > 1 || (tracks[0].Expected is not null && options.Ffmpeg is not null);

    private async Task<(string File, ContainerFacts Facts)> QuarantiningAsync(
        FetchedStream stream, TargetPaths paths, MediaDownloadOptions options, Func<Task<(string File, ContainerFacts Facts)>> verify,
        CancellationToken cancellationToken)
    {
        try
        {
            return await verify();
        }
        catch (FaultException e) when (e.Code is FaultCode.NotMedia or FaultCode.Truncated or FaultCode.TooSmall)
        {
            var file = File.Exists(paths.Remux) ? paths.Remux : paths.Video.Part;
            logger.LogWarning("{File} failed its check: {Reason}", file, e.Text);
            await options.RequireMayFinishAsync(cancellationToken);
            if (options.QuarantineFolder is { } folder)
            {
                var extension = file == paths.Remux ? "mp4" : stream.Tracks[0].Container?.Extension() ?? "bin";
                Quarantine.Move(file, Path.GetFileName(paths.Final(extension)), folder, e);
                paths.DeletePartials();
            }
            else
            {
                // The bytes stay for whoever wants to look; without a journal the next run starts anew.
                File.Delete(paths.Video.Journal);
                File.Delete(paths.Audio.Journal);
            }

            throw;
        }
    }

    private static async Task<DownloadedMedia> PlaceAsync(
        string file, string final, ContainerFacts facts, MediaDownloadOptions options, CancellationToken cancellationToken)
    {
        await options.RequireMayFinishAsync(cancellationToken);
        try
        {
            NewName.Give(file, final);
        }
        catch (IOException) when (Path.Exists(final))
        {
            PartFile.RefuseLink(final);
            var present = await TryVerifyAsync(final, options, cancellationToken);
            return present?.Size == facts.Size ? present : throw Conflict(final);
        }

        Durable.FlushFolder(Path.GetDirectoryName(final)!);
        return new(final, facts.Size, facts.Duration);
    }

    private static async Task<DownloadedMedia?> TryVerifyAsync(string path, MediaDownloadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var facts = await MediaVerification.VerifyAsync(path, MediaPromise.None, options.Ffprobe, cancellationToken);
            return new(path, facts.Size, facts.Duration);
        }
        catch (FaultException e) when (e.Code is FaultCode.NotMedia or FaultCode.Truncated or FaultCode.TooSmall)
        {
            return null;
        }
    }

    private static FaultException Conflict(string path) => new(
        FaultCode.NameConflict, new Sentence("fault_conflict", path));
}
