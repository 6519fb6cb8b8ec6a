using System.Text;
using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>Fetches the subtitles of a stream whole: they are small, so that nothing of them is kept for a resume.</summary>
internal sealed class SubtitleDownloader(OutboundClient outbound, PlaylistReader playlists, TimeProvider time, ILogger<SubtitleDownloader> logger)
{
    /// <summary>Of one language; a film's are some 100 KiB.</summary>
    private const int Largest = 16 << 20;

    /// <summary>Those of the episode's language have to come; others are left where they cannot be had.</summary>
    public async Task<IReadOnlyList<SubtitleFile>> DownloadAsync(
        HlsJob job, IReadOnlyList<HlsRendition> renditions, CancellationToken cancellationToken)
    {
        var files = new List<SubtitleFile>();
        var isRead = new TrackWish(job.Options.Language).Subtitles is not null;
        foreach (var rendition in renditions)
        {
            try
            {
                files.Add(new(NameFor(rendition, files), await FetchAsync(job, rendition, cancellationToken)));
            }
            catch (FaultException e) when (!isRead)
            {
                logger.LogWarning("The subtitles in {Language} of {Host} are left out: {Reason}", rendition.Language, job.Track.Url.Authority, e.Text);
            }
        }

        return files;
    }

    private async Task<byte[]> FetchAsync(HlsJob job, HlsRendition rendition, CancellationToken cancellationToken)
    {
        var media = await playlists.ReadMediaAsync(job.Track, rendition.Uri!, job.Options, cancellationToken);
        var memory = new SegmentMemory(SegmentMemory.DefaultLimit);
        var source = new SegmentSource(outbound, job, media, memory, time) { LooksRight = WebVtt.IsOne };
        var joined = new WebVtt();
        var received = 0L;
        await new SegmentWindow(job.Options.Connections, memory).RunAsync(0, media.Segments.Count, source.FetchAsync, Take, cancellationToken);
        return Encoding.UTF8.GetBytes(joined.ToString());

        ValueTask Take(SegmentData segment)
        {
            if ((received += segment.Length) > Largest)
            {
                throw new FaultException(FaultCode.TooLarge, new Sentence("fault_subtitles_large", rendition.Uri!.Authority, Largest >> 20));
            }

            joined.Add(Encoding.UTF8.GetString(segment.ToArray()));
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>As media servers read it: <c>de</c>, <c>de.forced</c>; a second one of the same kind gets a number.</summary>
    private static string NameFor(HlsRendition rendition, List<SubtitleFile> others)
    {
        var name = LanguageTag.InFileName(rendition.Language) + (rendition.IsForced ? ".forced" : "");
        return Enumerable.Range(1, others.Count + 1)
            .Select(number => number == 1 ? name : $"{name}.{number}")
            .First(free => others.All(other => other.Suffix != free));
    }
}
