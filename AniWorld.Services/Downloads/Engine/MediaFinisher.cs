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
        IReadOnlyList<FetchedTrack> tracks, TargetPaths paths, MediaDownloadOptions options, CancellationToken cancellationToken)
    {
        var file = tracks[0].Paths.Part;
        if (NeedsJoining(tracks, options))
        {
            var size = tracks.Sum(track => new FileInfo(track.Paths.Part).Length);
            DiskFault.RequireSpace(paths.Remux, size, options.FreeSpaceReserve);
            await MediaJoiner.JoinAsync(options.Ffmpeg ?? throw MediaJoiner.Missing(), tracks, paths.Remux, cancellationToken);
            file = paths.Remux;
            Durable.FlushFile(file);
        }

        var (facts, duration) = await VerifyOrQuarantineAsync(file, tracks[0], paths, options, cancellationToken);
        var media = await PlaceAsync(file, paths.Final(facts.Container.Extension()), facts, duration, options, cancellationToken);
        paths.DeletePartials();
        return media;
    }

    /// <summary>Streams become MP4 where ffmpeg is there; single files stay as they came.</summary>
    private static bool NeedsJoining(IReadOnlyList<FetchedTrack> tracks, MediaDownloadOptions options) =>
        tracks.Count > 1 || (tracks[0].Expected is not null && options.Ffmpeg is not null);

    private async Task<(ContainerFacts Facts, TimeSpan? Duration)> VerifyOrQuarantineAsync(
        string file, FetchedTrack track, TargetPaths paths, MediaDownloadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await VerifyAsync(file, track, options, cancellationToken);
        }
        catch (FaultException e) when (e.Code is FaultCode.NotMedia or FaultCode.Truncated or FaultCode.TooSmall)
        {
            logger.LogWarning("{File} failed its check: {Reason}", file, e.Text);
            if (options.QuarantineFolder is { } folder)
            {
                var extension = track.Container?.Extension() ?? "bin";
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

    private static async Task<(ContainerFacts Facts, TimeSpan? Duration)> VerifyAsync(
        string file, FetchedTrack track, MediaDownloadOptions options, CancellationToken cancellationToken)
    {
        var facts = ContainerCheck.Check(file);
        var duration = options.Ffprobe is null ? facts.Duration : await MediaProbe.CheckAsync(options.Ffprobe, file, cancellationToken);
        // A bare transport stream whose clock begins anew midway tells no duration to go by.
        var canTell = facts.Container != MediaContainer.MpegTs || track.Runs.Count < 2;
        if (canTell && track.Expected is { } expected && duration is { } found
            && (found - expected.Duration).Duration() > expected.Tolerance)
        {
            throw new FaultException(
                found < expected.Duration ? FaultCode.Truncated : FaultCode.NotMedia,
                $"{file} plays {found.TotalSeconds:0.0} s where its playlist says {expected.Duration.TotalSeconds:0.0} s; try another hoster.");
        }

        return (facts, duration);
    }

    private static async Task<DownloadedMedia> PlaceAsync(
        string file, string final, ContainerFacts facts, TimeSpan? duration, MediaDownloadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            File.Move(file, final, overwrite: false);
        }
        catch (IOException) when (Path.Exists(final))
        {
            PartFile.RefuseLink(final);
            var present = await TryVerifyAsync(final, options, cancellationToken);
            return present?.Size == facts.Size ? present : throw Conflict(final);
        }

        Durable.FlushFolder(Path.GetDirectoryName(final)!);
        return new(final, facts.Size, duration);
    }

    private static async Task<DownloadedMedia?> TryVerifyAsync(string path, MediaDownloadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var facts = ContainerCheck.Check(path);
            var duration = options.Ffprobe is null ? facts.Duration : await MediaProbe.CheckAsync(options.Ffprobe, path, cancellationToken);
            return new(path, facts.Size, duration);
        }
        catch (FaultException e) when (e.Code is FaultCode.NotMedia or FaultCode.Truncated or FaultCode.TooSmall)
        {
            return null;
        }
    }

    private static FaultException Conflict(string path) => new(
        FaultCode.NameConflict, $"{path} is there already and is another file; it is not overwritten. Move it away or remove it.");
}
