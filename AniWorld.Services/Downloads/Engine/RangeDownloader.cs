using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;
using AniWorld.Services.Streaming;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Fetches one file over HTTP, in parallel ranges where the server has them, and resumes.</summary>
/// <remarks>
/// Resumes only what a validator (ETag, Last-Modified) and the size prove to be the same file; anything else starts anew. A server
/// without ranges is read over one connection, from the start after each failure.
/// </remarks>
internal sealed class RangeDownloader(OutboundClient outbound, TimeProvider time, ILogger<RangeDownloader> logger)
{
    /// <summary>Leaves the complete file under <c>paths.Part</c>, flushed, with a journal that says so.</summary>
    public async Task DownloadAsync(
        MediaTrack track, PartPaths paths, MediaDownloadOptions options, TransferTally tally, TransferShare share,
        CancellationToken cancellationToken)
    {
        using var file = new PartFile(paths, options, time);
        using var part = new RangePart(file);
        var job = new RangeJob(track, part, options, tally, share, outbound, time);
        for (var attempt = 1; !part.IsComplete; attempt++)
        {
            try
            {
                await new RangeTransfer(job, logger).RunAsync(cancellationToken);
            }
            catch (FaultException e) when (e.Code == FaultCode.ChangedUpstream && attempt < options.Attempts)
            {
                logger.LogInformation("{Host} has another file than before, starting anew", track.Url.Authority);
                part.Forget();
            }
        }
    }
}
