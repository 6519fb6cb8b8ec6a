using AniWorld.Services.Downloads.Engine.Containers;
using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>Fetches an HLS stream: segments in parallel, written in order, resumed at the last one that is there.</summary>
internal sealed class HlsDownloader(
    OutboundClient outbound, PlaylistReader playlists, SubtitleDownloader subtitles, TimeProvider time, ILogger<HlsDownloader> logger)
{
    /// <summary>The whole stream of a playlist: picture, sound and subtitles.</summary>
    /// <exception cref="FaultException">Those of the network and of playlists; <c>tool_missing</c> before anything is fetched that ffmpeg has to join.</exception>
    public async Task<FetchedStream> DownloadAsync(HlsJob job, TargetPaths paths, CancellationToken cancellationToken)
    {
        var selection = await playlists.ReadAsync(job.Track, job.Options, cancellationToken);
        if (job.Options.Ffmpeg is null && (selection.Audio is not null || selection.Video.HasSeveralInitialisations))
        {
            throw MediaJoiner.Missing();
        }

        var files = await subtitles.DownloadAsync(job, selection.Subtitles, cancellationToken);
        job.Tally.Tracks = selection.Audio is null ? 1 : 2;
        var remux = selection.Audio is null && selection.Video.IsOneRun && job.Options.Ffmpeg is not null ? paths.Remux : null;
        var (picture, isJoined) = await FetchAsync(job, selection.Video, paths.Video, remux, cancellationToken);
        List<FetchedTrack> tracks = [picture];
        if (selection.Audio is { } audio)
        {
            tracks.Add((await FetchAsync(job, audio, paths.Audio, null, cancellationToken)).Track);
        }

        return new(tracks) { IsJoined = isJoined, SaysSound = selection.SaysSound, Subtitles = files };
    }

    /// <summary>One track that has a playlist of its own.</summary>
    public async Task<FetchedTrack> DownloadTrackAsync(HlsJob job, PartPaths paths, CancellationToken cancellationToken)
    {
        var selection = await playlists.ReadAsync(job.Track, job.Options, cancellationToken);
        return (await FetchAsync(job, selection.Video, paths, null, cancellationToken)).Track;
    }

    /// <param name="output">Where an MP4 is made of it meanwhile; <see langword="null"/> for nowhere.</param>
    private async Task<(FetchedTrack Track, bool IsJoined)> FetchAsync(
        HlsJob job, HlsMedia media, PartPaths paths, string? output, CancellationToken cancellationToken)
    {
        job.Tally.NextTrack();
        using var file = new PartFile(paths, job.Options, time, SegmentPart.FlushBytes);
        using var part = new SegmentPart(file, media);
        await using var remux = output is null ? null : new LiveRemux(job.Options, part, output, logger);
        try
        {
            await FillAsync(job, media, part, remux, cancellationToken);
        }
        catch
        {
            await part.SalvageAsync();
            throw;
        }

        await part.CompleteAsync();
        var isJoined = remux is not null && await remux.FinishAsync(cancellationToken);
        var container = ContainerSniffer.Sniff(part.Head(ContainerSniffer.HeadBytes));
        return (new(paths, container, RunsOf(media.Segments, part.Ends), media.Duration), isJoined);
    }

    private async Task FillAsync(HlsJob job, HlsMedia media, SegmentPart part, LiveRemux? remux, CancellationToken cancellationToken)
    {
        var memory = new SegmentMemory(SegmentMemory.DefaultLimit);
        var source = new SegmentSource(outbound, job, media, memory, time);
        await ConfirmAsync(part, source, memory, cancellationToken);
        job.Tally.Start(part.Length, null);
        if (part.Count > 0)
        {
            remux?.Arrived();
        }

        await new SegmentWindow(job.Options.Connections, memory)
            .RunAsync(part.Count, media.Segments.Count, source.FetchAsync, TakeAsync, cancellationToken);

        async ValueTask TakeAsync(SegmentData segment)
        {
            if (part.Length + segment.Length > job.Options.MaxFileSize)
            {
                throw new FaultException(
                    FaultCode.TooLarge, new Sentence("fault_stream_large", job.Options.MaxFileSize >> 20));
            }

            await part.AppendAsync(segment);
            remux?.Arrived();
            job.Tally.SetFraction((double)part.Count / media.Segments.Count);
        }
    }

    /// <summary>Looks whether the stream still has, where the part file ends, what that has there; if not it starts anew.</summary>
    private async Task ConfirmAsync(SegmentPart part, SegmentSource source, SegmentMemory memory, CancellationToken cancellationToken)
    {
        if (part.Count == 0)
        {
            return;
        }

        memory.TurnOf(part.Count - 1);
        using var last = await source.FetchAsync(part.Count - 1, cancellationToken);
        if (last.Checksum() != part.LastChecksum)
        {
            logger.LogInformation("The stream is another one than that of which there is a part, starting anew");
            part.Forget();
        }
    }

    private static List<MediaRun> RunsOf(IReadOnlyList<HlsSegment> segments, IReadOnlyList<long> ends)
    {
        var runs = new List<MediaRun>();
        for (var i = 0; i < segments.Count; i++)
        {
            var start = i == 0 ? 0 : ends[i - 1];
            if (i == 0 || segments[i].StartsRun)
            {
                runs.Add(new(new(start, ends[i]), segments[i].Seconds));
            }
            else
            {
                runs[^1] = new(new(runs[^1].Bytes.Start, ends[i]), runs[^1].Seconds + segments[i].Seconds);
            }
        }

        return runs;
    }
}
