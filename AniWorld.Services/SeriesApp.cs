using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;
using AniWorld.Services.Streaming;
using Microsoft.Extensions.Options;

namespace AniWorld.Services;

/// <summary>
/// The engine's front door: catalogue, walker and downloader, without a database. Whoever embeds AniWorld as a library uses this;
/// the services here do, too. Its callbacks (<see cref="CallbackManager"/>) are its only events.
/// </summary>
public sealed class SeriesApp(
    ProviderRegistry providers,
    StreamResolverChain streams,
    IMediaDownloader downloader,
    LibraryScanner scanner,
    CallbackManager callbacks,
    IOptionsMonitor<AniWorldOptions> options,
    TimeProvider time)
{
    /// <summary>Searches the catalogues that are switched on.</summary>
    /// <param name="provider">Only this one; <see langword="null"/> for all.</param>
    public Task<SearchResult> SearchAsync(string query, string? provider = null, CancellationToken cancellationToken = default) =>
        providers.SearchAsync(query, provider, cancellationToken);

    /// <summary>Reads a series with all its seasons from its catalogue.</summary>
    /// <returns><see langword="null"/> when the catalogue knows no such key.</returns>
    /// <exception cref="FaultException">The site cannot be reached, or reads differently than its profile says.</exception>
    public Task<CatalogueSeries?> GetSeriesAsync(string provider, string key, CancellationToken cancellationToken = default) =>
        Provider(provider).GetSeriesAsync(key, cancellationToken);

    /// <summary>Walks the library, series folder by series folder, and reports each as progress of the scan <paramref name="scanId"/>.</summary>
    /// <exception cref="FaultException">The library cannot be read, or its disk went away meanwhile.</exception>
    public IAsyncEnumerable<ScannedFolder> WalkAsync(LibraryRoot root, Guid scanId, CancellationToken cancellationToken = default)
    {
        var report = new WalkReport(callbacks, scanId);
        return scanner.WalkAsync(root, report, cancellationToken);
    }

    /// <summary>Reads one series' folder.</summary>
    /// <returns><see langword="null"/> when there is none of that name.</returns>
    public Task<ScannedFolder?> WalkFolderAsync(LibraryRoot root, string folder, CancellationToken cancellationToken = default) =>
        scanner.WalkFolderAsync(root, folder, cancellationToken);

    /// <summary>Downloads one episode in one language, trying its hosters in the user's order until one delivers.</summary>
    /// <exception cref="FaultException">
    /// None did. The fault is one that may pass, if any of the hosters had such a one; else the first hoster's.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; a later call goes on from what is on disk.</exception>
    public async Task<FetchedEpisode> DownloadAsync(EpisodeOrder order, CancellationToken cancellationToken = default)
    {
        var report = new TransferReport(order, callbacks, time);
        report.Phase(DownloadPhase.Resolving);
        var links = await LinksAsync(order, cancellationToken);
        var faults = new List<FaultException>();
        foreach (var link in links)
        {
            try
            {
                report.Phase(DownloadPhase.Resolving);
                var stream = await streams.ResolveAsync(link, cancellationToken);
                if (order.HosterChosen is { } chosen)
                {
                    await chosen(link.Hoster);
                }

                var media = await downloader.DownloadAsync(stream, order.TargetPath, order.Options with { Language = order.Language }, report, cancellationToken);
                callbacks.NotifyCompletion(Completion(order, media));
                return new FetchedEpisode(media, link.Hoster);
            }
            catch (FaultException fault)
            {
                faults.Add(fault);
                callbacks.NotifyError(Error(order, fault, goesOn: faults.Count < links.Count));
                if (FaultKinds.Of(fault.Code) is FaultKind.Waits || fault.Code is FaultCode.NameConflict)
                {
                    throw;
                }
            }
        }

        throw faults.Find(fault => FaultKinds.Of(fault.Code) is FaultKind.Transient) ?? faults[0];
    }

    private async Task<List<HosterLink>> LinksAsync(EpisodeOrder order, CancellationToken cancellationToken)
    {
        var all = await Provider(order.Provider).GetHosterLinksAsync(order.Episode, cancellationToken);
        var links = all.Where(link => link.Language == order.Language).ToList();
        if (links.Count == 0)
        {
            throw new FaultException(FaultCode.LanguageMissing, all.Count == 0
                ? $"The source no longer lists {order.Episode}; scan the series to see what it offers."
                : $"The source has {order.Episode} no longer in {order.Language}; scan the series to see what it offers.");
        }

        // A stable sort: those that the user did not name keep the page's order.
        var wished = options.CurrentValue.Hosters.Order.ToList();
        return [.. links
            .OrderBy(link => link.Hoster != order.FirstHoster)
            .ThenBy(link => wished.FindIndex(name => name.Equals(link.Hoster, StringComparison.OrdinalIgnoreCase)) is >= 0 and var place
                ? place
                : int.MaxValue)];
    }

    private ISeriesProvider Provider(string name) => providers.ByName(name)
        ?? throw new FaultException(FaultCode.NoStream, $"The catalogue '{name}' is not switched on; switch it on in the settings.");

    private static CompletionContext Completion(EpisodeOrder order, DownloadedMedia media) => new()
    {
        Operation = OperationKind.Download,
        OperationId = order.OperationId,
        Key = order.Episode.SeriesKey,
        Folder = order.Folder,
        Season = order.Episode.Season,
        Number = order.Episode.Number,
        Success = true,
        Path = media.Path,
    };

    private static ErrorContext Error(EpisodeOrder order, FaultException fault, bool goesOn) => new()
    {
        Operation = OperationKind.Download,
        OperationId = order.OperationId,
        Key = order.Episode.SeriesKey,
        Folder = order.Folder,
        Season = order.Episode.Season,
        Number = order.Episode.Number,
        Code = fault.Code,
        Message = fault.Message,
        GoesOn = goesOn,
        Exception = fault,
    };
}
