using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
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
    EpisodeFetch episodes,
    HosterHealth health,
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
    /// <param name="isOwned">As <see cref="LibraryScanner.WalkAsync"/> has it.</param>
    /// <exception cref="FaultException">The library cannot be read, or its disk went away meanwhile.</exception>
    public IAsyncEnumerable<ScannedFolder> WalkAsync(
        LibraryRoot root, Guid scanId, Func<string, bool>? isOwned = null, CancellationToken cancellationToken = default)
    {
        var report = new WalkReport(callbacks, scanId);
        return scanner.WalkAsync(root, isOwned, report, cancellationToken);
    }

    /// <summary>Reads one series' folder.</summary>
    /// <returns><see langword="null"/> when there is none of that name.</returns>
    public Task<ScannedFolder?> WalkFolderAsync(LibraryRoot root, string folder, CancellationToken cancellationToken = default) =>
        scanner.WalkFolderAsync(root, folder, cancellationToken);

    /// <summary>Downloads one episode in one language, trying its hosters in order until one delivers.</summary>
    /// <exception cref="FaultException">
    /// None did. The fault is one that may pass, if any of the hosters had such a one, and <c>http_404</c> only when all said so.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; a later call goes on from what is on disk.</exception>
    public async Task<FetchedEpisode> DownloadAsync(EpisodeOrder order, CancellationToken cancellationToken = default)
    {
        var fetched = await downloader.FindFinishedAsync(order.TargetPath, order.Options, cancellationToken) is { } present
            ? new FetchedEpisode(present, null, null)
            : await FetchAsync(order, cancellationToken);
        callbacks.NotifyCompletion(order.Completion(fetched.Media));
        return fetched;
    }

    private async Task<FetchedEpisode> FetchAsync(EpisodeOrder order, CancellationToken cancellationToken)
    {
        var needed = Math.Max(0, order.TotalBytes - new TargetPaths(order.TargetPath).BytesTaken);
        DiskFault.RequireSpace(order.TargetPath, needed, order.Options.FreeSpaceReserve);
        var report = new TransferReport(order, callbacks, time);
        report.Phase(DownloadPhase.Resolving);
        var links = await LinksAsync(order, cancellationToken);
        return await episodes.FetchAsync(order, links, report, cancellationToken);
    }

    private async Task<IReadOnlyList<HosterLink>> LinksAsync(EpisodeOrder order, CancellationToken cancellationToken)
    {
        var all = await Provider(order.Provider).GetHosterLinksAsync(order.Episode, cancellationToken);
        var links = all.Where(link => link.Language == order.Language).ToList();
        if (links.Count == 0)
        {
            throw new FaultException(FaultCode.LanguageMissing, all.Count == 0
                ? new Sentence("fault_episode_not_listed", order.Episode)
                : new Sentence("fault_language_gone", order.Episode, order.Language));
        }

        var ordered = await health.OrderAsync(links, options.CurrentValue.Hosters.Order, cancellationToken);
        return [.. ordered.OrderBy(link => link.Hoster != order.FirstHoster)];
    }

    private ISeriesProvider Provider(string name) => providers.ByName(name)
        ?? throw new FaultException(FaultCode.NoStream, new Sentence("fault_catalogue_off", name));
}
