using AniWorld.Services.Disk;
using AniWorld.Services.Downloads.Engine.Containers;
using AniWorld.Services.Downloads.Engine.Hls;
using AniWorld.Services.Faults;
using AniWorld.Services.Streaming;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Fetches the tracks of a stream, each by its own way, and has them finished.</summary>
/// <remarks>
/// The folder of the target has to be there: one that is missing may be a lost mount.
/// </remarks>
internal sealed class MediaDownloader(RangeDownloader ranges, HlsDownloader hls, MediaFinisher finisher, TransferLimits limits) : IMediaDownloader
{
    public async Task<DownloadedMedia> DownloadAsync(
        MediaStream stream,
        string targetPath,
        MediaDownloadOptions options,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var paths = new TargetPaths(targetPath);
        var tally = new TransferTally(progress);
        var share = limits.Join();
        try
        {
            if (!Directory.Exists(paths.Folder))
            {
                throw DiskFault.Missing(targetPath);
            }

            var media = await MediaFinisher.FindPresentAsync(paths, options, cancellationToken);
            if (media is null)
            {
                var fetched = await FetchAsync(stream, paths, options, tally, share, cancellationToken);
                tally.Process();
                media = await finisher.FinishAsync(fetched, paths, options, cancellationToken);
            }
            else
            {
                paths.DeletePartials();
            }

            tally.Finish(media.Size);
            return media;
        }
        catch (FaultException e) when (e is { Code: FaultCode.RateLimited, RetryAfter: { } rest })
        {
            limits.Rest(stream.Main.Url, rest);
            throw;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw DiskFault.From(e, targetPath);
        }
    }

    public async Task<DownloadedMedia?> FindFinishedAsync(
        string targetPath, MediaDownloadOptions options, CancellationToken cancellationToken = default)
    {
        var paths = new TargetPaths(targetPath);
        try
        {
            var media = await MediaFinisher.FindPresentAsync(paths, options, cancellationToken);
            if (media is not null)
            {
                paths.DeletePartials();
            }

            return media;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw DiskFault.From(e, targetPath);
        }
    }

    public void Discard(string targetPath)
    {
        var paths = new TargetPaths(targetPath);
        if (Directory.Exists(paths.Folder))
        {
            paths.DeletePartials();
        }
    }

    private async Task<FetchedStream> FetchAsync(
        MediaStream stream, TargetPaths paths, MediaDownloadOptions options, TransferTally tally, TransferShare share, CancellationToken cancellationToken)
    {
        var sound = stream.Tracks.FirstOrDefault(track => track.Kind == TrackKind.Audio);
        if (sound is null || sound == stream.Main)
        {
            return stream.Main.Transfer == TransferKind.Hls
                ? await hls.DownloadAsync(new(stream.Main, options, tally, share), paths, cancellationToken)
                : new([await FetchFileAsync(stream.Main, paths.Video, options, tally, share, cancellationToken)]);
        }

        if (options.Ffmpeg is null)
        {
            throw MediaJoiner.Missing();
        }

        tally.Tracks = 2;
        return new(
        [
            await FetchOneAsync(stream.Main, paths.Video, options, tally, share, cancellationToken),
            await FetchOneAsync(sound, paths.Audio, options, tally, share, cancellationToken),
        ]);
    }

    private async Task<FetchedTrack> FetchOneAsync(
        MediaTrack track, PartPaths part, MediaDownloadOptions options, TransferTally tally, TransferShare share, CancellationToken cancellationToken) =>
        track.Transfer == TransferKind.Hls
            ? await hls.DownloadTrackAsync(new(track, options, tally, share), part, cancellationToken)
            : await FetchFileAsync(track, part, options, tally, share, cancellationToken);

    private async Task<FetchedTrack> FetchFileAsync(
        MediaTrack track, PartPaths part, MediaDownloadOptions options, TransferTally tally, TransferShare share, CancellationToken cancellationToken)
    {
        tally.NextTrack();
        await ranges.DownloadAsync(track, part, options, tally, share, cancellationToken);
        using var file = File.OpenHandle(part.Part);
        var container = ContainerSniffer.Sniff(new MediaFile(file).Read(0, ContainerSniffer.HeadBytes));
        return new(part, container, [new(new(0, RandomAccess.GetLength(file)), 0)], Expected: null);
    }
}
