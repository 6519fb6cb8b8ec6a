using AniWorld.Services.Catalogue;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;
using AniWorld.Services.Progress;
using AniWorld.Services.Streaming;
using AniWorld.Services.Telemetry;

namespace AniWorld.Services.Downloads;

/// <summary>Fetches an episode from the first of its hosters that delivers.</summary>
public sealed class EpisodeFetch
{
    /// <summary>How often a link that ran out midway is resolved again.</summary>
    private const int MostLinks = 10;

    private readonly StreamResolverChain _streams;
    private readonly IMediaDownloader _downloader;
    private readonly HosterHealth _health;
    private readonly CallbackManager _callbacks;
    private readonly TimeProvider _time;

    public EpisodeFetch(
        StreamResolverChain streams, IMediaDownloader downloader, HosterHealth health, CallbackManager callbacks, TimeProvider time) =>
        (_streams, _downloader, _health, _callbacks, _time) = (streams, downloader, health, callbacks, time);

    /// <param name="links">In the order in which to try them; at least one.</param>
    /// <exception cref="FaultException">
    /// None delivered. The fault says that it goes on later, if a hoster is only left alone for a while; else it is one that may pass, if
    /// any of them had such a one; else one that a person can do something about; that it is gone only when all hosters say so.
    /// </exception>
    internal async Task<FetchedEpisode> FetchAsync(
        EpisodeOrder order, IReadOnlyList<HosterLink> links, TransferReport report, CancellationToken cancellationToken)
    {
        var faults = new List<HosterFault>();
        foreach (var link in links)
        {
            using var span = TelemetrySource.Start("hoster", ("hoster", link.Hoster));
            try
            {
                return await FromAsync(order, link, report, cancellationToken);
            }
            catch (FaultException fault)
            {
                var concernsAll = FaultKinds.Of(fault.Code) is FaultKind.Waits || fault.Code is FaultCode.NameConflict;
                span.Fail(fault);
                faults.Add(HosterFault.Of(link.Hoster, fault));
                _callbacks.NotifyError(order.Error(fault, goesOn: !concernsAll && faults.Count < links.Count) with { Hoster = link.Hoster });
                if (concernsAll)
                {
                    throw;
                }
            }
        }

        throw Foremost(faults);
    }

    private async Task<FetchedEpisode> FromAsync(
        EpisodeOrder order, HosterLink link, TransferReport report, CancellationToken cancellationToken)
    {
        for (var links = 1; ; links++)
        {
            var transfer = new HosterTransfer(report, order.Options.IsPaused, _time);
            try
            {
                return await FromAsync(order, link, report, transfer, cancellationToken);
            }
            catch (FaultException fault) when (HosterBlame.IsExpiredLink(fault) && transfer.HasBrought && links < MostLinks)
            {
                // A link that was signed for a while has run out. Resolved again it leads on, if it is still the same file.
            }
        }
    }

    private async Task<FetchedEpisode> FromAsync(
        EpisodeOrder order, HosterLink link, TransferReport report, HosterTransfer transfer, CancellationToken cancellationToken)
    {
        report.Phase(DownloadPhase.Resolving);
        var download = await _health.AskAsync(link.Hoster, token => BeginAsync(order, link, transfer, token, cancellationToken), cancellationToken);
        try
        {
            var media = await download;
            _health.Delivered(link.Hoster, transfer.Latency, transfer.Speed);
            return new FetchedEpisode(media, link.Hoster, transfer.Speed);
        }
        catch (FaultException fault) when (!(HosterBlame.IsExpiredLink(fault) && transfer.HasBrought))
        {
            _health.Failed(link.Hoster, fault);
            throw;
        }
    }

    /// <returns>The download, once it moves.</returns>
    private async Task<Task<DownloadedMedia>> BeginAsync(
        EpisodeOrder order, HosterLink link, HosterTransfer transfer, CancellationToken asking, CancellationToken cancellationToken)
    {
        var stream = await _streams.ResolveAsync(link, asking);
        if (order.HosterChosen is { } chosen)
        {
            await chosen(link.Hoster);
        }

        var download = _downloader.DownloadAsync(
            stream, order.TargetPath, order.Options with { Language = order.Language }, transfer, cancellationToken);
        if (await Task.WhenAny(download, transfer.Begun) == download)
        {
            await download;
        }

        return download;
    }

    private static HosterFault Foremost(List<HosterFault> faults)
    {
        var foremost = faults.Where(fault => fault.IsResting).MinBy(fault => fault.RetryAfter)
            ?? faults.Find(fault => FaultKinds.Of(fault.Code) is FaultKind.Transient)
            ?? faults.Find(fault => fault.Code is FaultCode.ManualAction)
            ?? faults.Find(fault => !FaultKinds.IsGone(fault))
            ?? faults[0];
        return faults.Count == 1 || foremost.IsResting ? foremost : new HosterFault(
            foremost.Hoster, foremost.Code, new Sentence("fault_no_hoster", faults.Count, foremost.Sentence), foremost)
        {
            RetryAfter = foremost.RetryAfter,
        };
    }
}
