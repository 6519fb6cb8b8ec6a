using AniWorld.Services.Downloads.Engine.Containers;
using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;
using AniWorld.Services.Streaming;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>Fetches an HLS stream: segments in parallel, written in order, resumed at the last one that is there.</summary>
internal sealed class HlsDownloader(OutboundClient outbound, PlaylistReader playlists, TimeProvider time)
{
    /// <param name="audio">Where sound that comes apart goes; <see langword="null"/> to leave it.</param>
    /// <returns>The picture with its sound, or the picture and the sound.</returns>
    /// <exception cref="FaultException">Those of the network and of playlists; <c>tool_missing</c> when two tracks need joining.</exception>
    public async Task<IReadOnlyList<FetchedTrack>> DownloadAsync(
        MediaTrack track, PartPaths video, PartPaths? audio, MediaDownloadOptions options, TransferTally tally, TransferShare share,
        CancellationToken cancellationToken)
    {
        var selection = await playlists.ReadAsync(track, options, cancellationToken);
        if (selection.Audio is null || audio is null)
        {
            return [await FetchAsync(selection.Video, video)];
        }

        if (options.Ffmpeg is null)
        {
            throw MediaJoiner.Missing();
        }

        tally.Tracks = 2;
        return [await FetchAsync(selection.Video, video), await FetchAsync(selection.Audio, audio)];

        Task<FetchedTrack> FetchAsync(HlsMedia media, PartPaths part) =>
            DownloadAsync(track, media, part, options, tally, share, cancellationToken);
    }

    private async Task<FetchedTrack> DownloadAsync(
        MediaTrack track, HlsMedia media, PartPaths paths, MediaDownloadOptions options, TransferTally tally, TransferShare share,
        CancellationToken cancellationToken)
    {
        tally.NextTrack();
        using var file = new PartFile(paths, options.FreeSpaceReserve, time);
        using var part = new SegmentPart(file, media);
        tally.Start(part.Length, null);
        var source = new SegmentSource(outbound, track, options, tally, share, time);
        try
        {
            await FetchAsync(media.Segments, part, source, options, tally, cancellationToken);
        }
        catch
        {
            await part.SalvageAsync();
            throw;
        }

        await part.CompleteAsync();
        var container = ContainerSniffer.Sniff(part.Head(ContainerSniffer.HeadBytes));
        return new(paths, container, RunsOf(media.Segments, part.Ends), media.Duration);
    }

    private static async Task FetchAsync(
        IReadOnlyList<HlsSegment> segments, SegmentPart part, SegmentSource source, MediaDownloadOptions options, TransferTally tally,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = new Queue<Task<byte[]>>();
        var next = part.Count;
        try
        {
            while (part.Count < segments.Count)
            {
                while (ahead.Count < options.Connections && next < segments.Count)
                {
                    var index = next++;
                    ahead.Enqueue(source.FetchSegmentAsync(segments[index], index + 1, segments.Count, stop.Token));
                }

                var segment = segments[part.Count];
                var bytes = await ahead.Dequeue();
                if (segment.Map is { } map && NeedsMap(segments, part.Count))
                {
                    bytes = [.. await source.FetchMapAsync(map, stop.Token), .. bytes];
                }

                if (part.Length + bytes.Length > options.MaxFileSize)
                {
                    throw new FaultException(
                        FaultCode.TooLarge, $"The stream is larger than {options.MaxFileSize >> 20} MiB, the limit for one file; it is not fetched further.");
                }

                await part.AppendAsync(bytes);
                tally.SetFraction((double)part.Count / segments.Count);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(ahead).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Each run has its own initialisation, so that it can be read by itself.</summary>
    private static bool NeedsMap(IReadOnlyList<HlsSegment> segments, int index) =>
        index == 0 || segments[index].StartsRun || segments[index].Map != segments[index - 1].Map;

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
